/// The functions every engine has (section 3.5) and the explicit casts.
enum Function: String, CaseIterable, Sendable {
  case length = "LENGTH", concat = "CONCAT", concatWS = "CONCAT_WS"
  case lower = "LOWER", upper = "UPPER", trim = "TRIM"
  case left = "LEFT", right = "RIGHT", substring = "SUBSTRING"
  case abs = "ABS", int = "INT", bool = "BOOL", string = "STRING"

  /// The longest text a function makes, in bytes: an expression cannot ask for all memory.
  static let maximumText = 1 << 20

  /// The function of a name in any case that takes so many values; nil where there is none.
  init?(_ name: String, arguments count: Int) {
    guard let function = Function(rawValue: name.uppercased()), function.takes.contains(count)
    else { return nil }
    self = function
  }

  /// Whether a function may be called so: letters and underscores, beginning with a letter.
  static func isName(_ name: String) -> Bool {
    name.first != "_"
      && name.utf8.allSatisfy { byte in
        (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == UInt8(ascii: "_")
      }
  }

  /// How many values it takes.
  var takes: ClosedRange<Int> {
    switch self {
    case .concat: 0...Int.max
    case .concatWS: 1...Int.max
    case .left, .right: 2...2
    case .substring: 2...3
    case .length, .lower, .upper, .trim, .abs, .int, .bool, .string: 1...1
    }
  }

  /// The type of what it comes to.
  var result: CESQLKind {
    switch self {
    case .length, .abs, .int: .integer
    case .bool: .boolean
    case .concat, .concatWS, .lower, .upper, .trim, .left, .right, .substring, .string: .string
    }
  }

  /// The type of its value at a place.
  func parameter(_ place: Int) -> CESQLKind {
    switch self {
    case .abs, .int: .integer
    case .bool: .boolean
    case .left, .right, .substring: place == 0 ? .string : .integer
    case .length, .concat, .concatWS, .lower, .upper, .trim, .string: .string
    }
  }

  /// What is said of a call that no function answers.
  static func complaint(_ name: String, arguments count: Int) -> String {
    guard let function = Function(rawValue: name.uppercased()) else {
      let near = NearNames.nearest(to: name.uppercased(), in: allCases.map(\.rawValue))
      return "there is no function \(name)" + NearNames.advice(near)
    }
    let takes = function.takes
    let wanted =
      takes.upperBound == .max
      ? "at least \(takes.lowerBound)"
      : takes.lowerBound == takes.upperBound
        ? "\(takes.lowerBound)" : "\(takes.lowerBound) or \(takes.upperBound)"
    return "\(function.rawValue) takes \(wanted) values, not \(count)"
  }
}

// What they do. `values` have the types of the parameters.
extension Function {
  /// What it makes of its values, with the error of section 3.5 and its column where there is one.
  func apply(_ values: [CESQLValue], column: Int) -> CESQLResult {
    let text = values.first?.string ?? ""
    switch self {
    case .length: return CESQLResult(.integer(Int32(clamping: text.unicodeScalars.count)))
    case .concat: return joined(values, separator: "", column: column)
    case .concatWS: return joined(values.dropFirst(), separator: text, column: column)
    case .lower: return CESQLResult(.string(text.lowercased()))
    case .upper: return CESQLResult(.string(text.uppercased()))
    case .trim: return CESQLResult(.string(trimmed(text)))
    case .left, .right: return side(text, values[1].integer ?? 0, column: column)
    case .substring: return substring(of: text, values.dropFirst(), column: column)
    case .abs: return absolute(values[0].integer ?? 0, column: column)
    case .int, .bool, .string: return CESQLResult(values[0])
    }
  }

  private func joined(
    _ values: some Collection<CESQLValue>, separator: String, column: Int
  ) -> CESQLResult {
    let texts = values.map(\.string)
    let size = texts.reduce(0) { $0 + $1.utf8.count + separator.utf8.count }
    guard size <= Self.maximumText else {
      return failure("makes a text of more than \(Self.maximumText) bytes", column: column)
    }
    return CESQLResult(.string(texts.joined(separator: separator)))
  }

  private func trimmed(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard let start = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let end = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return "" }
    return String(scalars[start...end])
  }

  private func side(_ text: String, _ count: Int32, column: Int) -> CESQLResult {
    guard count >= 0 else {
      return failure("cannot take \(count) characters", .string(text), column: column)
    }
    let scalars = text.unicodeScalars
    let part = self == .left ? scalars.prefix(Int(count)) : scalars.suffix(Int(count))
    return CESQLResult(.string(String(part)))
  }

  private func substring(
    of text: String, _ numbers: ArraySlice<CESQLValue>, column: Int
  ) -> CESQLResult {
    let scalars = Array(text.unicodeScalars)
    let position = Int(numbers.first?.integer ?? 0)
    let length = numbers.count > 1 ? Int(numbers.last?.integer ?? 0) : Int.max
    guard (-scalars.count...scalars.count).contains(position), length >= 0 else {
      return failure(
        length < 0
          ? "cannot take \(length) characters"
          : "has no position \(position) in a text of \(scalars.count) characters", column: column)
    }
    guard position != 0 else { return CESQLResult(.string("")) }
    let start = position > 0 ? position - 1 : scalars.count + position
    var part = String.UnicodeScalarView()
    part.append(contentsOf: scalars[start...].prefix(length))
    return CESQLResult(.string(String(part)))
  }

  private func absolute(_ value: Int32, column: Int) -> CESQLResult {
    guard value != .min else {
      return CESQLResult(
        .integer(.max), CESQLError(.math, column: column, "ABS of -2147483648 has no place"))
    }
    return CESQLResult(.integer(Swift.abs(value)))
  }

  private func failure(
    _ words: String, _ value: CESQLValue? = nil, column: Int
  ) -> CESQLResult {
    CESQLResult(
      value ?? result.zero,
      CESQLError(.functionEvaluation, column: column, "\(rawValue) \(words)"))
  }
}
