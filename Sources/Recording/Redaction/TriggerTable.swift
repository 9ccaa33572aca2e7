/// Finds the triggers in a text, in one pass that looks at every other byte.
///
/// Of each word the three neighbouring bytes are looked for that are rarest in text. Whatever the
/// parity of their place, one of their two pairs lies at an even distance from where the pass began,
/// and a table tells for each pair of bytes which words may stand around it.
struct TriggerTable: Sendable {
  private struct Candidate: Sendable {
    let trigger: Int
    /// How far into the word the pair is.
    let offset: Int
  }

  let triggers: [Trigger]
  /// For each pair of bytes, as a little-endian number, the number of its candidates; 0 for none.
  private let slots: [UInt16]
  private let candidates: [[Candidate]]

  init(_ triggers: [Trigger]) {
    self.triggers = triggers
    var slots = [UInt16](repeating: 0, count: 1 << 16)
    var candidates: [[Candidate]] = [[]]
    for (number, trigger) in triggers.enumerated() where trigger.word.count >= 3 {
      let anchor = Self.anchor(of: trigger.word)
      for offset in [anchor, anchor + 1] {
        let candidate = Candidate(trigger: number, offset: offset)
        for pair in Self.pairs(of: trigger, at: offset) {
          if slots[pair] == 0 {
            slots[pair] = UInt16(candidates.count)
            candidates.append([])
          }
          candidates[Int(slots[pair])].append(candidate)
        }
      }
    }
    self.slots = slots
    self.candidates = candidates
  }

  /// Hands over each word that may begin a secret and where it stands, about in order, until `each`
  /// says where to go on behind; `each` gives nil to go on with the next. Words that overlap what was
  /// gone past are left out.
  func scan(_ text: ForeignBytes, _ each: (Trigger, _ place: Int) -> Int?) {
    var floor = 0
    var place = 0
    slots.withUnsafeBufferPointer { slots in
      while place &+ 1 < text.count {
        let slot = slots[Int(text.pair(at: place))]
        guard slot != 0 else {
          place &+= 2
          continue
        }
        var next = place &+ 2
        for candidate in candidates[Int(slot)] {
          let start = place &- candidate.offset
          guard start >= floor, triggers[candidate.trigger].stands(at: start, in: text),
            let end = each(triggers[candidate.trigger], start)
          else { continue }
          floor = end
          next = max(next, end)
          break
        }
        place = next
      }
    }
  }

  /// Whether any of the words stands in a text.
  func isFound(in text: ForeignBytes) -> Bool {
    var isFound = false
    scan(text) { _, _ in
      isFound = true
      return text.count
    }
    return isFound
  }

  private static func pairs(of trigger: Trigger, at offset: Int) -> Set<Int> {
    func cases(_ byte: UInt8) -> [UInt8] {
      trigger.foldsCase && byte.isLetter ? [byte, byte ^ 0x20] : [byte]
    }
    let (first, second) = (cases(trigger.word[offset]), cases(trigger.word[offset + 1]))
    return Set(first.flatMap { low in second.map { Int(low) | Int($0) << 8 } })
  }

  /// Where the rarest three bytes in a row begin.
  private static func anchor(of word: [UInt8]) -> Int {
    let rarities = word.map(rarity)
    let places = 0...(word.count - 3)
    return places.max { left, right in
      rarities[left..<(left + 3)].reduce(0, +) < rarities[right..<(right + 3)].reduce(0, +)
    } ?? 0
  }

  /// Letters by how often they come in JSON of events, the commonest first.
  private static func rarity(_ byte: UInt8) -> Int {
    let order = Array("\",:etaionsrdlc0123456789mupg.hf-ybvw_k/x".utf8)
    return order.firstIndex(of: byte.lowercased) ?? order.count
  }
}
