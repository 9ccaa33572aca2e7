package import Domain

/// How the moment shown stands to the present.
package enum TimeView: Equatable, Sendable {
  /// What arrives is shown as it arrives.
  case live
  /// A moment of the live session's own past, and how much came since.
  case behind(Motion, Lag)
  /// A moment of a tape.
  case replay(Motion)

  /// How time passes at the moment shown; nil where it is the present.
  package var motion: Motion? {
    switch self {
    case .live: nil
    case .behind(let motion, _), .replay(let motion): motion
    }
  }
}

/// How time passes at a moment that is not the present.
package enum Motion: Equatable, Sendable {
  case paused
  /// Some seconds pass in a second.
  case playing(speed: Double)
  /// Everything was played.
  case ended
  /// The way to another moment takes longer than a frame.
  case searching
}

/// How far a moment is behind what is live.
package struct Lag: Equatable, Sendable {
  package var span: Span
  /// The events that came since.
  package var events: Int
  /// Whether what is live can be trusted to be current.
  package var isCurrent: Bool

  /// A lag.
  package init(_ span: Span, events: Int, isCurrent: Bool = true) {
    self.span = span
    self.events = events
    self.isCurrent = isCurrent
  }
}

/// The stretch of time one can go to, and where one is; told by the engine.
package struct TimeReach: Equatable, Sendable {
  package var start: Timestamp, end: Timestamp
  /// The moment that times are counted from: the beginning of the whole tape.
  package var origin: Timestamp
  /// The moment shown.
  package var now: Timestamp
  /// How far the clock on the wall is east of UTC.
  package var utcOffset: Span

  /// A stretch of time; it is counted from its start unless that is told.
  package init(
    start: Timestamp, end: Timestamp, now: Timestamp, utcOffset: Span = .zero,
    origin: Timestamp? = nil
  ) {
    self.origin = origin ?? start
    self.start = start
    self.end = end
    self.now = now
    self.utcOffset = utcOffset
  }
}

extension DashboardState {
  /// Whether a tape is replayed.
  var isReplay: Bool {
    if case .replay = time { true } else { false }
  }

  /// Whether time stands at the moment shown.
  package var isStanding: Bool {
    switch time.motion {
    case .paused, .ended: true
    case .playing, .searching, nil: false
    }
  }
}
