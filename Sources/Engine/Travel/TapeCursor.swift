package import Domain
import Recording
import Wire

/// A place on a tape and the session there, with ways to other places: on, as time passes; on and
/// back by one event; and to any moment.
///
/// A frame may bring many events: a place may be after the first few of them.
package final class TapeCursor {
  /// How far a call came.
  package enum Progress: Equatable, Sendable {
    case done
    /// As far as one call goes; another goes on.
    case unfinished
    /// To the first or last event there is.
    case end
  }

  /// The session of the place.
  package private(set) var session: Session
  private let input: TapeInput
  /// The entries around the place, where it was stepped; nil while the input stands at the place.
  private var window: TapeWindow?
  /// Whether a step back has taken its event back and looks for the one before.
  private var isUndone = false

  /// A tape at a moment.
  package init(_ input: TapeInput, at moment: Timestamp?) throws(FileError) {
    self.input = input
    session = try Session(playing: input, until: moment)
  }

  /// Goes to a moment; nil is the end.
  package func jump(to moment: Timestamp?) throws(FileError) {
    window = nil
    isUndone = false
    session = try Session(playing: input, until: moment)
  }

  /// When the next entry is due; nil at the end of the tape.
  package func nextEntry() throws(FileError) -> Timestamp? {
    if let entry = window?.next { return entry.at }
    return try input.peek()?.at
  }

  /// Lets the time until a moment pass: at most `limit` entries at once. Done means that all that is
  /// due by it was taken in; end, that the tape has no more.
  package func play(to moment: Timestamp, limit: Int) throws(FileError) -> Progress {
    for _ in 0..<limit {
      guard let next = try nextEntry() else { return .end }
      guard next <= moment else { return .done }
      try takeNext()
    }
    return .unfinished
  }

  /// Lets the clock of the session run on where nothing happens.
  package func advance(to moment: Timestamp) { session.advance(to: moment) }

  /// What changed since the last call.
  package func takeChanges() -> Changes { session.takeChanges() }

  /// Takes the rest of a frame that was stepped into, or the next entry.
  private func takeNext() throws(FileError) {
    isUndone = false
    if window?.takeWhole(&session) == true { return }
    window = nil
    guard let entry = try input.next() else { return }
    session.ingest(entry)
  }

  /// Goes on to after the next event, over at most `limit` entries that bring none.
  package func stepForward(limit: Int) throws(FileError) -> Progress {
    var window = window.take() ?? TapeWindow(at: input.line, session)
    defer { self.window = window }
    isUndone = false
    for _ in 0..<limit {
      if window.next == nil {
        guard let entry = try input.next() else { return .end }
        window.append(entry, line: input.line)
      }
      if window.stepForward(&session) { return .done }
    }
    return .unfinished
  }

  /// Goes back to after the event before the newest one, or over one stretch of the tape that has
  /// none. Done means that it went there; end, that there is no event to take back.
  package func stepBack() throws(FileError) -> Progress {
    guard var window = window.take() else {
      isUndone = false
      self.window = try stretch(before: input.line)
      return .unfinished
    }
    defer { self.window = window }
    if !isUndone {
      switch window.undo(&session) {
      case .afterTheOneBefore: return .done
      case .beforeItsEntry: isUndone = true
      case nil where window.line <= TapeWindow.firstLine: return .end
      case nil: break
      }
    }
    if isUndone, window.settle(&session) || window.line <= TapeWindow.firstLine {
      isUndone = false
      return .done
    }
    window = try stretch(before: window.line)
    return .unfinished
  }

  /// Reads the stretch of the tape before a line, and stands behind it.
  private func stretch(before line: Int) throws(FileError) -> TapeWindow {
    let first = max(TapeWindow.firstLine, line - TapeWindow.stretch)
    var session = try Session(playing: input, untilLine: first)
    var window = TapeWindow(at: first, session)
    while input.line < line, let entry = try input.next() {
      window.append(entry, line: input.line)
      _ = window.takeWhole(&session)
    }
    self.session = session
    return window
  }
}
