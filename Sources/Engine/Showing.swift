import Domain

/// What the loop shows, and what it comes from.
enum Showing {
  /// What arrives, as it arrives.
  case live(LiveSession)
  /// The board of a live session as it was at a moment.
  case held(LiveSession, Session)
  /// A place on the tape of a live session.
  case behind(LiveSession, Playback)
  /// A place on a tape, and what happens where on it.
  case replay(Playback, TimelineScan?)

  /// The session that is being taken in; nil in a replay.
  var live: LiveSession? {
    switch self {
    case .live(let live), .held(let live, _), .behind(let live, _): live
    case .replay: nil
    }
  }

  /// The tape that is shown, if one is.
  var playback: Playback? {
    switch self {
    case .live, .held: nil
    case .behind(_, let playback), .replay(let playback, _): playback
    }
  }

  /// The session of the moment shown.
  var session: Session {
    switch self {
    case .live(let live): live.session
    case .held(_, let session): session
    case .behind(_, let playback), .replay(let playback, _): playback.session
    }
  }

  /// The moment shown.
  var moment: Timestamp {
    switch self {
    case .live(let live): live.session.now
    case .held(_, let session): session.now
    case .behind(_, let playback), .replay(let playback, _): playback.position
    }
  }
}
