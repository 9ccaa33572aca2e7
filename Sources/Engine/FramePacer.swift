package import Domain

/// When to draw: at once after a rest, and under load as seldom as keeps the processor cool.
///
/// One limiter only: its interval is the latency under load, half of it at the median.
package struct FramePacer: Sendable {
  /// The shortest time between two frames: 240 a second.
  package static let shortest = Span(microseconds: 4_166)
  /// The longest: a slow terminal still gets ten a second.
  package static let longest = Span.milliseconds(100)
  /// Drawing may take a tenth of the time: a frame that costs 1 ms is followed by 10 ms.
  package static let shareOfTime: Int64 = 10

  private var lastFrameAt: Timestamp?
  private var interval = FramePacer.shortest
  /// Whether something waits to be drawn.
  package private(set) var isDirty = false
  /// Whether somebody who typed waits for it.
  package private(set) var isUrgent = false

  /// Nothing drawn, nothing to draw.
  package init() {}

  /// Something changed that is to be seen; `atOnce` when a person did it, who is not made to wait
  /// for a slow terminal's turn.
  package mutating func invalidate(atOnce: Bool = false) {
    isDirty = true
    if atOnce { isUrgent = true }
  }

  /// When the next frame is due; nil while nothing is to be drawn. At once where the clock was set
  /// back: a last frame that lies ahead tells nothing.
  package func nextFrame(at now: Timestamp) -> Timestamp? {
    guard isDirty else { return nil }
    guard let lastFrameAt, lastFrameAt <= now else { return now }
    return lastFrameAt + (isUrgent ? Self.shortest : interval)
  }

  /// Whether to draw now.
  package func isDue(at now: Timestamp) -> Bool {
    nextFrame(at: now).map { $0 <= now } ?? false
  }

  /// Notes a frame that was begun at a moment and took a time to draw and write.
  package mutating func drew(at moment: Timestamp, cost: Span) {
    isDirty = false
    isUrgent = false
    lastFrameAt = moment
    let fair = Span(
      microseconds: min(max(0, cost.microseconds), Self.longest.microseconds) * Self.shareOfTime)
    interval = min(Self.longest, max(Self.shortest, fair))
  }
}
