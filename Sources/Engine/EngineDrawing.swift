import Dashboard
import Domain
import Panes
import Themes

// What the loop draws, and what it measures of itself meanwhile.

extension Engine {
  func draw() {
    let start = clock()
    tellState()
    var moment = Moment(now: showing.moment, utcOffset: utcOffset, vitals: shownVitals)
    moment.timeline = state.hasTimeline ? timeline : nil
    moment.marked = marked
    let theme = themes.first { $0.name == state.theme } ?? themes[0]
    if screen.draw(shown.board, changed: undrawn, at: moment, theme: theme, state: &state) {
      vitals.frameBytes += Int64(display.present(screen.grid))
      vitals.frames += 1
    }
    let end = clock()
    if let oldest = live?.takeOldest() { vitals.arrivalToScreen.record(end - oldest) }
    undrawn = []
    pacer.drew(at: start, cost: end - start)
  }

  /// Tells the dashboard what it must know of the world.
  func tellState() {
    state.size = display.size
    let session = live?.session ?? shown
    state.hasLostConnection = !session.board.stream.isCurrent
    state.time = timeView
    // Whoever names a moment has all of the tape before them.
    if state.mode.isTyping { scan?.findEnd() }
    state.reach = reach
    state.hasMarkedBoard = marked != nil
  }

  func readVitals() {
    (vitals.residentBytes, vitals.cpuShare) = meter.measure(at: clock())
    if let live {
      let recording = live.tape?.state
      vitals.recording = recording?.writing
      vitals.recordingFailure = recording?.failure.map { "\($0)" }
      vitals.backlogBytes = Int64(live.backlog)
    }
    shownVitals = vitals
  }

  private var timeView: TimeView {
    switch showing {
    case .live: .live
    case .held(let live, let session): .behind(motion ?? .paused, lag(live, session))
    case .behind(let live, let playback):
      .behind(motion ?? Self.motion(of: playback), lag(live, playback.session))
    case .replay(let playback, _): .replay(motion ?? Self.motion(of: playback))
    }
  }

  private var motion: Motion? { search == nil ? nil : .searching }

  private static func motion(of playback: Playback) -> Motion {
    if playback.isPaused { return .paused }
    return playback.isAtEnd ? .ended : .playing(speed: playback.speed)
  }

  private func lag(_ live: LiveSession, _ session: Session) -> Lag {
    Lag(
      live.session.now - session.now,
      events: live.session.board.stream.received - session.board.stream.received,
      isCurrent: live.session.board.stream.isCurrent)
  }

  /// Without a tape there is nowhere to go.
  private var reach: TimeReach? {
    switch showing {
    case .live(let live), .held(let live, _), .behind(let live, _):
      guard live.isRecorded else { return nil }
      return TimeReach(
        start: live.timeline.start, end: live.session.now, now: showing.moment, utcOffset: utcOffset
      )
    case .replay(let playback, let scan):
      let known = max(
        playback.position, scan?.lastMoment ?? scan?.timeline.end ?? playback.position)
      return TimeReach(
        start: playback.start, end: playback.end.map { min($0, known) } ?? known,
        now: playback.position, utcOffset: utcOffset, origin: playback.tapeStart)
    }
  }
}
