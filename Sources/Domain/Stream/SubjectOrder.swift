/// The newest position seen of each subject, to tell an event that comes after a newer one.
///
/// Versions decide where both events carry one, else sequence numbers of the same source, else
/// origin times, else arrival. Bounded: the positions of the subjects least recently heard of are
/// forgotten a generation of `bound` at a time. Subjects are known by their fingerprints.
package struct SubjectOrder: Codable, Sendable {
  private var current = Generation()
  private var previous = Generation()
  /// Subjects a generation; two generations are kept.
  package let bound: Int

  /// No subject seen.
  package init(bound: Int = 131_072) {
    self.bound = max(1, bound)
  }

  /// Notes an event of a source; false when a newer one of its subject was seen before.
  package mutating func advance(_ event: Event, subject: String, source: Int) -> Bool {
    let mark = Mark(
      version: event.data.integer(.version), sequence: event.sequence, source: source,
      time: event.time)
    let print = Fingerprint.of(subject)
    if let index = current.index(of: print) {
      guard !mark.isOlder(than: current.marks[index]) else { return false }
      current.marks[index] = mark
      return true
    }
    if let index = previous.index(of: print), mark.isOlder(than: previous.marks[index]) {
      return false
    }
    if current.count >= bound {
      previous = current
      current = Generation()
    }
    current.append(print, mark)
    return true
  }
}

extension SubjectOrder {
  /// A position.
  fileprivate struct Mark {
    var version: Int64?
    var sequence: Int64?
    var source: Int
    var time: Timestamp?

    func isOlder(than known: Mark) -> Bool {
      if let version, let known = known.version { return version < known }
      if source == known.source, let sequence, let known = known.sequence {
        return sequence < known
      }
      if let time, let known = known.time { return time < known }
      return false
    }
  }

  /// Positions by fingerprint, in the order in which their subjects were first heard of.
  fileprivate struct Generation: Sendable {
    private(set) var prints: [UInt64] = []
    var marks: [Mark] = []
    /// Open addressing: one more than a place in `prints`, 0 where free; at most half of it taken.
    private var places: [UInt32] = []

    var count: Int { prints.count }

    func index(of print: UInt64) -> Int? {
      guard !places.isEmpty else { return nil }
      let mask = places.count - 1
      var place = Int(truncatingIfNeeded: print) & mask
      while places[place] != 0 {
        let index = Int(places[place]) - 1
        if prints[index] == print { return index }
        place = (place + 1) & mask
      }
      return nil
    }

    /// Adds a position of a fingerprint that is not there.
    mutating func append(_ print: UInt64, _ mark: Mark) {
      prints.append(print)
      marks.append(mark)
      if prints.count * 2 > places.count {
        grow(to: max(16, places.count * 2))
      } else {
        place(print)
      }
    }

    private mutating func grow(to size: Int) {
      places = Array(repeating: 0, count: size)
      for (index, print) in prints.enumerated() { place(print, index) }
    }

    private mutating func place(_ print: UInt64) { place(print, prints.count - 1) }

    private mutating func place(_ print: UInt64, _ index: Int) {
      let mask = places.count - 1
      var place = Int(truncatingIfNeeded: print) & mask
      while places[place] != 0 { place = (place + 1) & mask }
      places[place] = UInt32(truncatingIfNeeded: index + 1)
    }
  }
}

extension SubjectOrder.Mark: Sendable {}

// Column by column: a keyframe has a quarter of a million positions at most.
extension SubjectOrder.Generation: Codable {
  func encode(to encoder: any Encoder) throws {
    var container = encoder.unkeyedContainer()
    try container.encode(prints)
    try container.encode(
      marks.map { mark in
        (mark.version == nil ? 0 : 1 as UInt8) | (mark.sequence == nil ? 0 : 2)
          | (mark.time == nil ? 0 : 4)
      })
    try container.encode(marks.compactMap(\.version))
    try container.encode(marks.compactMap(\.sequence))
    try container.encode(marks.compactMap(\.time))
    try container.encode(marks.map(\.source))
  }

  init(from decoder: any Decoder) throws {
    var container = try decoder.unkeyedContainer()
    prints = try container.decode([UInt64].self)
    let kinds = try container.decode([UInt8].self)
    var versions = try container.decode([Int64].self)[...]
    var sequences = try container.decode([Int64].self)[...]
    var times = try container.decode([Timestamp].self)[...]
    let sources = try container.decode([Int].self)
    try StateFault.check(
      kinds.count == prints.count && sources.count == prints.count && prints.count <= 131_072,
      "the positions of subjects are not complete")
    marks = zip(kinds, sources).map { kind, source in
      SubjectOrder.Mark(
        version: kind & 1 == 0 ? nil : versions.popFirst(),
        sequence: kind & 2 == 0 ? nil : sequences.popFirst(), source: source,
        time: kind & 4 == 0 ? nil : times.popFirst())
    }
    guard !prints.isEmpty else { return }
    var size = 16
    while size < prints.count * 2 { size *= 2 }
    grow(to: size)
  }
}
