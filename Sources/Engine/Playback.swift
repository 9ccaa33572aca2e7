package import Domain
import Recording
package import Wire

/// Plays a tape on a clock of its own: tape time runs at a speed and stands while paused.
package struct Playback {
  private let input: TapeInput
  private var anchor: (wall: Timestamp, tape: Timestamp)?
  /// How many seconds of tape pass in a second.
  package let speed: Double
  /// Whether tape time stands.
  package private(set) var isPaused: Bool
  /// Whether everything up to the end, or up to `end`, was played.
  package private(set) var isFinished = false
  /// Whether it was stopped before the end of its tape.
  package var hasStopped: Bool { isFinished && end.map { $0 <= position } ?? false }
  /// The moment played so far.
  package private(set) var position: Timestamp
  private let end: Timestamp?

  /// A tape at a position; what lies before it is ingested at once.
  ///
  /// `speed` is clamped to 0.01-10,000; `end` stops the playback early.
  package init(
    _ input: TapeInput, from position: Timestamp, to end: Timestamp?, speed: Double,
    isPaused: Bool
  ) {
    self.input = input
    self.position = position
    self.end = end
    self.speed = min(10_000, max(0.01, speed))
    self.isPaused = isPaused
  }

  /// When, on the wall clock, the next entry is due; nil while paused or at the end.
  package func nextDue() throws(FileError) -> Timestamp? {
    guard !isPaused, !isFinished, let anchor, let entry = try input.peek() else { return nil }
    let next = end.map { min($0, entry.at) } ?? entry.at
    let ahead = Double((next - anchor.tape).microseconds) / speed
    return anchor.wall + Span(microseconds: Int64(min(max(0, ahead), 1e15)))
  }

  /// The moment of tape time at a moment of wall time.
  package mutating func advance(to wall: Timestamp) -> Timestamp {
    guard !isPaused, !isFinished else {
      anchor = (wall, position)
      return position
    }
    let start = anchor ?? (wall, position)
    anchor = start
    let passed = Double((wall - start.wall).microseconds) * speed
    let moment = start.tape + Span(microseconds: Int64(min(max(0, passed), 1e15)))
    position = max(position, min(moment, end ?? moment))
    return position
  }

  /// Takes what is due by the position, at most `limit` entries, so that keys stay answered.
  package mutating func due(limit: Int) throws(FileError) -> [Inbound] {
    var result: [Inbound] = []
    while result.count < limit, !isFinished {
      guard let entry = try input.peek() else {
        isFinished = true
        break
      }
      guard entry.at <= position else {
        isFinished = end.map { $0 <= position } ?? false
        break
      }
      _ = try input.next()
      guard case .inbound(let connection, let body) = entry.body else { continue }
      result.append(Inbound(connection: connection, at: entry.at, body: body))
    }
    return result
  }

  /// Lets tape time stand, or go on.
  package mutating func togglePause() {
    isPaused.toggle()
    anchor = nil
  }
}
