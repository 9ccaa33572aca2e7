import Dashboard
import Domain
import Panes

// How the user goes to other moments than the present: the same in a live session, whose taking in
// goes on behind, and in a replay.

extension Engine {
  /// Goes where a key asks to.
  func travel(_ travel: Travel) {
    search = nil
    switch travel {
    case .toggle: toggle()
    case .step(let direction): seek(.event(direction))
    case .stop(let direction): seek(.stop(direction))
    case .skip(let span): go(to: showing.moment + span)
    case .go(let moment): go(to: moment)
    case .newest: goToNewest()
    case .speed(let direction): changeSpeed(direction)
    case .mark(let label): mark(label)
    }
  }

  /// Shows something else, drawn anew.
  func show(_ showing: Showing) {
    self.showing = showing
    search = nil
    undrawn = .all
    pacer.invalidate(atOnce: true)
  }

  /// Tells what became of a key.
  func tell(_ text: String, isFault: Bool = false) {
    state.notice = Notice(text, isFault: isFault)
    toldAt = clock()
    pacer.invalidate(atOnce: true)
  }

  /// Does what needs the tape. In a replay a tape that cannot be read ends the loop; in a live
  /// session the present is shown.
  func attempt(_ work: () throws(FileError) -> Void) {
    do throws(FileError) {
      try work()
    } catch {
      guard let live else {
        ending = .failed(error)
        return
      }
      show(.live(live))
      tell(error.description, isFault: true)
    }
  }

  // MARK: Ways

  private func toggle() {
    switch showing {
    case .live(let live): show(.held(live, live.session))
    case .held(let live, let session):
      guard live.isRecorded, live.session.now - session.now >= Self.noticeableLag else {
        return show(.live(live))
      }
      attempt { () throws(FileError) in
        try open(live, at: session.now)?.setPaused(false)
      }
    case .behind(_, let playback), .replay(let playback, _):
      attempt { () throws(FileError) in
        try playback.setPaused(!playback.isPaused && !playback.isAtEnd)
      }
      undrawn = .all
    }
  }

  /// Goes to a moment, as far as there are any.
  func go(to moment: Timestamp) {
    if let live, moment >= live.session.now {
      return show(playback?.isPaused ?? true ? .held(live, live.session) : .live(live))
    }
    attempt { () throws(FileError) in
      switch showing {
      case .live(let live), .held(let live, _): try open(live, at: moment)
      case .behind(_, let playback): try playback.jump(to: moment)
      case .replay(let playback, let scan):
        try playback.jump(to: scan?.lastMoment.map { moment >= $0 } ?? false ? nil : moment)
      }
    }
    undrawn = .all
  }

  private func goToNewest() {
    if let live { return show(.live(live)) }
    attempt { () throws(FileError) in try playback?.jump(to: nil) }
    undrawn = .all
  }

  private func changeSpeed(_ direction: Int) {
    guard let playback else {
      return tell("the speed is that of the playing; Space plays", isFault: true)
    }
    playback.changeSpeed(by: direction > 0 ? 2 : 0.5)
    if playback.isPaused { tell("plays at \(Format.speed(playback.speed))") }
  }

  /// Stands on the tape of a live session at a moment; nil where there is none.
  @discardableResult
  func open(_ live: LiveSession, at moment: Timestamp) throws(FileError) -> Playback? {
    guard let tape = live.tape else {
      tell("nothing is recorded: there is no going back", isFault: true)
      return nil
    }
    let playback = try Playback(
      growing: tape.openInput(), at: max(moment, live.timeline.start)
    ) { tape.flush() }
    show(.behind(live, playback))
    return playback
  }

  // MARK: Marks

  private func mark(_ label: String) {
    let number = (timeline?.markerCount ?? 0) + 1
    let label = label.isEmpty ? "marker \(number)" : label
    let moment = showing.moment
    switch showing {
    case .live(let live) where live.isRecorded:
      live.mark(label, at: moment, isOnTape: true)
      tell("\(label): on the tape")
    case .live(let live), .held(let live, _), .behind(let live, _):
      live.mark(label, at: moment, isOnTape: false)
      tellUnsaved(label, moment)
    case .replay(_, let scan):
      scan?.mark(label, at: moment)
      tellUnsaved(label, moment)
    }
  }

  /// A tape grows only at its end.
  private func tellUnsaved(_ label: String, _ moment: Timestamp) {
    let time = Format.timeOfDay(moment, offset: utcOffset)
    tell("\(label) at \(time): kept until you leave, not saved")
  }
}
