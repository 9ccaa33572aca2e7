/// The newest position seen of each subject, to tell an event that comes after a newer one.
///
/// Versions decide where both events carry one, else sequence numbers of the same source, else
/// origin times, else arrival. Bounded: the positions of the subjects least recently heard of are
/// forgotten a generation of `bound` at a time.
package struct SubjectOrder: Sendable {
  private struct Mark {
    var version: Int64?
    var sequence: Int64?
    var source: Int
    var time: Timestamp?
  }

  private var current: [String: Mark] = [:]
  private var previous: [String: Mark] = [:]
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
    if let index = current.index(forKey: subject) {
      guard !Self.isOlder(mark, than: current.values[index]) else { return false }
      current.values[index] = mark
      return true
    }
    if let known = previous[subject], Self.isOlder(mark, than: known) { return false }
    if current.count >= bound {
      previous = current
      current = [:]
    }
    current[subject] = mark
    return true
  }

  private static func isOlder(_ new: Mark, than known: Mark) -> Bool {
    if let new = new.version, let known = known.version { return new < known }
    if new.source == known.source, let new = new.sequence, let known = known.sequence {
      return new < known
    }
    if let new = new.time, let known = known.time { return new < known }
    return false
  }
}
