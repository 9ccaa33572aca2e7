import Wire

/// Finds what is to be taken out of a text: JSON, also JSON inside a string of JSON, addresses,
/// environments, headers, prose.
///
/// The laws:
/// - What takes a secret's place keeps JSON valid: no mark holds a quote or a backslash, and no
///   escape is cut in half.
/// - A text is gone through once: the time is that of its length, whatever is in it.
/// - Numbers, booleans and null stay. So do ids, hashes and counts, which no rule fits.
struct SecretFinder: Sendable {
  private let table: TriggerTable

  init(_ rules: RedactionRules) {
    table = TriggerTable(Trigger.all(rules))
  }

  /// Whether a text may hold anything. A text without has nothing; it is told quickly.
  func mayHold(_ raw: UnsafeRawBufferPointer) -> Bool { table.isFound(in: ForeignBytes(raw)) }

  /// What is to be taken out, in order.
  func redactions(in raw: UnsafeRawBufferPointer) -> [Redaction] {
    let text = ForeignBytes(raw)
    var found: [Redaction] = []
    table.scan(text) { trigger, place in
      guard let finding = text.judge(trigger, at: place) else { return nil }
      // A drive stands before the word by which its folder is found.
      let start = finding.redactions.first?.range.lowerBound ?? place
      guard start >= found.last?.range.upperBound ?? 0 else { return nil }
      found += finding.redactions
      return finding.end
    }
    return found
  }

  /// The text without what is to be taken out; nil where that is nothing.
  func redacted(_ raw: UnsafeRawBufferPointer) -> [UInt8]? {
    let redactions = redactions(in: raw)
    guard !redactions.isEmpty else { return nil }
    var output: [UInt8] = []
    output.reserveCapacity(raw.count)
    var place = 0
    for redaction in redactions {
      output.append(contentsOf: raw[place..<redaction.range.lowerBound])
      output.append(contentsOf: redaction.mark.utf8)
      place = redaction.range.upperBound
    }
    output.append(contentsOf: raw[place...])
    return output
  }
}

/// What came of looking at a word.
struct Finding {
  /// What is to be taken out: of one value, or of the strings in an object.
  var redactions: [Redaction]
  /// Where to look on.
  let end: Int

  init(_ redactions: [Redaction], end: Int) {
    self.redactions = redactions
    self.end = end
  }

  init(_ redaction: Redaction) {
    redactions = [redaction]
    end = redaction.range.upperBound
  }
}

extension ForeignBytes {
  /// What is to be taken out at a word; nil where it is nothing.
  func judge(_ trigger: Trigger, at place: Int) -> Finding? {
    let word = place..<(place + trigger.word.count)
    switch trigger.kind {
    case .name(let mark): return secretName(word, mark)
    case .field: return wholeName(word) ? value(ofName: word, NameMark("field")) : nil
    case .masked: return wholeName(word) ? member(word, NameMark("role", hidesRecords: true)) : nil
    case .parameter: return parameter(word)
    case .shape(let shape): return secret(of: shape, word)
    case .bearer: return bearer(word)
    case .basic: return basic(word)
    case .webToken: return webToken(word)
    case .pemBlock: return privateKey(word)
    case .authority: return userinfo(word.upperBound)
    case .home: return home(word)
    case .windowsHome: return windowsHome(word)
    case .rootHome: return rootHome(word)
    }
  }
}
