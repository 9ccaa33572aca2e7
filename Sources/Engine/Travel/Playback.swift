package import Domain
import Recording

/// Plays a tape from a place on it: a replay, or a live session's own tape while someone looks back.
package final class Playback {
  /// The entries read between two looks at whether to go on.
  private static let batch = 64

  private let cursor: TapeCursor
  private var clock: PlaybackClock
  /// The moments between which it stays; without an end, that of the tape.
  package let start: Timestamp
  package let end: Timestamp?
  /// The beginning of the whole tape.
  package let tapeStart: Timestamp
  /// Brings a tape that is still being written up to date; nil for one that is whole.
  private let refresh: (() -> Void)?
  private let loops: Bool
  /// Whether everything up to the end was played.
  package private(set) var isAtEnd = false

  /// A tape to be replayed between two moments, `from` nil meaning that it begins at its end.
  ///
  /// `speed` is clamped to `PlaybackClock.speeds`.
  package init(
    _ input: TapeInput, from moment: Timestamp?, to end: Timestamp? = nil, speed: Double = 1,
    isPaused: Bool = false, loops: Bool = false
  ) throws(FileError) {
    cursor = try TapeCursor(input, at: moment)
    clock = PlaybackClock(at: cursor.session.now, speed: speed, isPaused: isPaused)
    tapeStart = input.header.start
    start = max(tapeStart, moment ?? tapeStart)
    self.end = end
    self.loops = loops
    refresh = nil
  }

  /// A tape that is still being written, standing at a moment; `refresh` brings it up to date.
  package init(
    growing input: TapeInput, at moment: Timestamp, refresh: @escaping () -> Void
  ) throws(FileError) {
    cursor = try TapeCursor(input, at: moment)
    clock = PlaybackClock(at: cursor.session.now, isPaused: true)
    tapeStart = input.header.start
    start = tapeStart
    end = nil
    loops = false
    self.refresh = refresh
  }

  /// The session of the moment shown.
  package var session: Session { cursor.session }
  /// The moment shown.
  package var position: Timestamp { cursor.session.now }
  package var isPaused: Bool { clock.isPaused }
  package var speed: Double { clock.speed }

  /// What changed since the last call.
  package func takeChanges() -> Changes { cursor.takeChanges() }

  /// When, on the wall, the next entry is due; nil while paused or at the end.
  package func nextDue() throws(FileError) -> Timestamp? {
    guard !clock.isPaused, !isAtEnd else { return nil }
    if try cursor.nextEntry() == nil { refresh?() }
    guard let next = try cursor.nextEntry() else { return nil }
    return clock.wall(of: end.map { min($0, next) } ?? next)
  }

  /// Takes in what is due at a moment on the wall, up to `bound` at most, and for as long as it may.
  package func take(
    until wall: Timestamp, bound: Timestamp? = nil, while mayGoOn: () -> Bool = { true }
  ) throws(FileError) {
    guard !isAtEnd, !clock.isPaused else { return }
    let limit = [bound, end].compactMap(\.self).min()
    let moment = clock.advance(to: wall, bound: limit)
    repeat {
      switch try play(to: moment) {
      case .unfinished: continue
      case .done: try arrive(at: moment, isLast: end.map { $0 <= moment } ?? false)
      case .end: try arrive(at: moment, isLast: refresh == nil)
      }
      return
    } while mayGoOn()
  }

  /// Goes to a moment within its bounds; nil is the end.
  package func jump(to moment: Timestamp?) throws(FileError) {
    refresh?()
    let bounded = [moment.map { max(start, $0) }, end].compactMap(\.self).min()
    try cursor.jump(to: bounded)
    stand()
    isAtEnd = moment == nil && refresh == nil
  }

  /// Steps on (1) or back (-1) by one event, as far as one call goes; time stands then.
  package func step(_ direction: Int) throws(FileError) -> TapeCursor.Progress {
    clock.setPaused(true)
    isAtEnd = false
    if direction > 0 { return try stepForward() }
    if position <= start, start > tapeStart { return .end }
    let progress = try cursor.stepBack()
    if progress == .done, position < start { try cursor.jump(to: start) }
    stand()
    return progress
  }

  /// Lets time stand or pass; from the end it begins anew.
  package func setPaused(_ isPaused: Bool) throws(FileError) {
    if !isPaused, isAtEnd { try jump(to: start) }
    clock.setPaused(isPaused)
  }

  /// Passes `factor` times as fast.
  package func changeSpeed(by factor: Double) { clock.setSpeed(clock.speed * factor) }

  private func play(to moment: Timestamp) throws(FileError) -> TapeCursor.Progress {
    let progress = try cursor.play(to: moment, limit: Self.batch)
    guard progress == .end, let refresh else { return progress }
    refresh()
    return try cursor.play(to: moment, limit: Self.batch)
  }

  /// What was due was taken in. Beyond the last entry of a whole tape nothing is known.
  private func arrive(at moment: Timestamp, isLast: Bool) throws(FileError) {
    let isKnown = !isLast || end.map { $0 <= moment } ?? false
    if isKnown { cursor.advance(to: moment) }
    guard isLast else { return }
    if loops, position > start {
      try cursor.jump(to: start)
      stand()
    } else {
      isAtEnd = true
    }
  }

  private func stepForward() throws(FileError) -> TapeCursor.Progress {
    if let end, let next = try cursor.nextEntry(), next > end { return .end }
    var progress = try cursor.stepForward(limit: Self.batch)
    if progress == .end, let refresh {
      refresh()
      progress = try cursor.stepForward(limit: Self.batch)
    }
    stand()
    return progress
  }

  /// Time goes on from where the session is.
  private func stand() {
    clock.move(to: position)
    isAtEnd = false
  }
}
