/// One case of the public kit (its README says what the members mean).
struct KitCase: Equatable {
  var suite = ""
  var name = ""
  var expression = ""
  /// What is expected; nil where the case does not say.
  var result: KitScalar?
  var error: String?
  /// The attributes of the event, if the case gives a whole one.
  var event: [String: KitScalar]?
  /// Attributes beside those of any valid event.
  var overrides: [String: KitScalar] = [:]
}

/// A YAML scalar as the kit uses them.
enum KitScalar: Equatable {
  case boolean(Bool), integer(Int32), string(String)
}

/// What in a file of the kit is not understood.
struct KitFault: Error, CustomStringConvertible {
  let line: Int
  let words: String

  var description: String { "line \(line): \(words)" }
}

/// Reads the subset of YAML in which the kit is written, and refuses anything else: a name, and a
/// list of cases two spaces in, of scalars on their line or of one nested map of scalars.
struct KitReader {
  private var suite = ""
  private var cases: [KitCase] = []
  private var nested: String?
  private var line = 0

  static func read(_ text: String) throws(KitFault) -> [KitCase] {
    var reader = KitReader()
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      reader.line += 1
      try reader.take(String(line))
    }
    return reader.cases
  }

  private mutating func take(_ raw: String) throws(KitFault) {
    let content = raw.drop { $0 == " " }
    let depth = raw.count - content.count
    if content.isEmpty { return }
    switch (depth, content) {
    case (0, "tests:"): return
    case (0, let entry):
      let (key, value) = try pair(entry)
      guard key == "name", case .string(let name)? = value else { throw fault("expected name") }
      suite = name
    case (2, let entry) where entry.hasPrefix("- "):
      nested = nil
      cases.append(KitCase(suite: suite))
      try member(entry.dropFirst(2))
    case (4, let entry):
      nested = nil
      try member(entry)
    case (6, let entry): try attribute(entry)
    default: throw fault("is indented by \(depth)")
    }
  }

  private mutating func member(_ entry: Substring) throws(KitFault) {
    let (key, value) = try pair(entry)
    guard !cases.isEmpty else { throw fault("a member outside a case") }
    let last = cases.count - 1
    switch (key, value) {
    case ("name", .string(let text)?): cases[last].name = text
    case ("name", .boolean(let word)?): cases[last].name = word ? "TRUE" : "FALSE"
    case ("expression", let value?): cases[last].expression = Self.written(value, in: entry)
    case ("result", let value?): cases[last].result = value
    case ("error", .string(let text)?): cases[last].error = text
    case ("event", nil):
      nested = key
      cases[last].event = [:]
    case ("eventOverrides", nil): nested = key
    default: throw fault("\(key) is not understood")
    }
  }

  private mutating func attribute(_ entry: Substring) throws(KitFault) {
    let (key, value) = try pair(entry)
    guard let value, let nested, !cases.isEmpty else { throw fault("\(key) belongs nowhere") }
    if nested == "event" {
      cases[cases.count - 1].event?[key] = value
    } else {
      cases[cases.count - 1].overrides[key] = value
    }
  }

  /// An expression that YAML takes for a number or a truth value, as it is written.
  private static func written(_ value: KitScalar, in entry: Substring) -> String {
    if case .string(let text) = value { return text }
    return entry.drop { $0 != ":" }.dropFirst().split(separator: " ").joined(separator: " ")
  }

  private func pair(_ entry: Substring) throws(KitFault) -> (String, KitScalar?) {
    guard let colon = entry.firstIndex(of: ":") else { throw fault("has no colon") }
    let key = String(entry[..<colon])
    var rest = entry[entry.index(after: colon)...].drop { $0 == " " }
    while rest.last == " " { rest.removeLast() }
    return (key, rest.isEmpty ? nil : try scalar(rest))
  }

  private func scalar(_ text: Substring) throws(KitFault) -> KitScalar {
    switch text.first {
    case "\"": return .string(try doubleQuoted(text))
    case "'":
      guard text.count >= 2, text.last == "'" else { throw fault("a quote is not closed") }
      let inside = text.dropFirst().dropLast()
      guard !inside.contains("'") else { throw fault("a quote inside quotes") }
      return .string(String(inside))
    case "[", "{", "|", ">", "&", "*", "!", "%", "@", "`", "#":
      throw fault("begins like no plain scalar")
    default: break
    }
    guard !text.contains(" #"), !text.contains(": ") else { throw fault("is no plain scalar") }
    switch text {
    case "true", "True", "TRUE": return .boolean(true)
    case "false", "False", "FALSE": return .boolean(false)
    default: return Int32(text).map { .integer($0) } ?? .string(String(text))
    }
  }

  private func doubleQuoted(_ text: Substring) throws(KitFault) -> String {
    var result = ""
    var rest = text.dropFirst()
    while let character = rest.popFirst() {
      switch character {
      case "\"":
        guard rest.isEmpty else { throw fault("something follows the closing quote") }
        return result
      case "\\":
        guard let escaped = rest.popFirst(), escaped == "\\" || escaped == "\"" else {
          throw fault("an escape is not understood")
        }
        result.append(escaped)
      default: result.append(character)
      }
    }
    throw fault("a quote is not closed")
  }

  private func fault(_ words: String) -> KitFault { KitFault(line: line, words: words) }
}
