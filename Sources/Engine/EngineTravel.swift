import Dashboard
import Domain
import Panes

// How the user goes to other moments than the present: the same in a live session, whose taking in
// goes on behind, and in a replay.

/// What is looked for where one slice does not find it.
enum TravelSearch {
  /// The next event (1) or the one before (-1).
  case event(Int)
  /// The next alert or marker, or the one before.
  case stop(Int)
}

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

  /// Goes on looking, for one slice.
  func continueSearch() {
    switch search {
    case .event(let direction): step(direction)
    case .stop(let direction): lookForStop(direction)
    case nil: break
    }
    pacer.invalidate(atOnce: true)
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

  private func seek(_ search: TravelSearch) {
    self.search = search
    continueSearch()
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
      attempt { () throws(FileError) in try playback.setPaused(!playback.isPaused) }
      undrawn = .all
    }
  }

  private func go(to moment: Timestamp) {
    if let live, moment >= live.session.now {
      return show(playback?.isPaused ?? true ? .held(live, live.session) : .live(live))
    }
    attempt { () throws(FileError) in
      switch showing {
      case .live(let live), .held(let live, _): try open(live, at: moment)
      case .behind(_, let playback): try playback.jump(to: moment)
      case .replay(let playback, let scan):
        let isBeyond = scan.map { $0.timeline.isComplete && moment >= $0.timeline.end } ?? false
        try playback.jump(to: isBeyond ? nil : moment)
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
  private func open(_ live: LiveSession, at moment: Timestamp) throws(FileError) -> Playback? {
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

  // MARK: Steps

  private func step(_ direction: Int) {
    let start = clock()
    attempt { () throws(FileError) in
      guard let playback = try playbackToStep() else {
        search = nil
        return
      }
      var progress = TapeCursor.Progress.unfinished
      repeat {
        progress = try playback.step(direction)
      } while progress == .unfinished && !isOver(Self.sliceSpan, since: start)
      undrawn = .all
      search = progress == .unfinished ? .event(direction) : nil
      if progress == .end { tell(words(beyond: direction)) }
    }
  }

  /// The tape to step on, opened where it is not yet.
  private func playbackToStep() throws(FileError) -> Playback? {
    switch showing {
    case .live(let live): try open(live, at: live.session.now)
    case .held(let live, let session): try open(live, at: session.now)
    case .behind(_, let playback), .replay(let playback, _): playback
    }
  }

  private func words(beyond direction: Int) -> String {
    if direction < 0 { return "this is before the first event" }
    return live == nil ? "this is the last event" : "this is the newest event; n goes on live"
  }

  /// Looks for the nearest stop, once the timeline is known that far.
  private func lookForStop(_ direction: Int) {
    guard let timeline else {
      search = nil
      return
    }
    let now = showing.moment
    let isKnown = timeline.isComplete || live != nil || (direction < 0 && timeline.end >= now)
    guard let stop = timeline.stop(from: now, direction), isKnown || direction > 0,
      isInRange(stop.at)
    else {
      if isKnown { search = nil }
      if isKnown { tell("no alert or marker \(direction > 0 ? "after" : "before") this") }
      return
    }
    search = nil
    go(to: stop.at)
    attempt { () throws(FileError) in try playback?.setPaused(true) }
    tell(stop.words)
  }

  private func isInRange(_ moment: Timestamp) -> Bool {
    guard case .replay(let playback, _) = showing else { return true }
    return moment >= playback.start && playback.end.map { moment <= $0 } ?? true
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
