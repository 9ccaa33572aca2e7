import Dashboard
import Domain
import Panes
import Themes

// What the loop draws, and what it measures of itself meanwhile.

extension Engine {
  /// The moment the screen shows.
  var shownMoment: Timestamp { held?.at ?? session.now }

  func draw() {
    let start = clock()
    state.size = display.size
    state.hasLostConnection = !session.board.stream.isCurrent
    var moment = Moment(now: shownMoment, utcOffset: utcOffset, vitals: shownVitals)
    if case .playback = input { moment.isReplay = true }
    let received = session.board.stream.received
    moment.held = held.map {
      Moment.Held(since: $0.at, now: session.now, events: received - $0.received)
    }
    let theme = themes.first { $0.name == state.theme } ?? themes[0]
    if screen.draw(
      held?.board ?? session.board, changed: undrawn, at: moment, theme: theme, state: &state)
    {
      vitals.frameBytes += Int64(display.present(screen.grid))
      vitals.frames += 1
    }
    let end = clock()
    if let oldest = oldestUnshown { vitals.arrivalToScreen.record(end - oldest) }
    oldestUnshown = nil
    undrawn = []
    pacer.drew(at: start, cost: end - start)
  }

  func readVitals() {
    (vitals.residentBytes, vitals.cpuShare) = meter.measure(at: clock())
    let recording = tape?.state
    vitals.recording = recording?.writing
    vitals.recordingFailure = recording?.failure.map { "\($0)" }
    if case .live(let mailbox) = input {
      vitals.backlogBytes = Int64(mailbox.backlog + slice.bytes)
    }
    shownVitals = vitals
  }
}
