/// Events of a checked feed that did not come and will not: the feed went on without them.
package struct MissingEvents: Codable, Equatable, Sendable {
  /// How many; nil where nobody knows.
  package let count: Int64?
  /// Which, for a person: `events 6 to 8`.
  package let words: String

  /// The events of these numbers, the last included.
  init(_ first: Int64, to last: Int64) {
    count = last - first + 1
    words = first == last ? "event \(first)" : "events \(first) to \(last)"
  }

  /// What followed a number in a life of the feed that is over, and what came before a number in
  /// the one that followed it, where that is known.
  init(after number: Int64, epoch: [UInt8], before next: Int64? = nil) {
    count = nil
    let end = "all events after \(number)-\(String(decoding: epoch, as: UTF8.self))"
    guard let next, next > 1 else {
      words = end
      return
    }
    words = "\(end), and \(MissingEvents(1, to: next - 1).words) of the feed that followed"
  }
}
