import Dashboard
package import Domain

// How the loop takes in what arrived or is due: in slices of a few milliseconds, so that a key is
// answered while a source sends faster than it can be read.

extension Engine {
  /// How long the loop takes in before it looks at the keyboard again.
  package static let sliceSpan = Span.milliseconds(8)
  /// How old what is taken in may be before telemetry waits for newer of its kind.
  package static let backlogPatience = Span.milliseconds(250)
  /// How long a tape is read ahead for its timeline before the keyboard is looked at.
  private static let scanSpan = Span.milliseconds(4)
  /// How long what was told of a key stays in view where time passes.
  private static let tellingSpan = Span.seconds(6)
  /// A lag that nobody would notice counts as none.
  static let noticeableLag = Span.seconds(1)

  /// Takes in what waits and what is due, for at most one slice each.
  func takeIn() {
    let start = clock()
    live?.takeIn(
      at: start, while: { !isOver(Self.sliceSpan, since: start) }, reconnect: onReconnect)
    attempt { () throws(FileError) in
      try playback?.take(until: start, bound: live?.session.now) {
        !isOver(Self.sliceSpan, since: start)
      }
    }
    catchUp()
    if search != nil { continueSearch() }
    readAhead()
  }

  /// Learns more of what happens where on a tape that is replayed; the timeline shows it.
  private func readAhead() {
    guard let scan, !scan.timeline.isComplete else { return }
    let start = clock()
    scan.run { !isOver(Self.scanSpan, since: start) }
    pacer.invalidate()
  }

  /// Whether a slice that was begun at a moment is over; a clock that stepped back ends it too.
  func isOver(_ span: Span, since start: Timestamp) -> Bool {
    let now = clock()
    return now < start || now - start >= span
  }

  /// Whoever plays a live session's past until nothing is left of it sees the present again.
  private func catchUp() {
    guard case .behind(let live, let playback) = showing, !playback.isPaused else { return }
    let isOver = live.session.now - playback.position < Self.noticeableLag
    if !isOver, live.isRecorded { return }
    if !isOver { tell("the tape could not be written any further", isFault: true) }
    show(.live(live))
  }

  /// Notes what changed, and asks for a drawing where it is to be seen.
  func noteChanges() {
    let arrived = live?.takeChanges(at: clock()) ?? Changes()
    if let watched = live?.watchEnding { ending = ending ?? .watched(watched) }
    let shown = playback?.takeChanges() ?? (isHeld ? Changes() : arrived)
    let seconds = Seconds(live: live?.session.now.wholeSecond, shown: showing.moment.wholeSecond)
    guard !arrived.isEmpty || !shown.isEmpty || seconds != shownSeconds else { return }
    undrawn.formUnion(shown.collections)
    if seconds != shownSeconds {
      shownSeconds = seconds
      if let toldAt, clock() - toldAt >= Self.tellingSpan { state.notice = nil }
      readVitals()
      let session = live?.session ?? self.shown
      onHealth?(HealthReport(session.board.stream, vitals: shownVitals, at: session.now))
    }
    pacer.invalidate()
  }

  /// The seconds in which the live and the shown moment lie.
  struct Seconds: Equatable {
    var live: Int64?
    var shown = Int64.min
  }
}

extension Timestamp {
  fileprivate var wholeSecond: Int64 { microseconds / 1_000_000 }
}
