package import Domain

/// How tape time passes against the time on the wall: at a speed, or not at all.
package struct PlaybackClock: Sendable {
  /// The slowest and the fastest.
  package static let speeds = 0.01...10_000.0

  /// How many seconds of tape pass in a second.
  package private(set) var speed: Double
  /// Whether tape time stands.
  package private(set) var isPaused: Bool
  /// The moment of tape time.
  package private(set) var position: Timestamp
  private var anchor: (wall: Timestamp, tape: Timestamp)?

  /// A clock at a position; `speed` is clamped to `speeds`.
  package init(at position: Timestamp, speed: Double = 1, isPaused: Bool = false) {
    self.position = position
    self.speed = Self.clamped(speed)
    self.isPaused = isPaused
  }

  /// Lets tape time pass until a moment on the wall, and at most to `bound`; returns the moment of
  /// tape time. A clock on the wall that steps back does not turn tape time back.
  package mutating func advance(to wall: Timestamp, bound: Timestamp? = nil) -> Timestamp {
    guard !isPaused else { return position }
    let start = anchor ?? (wall, position)
    anchor = start
    let passed = Double((wall - start.wall).microseconds) * speed
    let moment = start.tape + Span(microseconds: Int64(min(max(0, passed), 1e15)))
    position = max(position, min(moment, bound ?? moment))
    return position
  }

  /// When, on the wall, tape time reaches a moment; nil while it stands.
  package func wall(of moment: Timestamp) -> Timestamp? {
    guard !isPaused, let anchor else { return nil }
    let ahead = Double((moment - anchor.tape).microseconds) / speed
    return anchor.wall + Span(microseconds: Int64(min(max(0, ahead), 1e15)))
  }

  /// Lets tape time stand, or go on.
  package mutating func setPaused(_ isPaused: Bool) {
    self.isPaused = isPaused
    anchor = nil
  }

  /// Goes on from another moment.
  package mutating func move(to moment: Timestamp) {
    position = moment
    anchor = nil
  }

  /// Goes on at another speed.
  package mutating func setSpeed(_ speed: Double) {
    self.speed = Self.clamped(speed)
    anchor = nil
  }

  private static func clamped(_ speed: Double) -> Double {
    min(speeds.upperBound, max(speeds.lowerBound, speed))
  }
}
