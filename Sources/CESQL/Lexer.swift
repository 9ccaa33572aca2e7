/// Cuts an expression into tokens (section 2).
struct Lexer {
  private let scalars: [Unicode.Scalar]
  private let dialect: CESQLDialect
  private var place = 0

  /// - Throws: a parse error where the text is longer than an expression may be.
  init(_ text: String, dialect: CESQLDialect) throws(CESQLError) {
    // Scalars of a text are never more than its bytes: the bound is judged without a copy.
    guard text.utf8.count <= CESQLExpression.maximumLength else {
      throw CESQLError(
        .parse, column: 1,
        "the expression is longer than \(CESQLExpression.maximumLength) bytes")
    }
    scalars = Array(text.unicodeScalars)
    self.dialect = dialect
  }

  /// The next token; `.end` again and again at the end.
  mutating func next() throws(CESQLError) -> Token {
    while place < scalars.count, " \t\r\n".unicodeScalars.contains(scalars[place]) { place += 1 }
    let start = place
    guard place < scalars.count else { return token(.end, from: start) }
    let first = scalars[place]
    if first == "'" || first == "\"" { return token(.string(try string(first)), from: start) }
    if Self.isNamed(first) { return token(try word(), from: start) }
    guard let symbol = symbol() else {
      throw CESQLError(
        .parse, column: start + 1, "\(Self.shown(first)) means nothing here\(Self.advice(first))")
    }
    return token(.symbol(symbol), from: start)
  }

  private func token(_ kind: Token.Kind, from start: Int) -> Token {
    Token(kind: kind, column: start + 1, end: place + 1)
  }

  /// A text in quotes; a backslash keeps the quote after it from ending the text, and any other
  /// stands for itself.
  private mutating func string(_ quote: Unicode.Scalar) throws(CESQLError) -> String {
    let start = place
    place += 1
    var text = String.UnicodeScalarView()
    while place < scalars.count {
      let scalar = scalars[place]
      place += 1
      if scalar == quote { return String(text) }
      guard scalar == "\\", place < scalars.count else {
        text.append(scalar)
        continue
      }
      if scalars[place] != quote { text.append(scalar) }
      text.append(scalars[place])
      place += 1
    }
    throw CESQLError(.parse, column: start + 1, "the text that begins here lacks its closing quote")
  }

  private mutating func word() throws(CESQLError) -> Token.Kind {
    let start = place
    while place < scalars.count, isInWord(scalars[place]) { place += 1 }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[start..<place])
    let word = String(view)
    if word.utf8.allSatisfy({ (0x30...0x39).contains($0) }) { return .number(word) }
    if let keyword = Token.Keyword(rawValue: word.lowercased()) { return .keyword(keyword) }
    if let fault = Self.fault(of: word) {
      throw CESQLError(.parse, column: start + 1, fault)
    }
    return .name(word)
  }

  private static func fault(of word: String) -> String? {
    guard word.contains(".") else { return nil }
    if word.utf8.first.map({ (0x30...0x39).contains($0) }) ?? false {
      return "\(word) is no whole number; numbers are whole"
    }
    let parts = word.split(separator: ".", omittingEmptySubsequences: false)
    return parts.contains("") ? "\"\(word)\" lacks a part of its name beside a dot" : nil
  }

  private mutating func symbol() -> Token.Symbol? {
    for length in [2, 1] where place + length <= scalars.count {
      var view = String.UnicodeScalarView()
      view.append(contentsOf: scalars[place..<place + length])
      if let symbol = Token.Symbol(rawValue: String(view)) {
        place += length
        return symbol
      }
    }
    return nil
  }

  /// A letter or a digit, of ASCII.
  private static func isNamed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9": true
    default: false
    }
  }

  /// What may follow in a word; the underscore also because functions have it.
  private func isInWord(_ scalar: Unicode.Scalar) -> Bool {
    Self.isNamed(scalar) || scalar == "_" || (scalar == "." && dialect == .dotted)
  }

  private static func shown(_ scalar: Unicode.Scalar) -> String {
    (0x21...0x7E).contains(scalar.value)
      ? "\"\(scalar)\"" : "U+" + String(scalar.value, radix: 16, uppercase: true)
  }

  private static func advice(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "&": "; write AND"
    case "|": "; write OR"
    case "!": "; write NOT, or != for unequal"
    case "~": "; write LIKE"
    default: ""
    }
  }
}
