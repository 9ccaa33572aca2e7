import Dashboard
import Domain

// How the loop gets to the next event, alert or marker, where that may take longer than a slice.

/// What is looked for where one slice does not find it.
enum TravelSearch {
  /// The next event (1) or the one before (-1).
  case event(Int)
  /// The next alert or marker, or the one before.
  case stop(Int)
}

extension Engine {
  /// Looks for something.
  func seek(_ search: TravelSearch) {
    self.search = search
    continueSearch()
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
}
