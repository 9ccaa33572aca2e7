// Names whose values are secrets, and what stands between a name and its value: members of JSON at any
// depth of strings in strings, queries, environments, options, headers.

/// What a name's value is called, and what of it is hidden.
struct NameMark {
  let name: String
  /// Whether the strings of an object or a list are hidden too.
  var hidesRecords = true
  /// Whether digits alone are no secret but a count.
  var keepsDigits = false

  init(_ name: String, hidesRecords: Bool = true) {
    self.name = name
    self.hidesRecords = hidesRecords
    // `tokens` are what models count.
    if name == "token" { (self.hidesRecords, keepsDigits) = (false, true) }
  }
}

extension ForeignBytes {
  /// Where a name that holds a word begins and ends; nil of what is too long for a name.
  func name(around word: Range<Int>) -> Range<Int>? {
    var start = word.lowerBound
    while start > 0, word.lowerBound - start <= 64, raw[start - 1].isNamePart { start -= 1 }
    // The letter of an escape such as \n.
    if start < word.lowerBound, self[start - 1] == UInt8(ascii: "\\"), raw[start].isLetter {
      start += 1
    }
    var end = word.upperBound
    while end - word.upperBound <= 64, self[end].isNamePart { end += 1 }
    guard word.lowerBound - start <= 64, end - word.upperBound <= 64 else { return nil }
    return start..<end
  }

  func wholeName(_ word: Range<Int>) -> Bool { name(around: word) == word }

  /// A name with a word such as `secret` in it: what follows the word must be such that the value is
  /// still the secret itself. `token_type` and `secretary` are none.
  func secretName(_ word: Range<Int>, _ mark: String) -> Finding? {
    guard let name = name(around: word) else { return nil }
    let rest = text(word.upperBound..<name.upperBound).lowercased()
    let tail = rest.filter { $0.isLetter }
    let endings: Set<String> = [
      "", "s", "value", "confirmation", "key", "accesskey", "hash", "pem", "b64", "base64", "new",
      "old",
    ]
    guard endings.contains(tail) else { return nil }
    return value(ofName: name, NameMark(mark))
  }

  /// The value of a name, in whatever way it is given.
  func value(ofName name: Range<Int>, _ mark: NameMark) -> Finding? {
    member(name, mark) ?? assignment(name, mark) ?? option(name, mark) ?? header(name, mark)
  }

  /// `"name": "value"`, with either quote and any number of backslashes before the quotes.
  func member(_ name: Range<Int>, _ mark: NameMark) -> Finding? {
    let backslashes = run(of: UInt8(ascii: "\\"), from: name.upperBound)
    let quote = self[name.upperBound + backslashes]
    let isSingle = quote == UInt8(ascii: "'")
    guard isSingle || quote == UInt8(ascii: "\""), self[name.lowerBound - 1] == quote else {
      return nil
    }
    var place = skipBlanks(from: name.upperBound + backslashes + 1)
    guard self[place] == UInt8(ascii: ":") || self[place] == UInt8(ascii: "=") else { return nil }
    place = skipBlanks(from: place + 1)
    if let content = string(at: place, after: isSingle ? nil : backslashes) {
      return hide(content, mark)
    }
    let isRecord = self[place] == UInt8(ascii: "{") || self[place] == UInt8(ascii: "[")
    guard isRecord, mark.hidesRecords, !isSingle else { return nil }
    return record(at: place, after: backslashes, mark)
  }

  /// `NAME=value`, `name = "value"`.
  private func assignment(_ name: Range<Int>, _ mark: NameMark) -> Finding? {
    let equals = end(of: ByteSet(" "), from: name.upperBound, bound: 2)
    guard self[equals] == UInt8(ascii: "="), self[equals + 1] != UInt8(ascii: "=") else {
      return nil
    }
    let place = end(of: ByteSet(" "), from: equals + 1, bound: 2)
    if let content = string(at: place) { return hide(content, mark) }
    guard equals == name.upperBound, place == equals + 1 else { return nil }
    return hide(place..<bareEnd(from: place), mark, isBare: true)
  }

  /// `--name value`.
  private func option(_ name: Range<Int>, _ mark: NameMark) -> Finding? {
    guard has("--", at: name.lowerBound), self[name.upperBound] == 0x20 else { return nil }
    let place = name.upperBound + 1
    if let content = string(at: place) { return hide(content, mark) }
    guard self[place] != UInt8(ascii: "-") else { return nil }
    return hide(place..<bareEnd(from: place), mark, isBare: true)
  }

  /// `Authorization: Bearer …`, `Cookie: a=b; c=d`, `x-api-key: …`, `password: …`.
  private func header(_ name: Range<Int>, _ mark: NameMark) -> Finding? {
    guard self[name.upperBound] == UInt8(ascii: ":") else { return nil }
    let place = end(of: ByteSet(" "), from: name.upperBound + 1, bound: 16)
    if let content = string(at: place) { return hide(content, mark) }
    let word = place..<bareEnd(from: place)
    switch mark.name {
    case "authorization", "cookie":
      let line = place..<lineEnd(from: place)
      let isCredential =
        line.count - word.count > 4 || line.contains { self[$0] == UInt8(ascii: "=") }
        || word.count >= 16
      return isCredential ? hide(line, mark) : nil
    default:
      let endsLine = word.upperBound == lineEnd(from: place)
      let isRandom =
        word.contains { self[$0].isDigit } && word.contains { self[$0].isLetter }
      guard word.count >= 6, isRandom || endsLine && mark.name == "password" else { return nil }
      return hide(word, mark, isBare: true)
    }
  }

  /// The value at a range, unless that is empty, a count, a mark or stands for another.
  private func hide(_ range: Range<Int>, _ mark: NameMark, isBare: Bool = false) -> Finding? {
    guard !range.isEmpty, !isMark(range) else { return nil }
    if mark.keepsDigits, range.allSatisfy({ self[$0].isDigit || self[$0] == UInt8(ascii: ".") }) {
      return nil
    }
    if isBare, standsForAnother(range) { return nil }
    return Finding(Redaction(range, as: mark.name))
  }

  /// Whether a bare value is code: a variable, a call, a word of a language.
  private func standsForAnother(_ range: Range<Int>) -> Bool {
    let next = self[range.lowerBound + 1]
    if self[range.lowerBound] == UInt8(ascii: "$"), !next.isDigit { return true }
    if range.contains(where: { self[$0] == UInt8(ascii: "(") }) { return true }
    guard range.count <= 9 else { return has("self.", at: range.lowerBound) }
    return ["true", "false", "null", "none", "nil", "undefined"].contains(
      text(range).lowercased())
  }
}
