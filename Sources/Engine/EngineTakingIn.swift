package import Domain
import Wire

// How the loop takes in what arrived: in slices of a few milliseconds, so that a key is answered
// while a source sends faster than it can be read.

extension Engine {
  /// How long the loop takes in before it looks at the keyboard again.
  package static let sliceSpan = Span.milliseconds(8)
  /// How old what is taken in may be before telemetry waits for newer of its kind.
  package static let backlogPatience = Span.milliseconds(250)
  /// What is taken out of the mailbox at once.
  private static let takenEntries = 64, takenBytes = 256 << 10
  /// The entries of a tape read at once.
  private static let playbackBatch = 64

  /// Takes in what waits, for at most one slice.
  func takeIn() {
    let start = clock()
    switch input {
    case .live(let mailbox):
      isBehind = !takeIn(from: mailbox, since: start)
      session.settle(at: start)
      hold(session.overdrawn, in: mailbox)
      // Time must not run ahead of what is still to be taken in.
      if !isBehind { session.advance(to: start) }
    case .playback(var playback):
      let moment = playback.advance(to: start)
      do throws(FileError) {
        try takeIn(from: &playback, to: moment, since: start)
        if playback.isFinished, let onTapeEnd { (session, playback) = try onTapeEnd() }
      } catch {
        ending = .failed(error)
      }
      input = .playback(playback)
    }
  }

  /// Whether a slice that was begun at a moment is over; a clock that stepped back ends it too.
  private func isOver(since start: Timestamp) -> Bool {
    let now = clock()
    return now < start || now - start >= Self.sliceSpan
  }

  /// False when there is more than one slice of it.
  private func takeIn(from mailbox: Mailbox, since start: Timestamp) -> Bool {
    var fed: Set<Int> = []
    defer {
      for number in fed { mailbox.note(session.resumePoint(of: number), connection: number) }
      for damage in session.takeDamaged() { onReconnect(damage.connection) }
    }
    repeat {
      if slice.isEmpty { slice.refill(mailbox.take(Self.takenEntries, bytes: Self.takenBytes)) }
      guard let piece = slice.nextPiece() else {
        session.setOverloaded(false)
        return true
      }
      session.setOverloaded(start - piece.inbound.at >= Self.backlogPatience)
      if session.mustSettle { session.settle(at: start) }
      if ingest(piece) { fed.insert(piece.inbound.connection) }
    } while !isOver(since: start)
    return false
  }

  /// Reads on from connections that may send again, and no further from those that may not.
  private func hold(_ overdrawn: Set<Int>, in mailbox: Mailbox) {
    guard overdrawn != unread else { return }
    for connection in overdrawn.symmetricDifference(unread) {
      mailbox.hold(connection, overdrawn.contains(connection))
      session.hold(overdrawn.contains(connection), connection: connection)
    }
    unread = overdrawn
  }

  /// True when it was of a frame.
  private func ingest(_ piece: Slice.Piece) -> Bool {
    // Time may have passed between the arrival and now: the tape tells it as it is shown.
    let moment = max(piece.inbound.at, session.now)
    if var whole = piece.whole {
      whole.at = moment
      tape?.append(whole)
    }
    var taken = piece.inbound
    taken.at = moment
    session.ingest(taken)
    guard case .frame = taken.body else { return false }
    oldestUnshown = oldestUnshown ?? piece.inbound.at
    return true
  }

  private func takeIn(
    from playback: inout Playback, to moment: Timestamp, since start: Timestamp
  ) throws(FileError) {
    repeat {
      let due = try playback.due(limit: Self.playbackBatch)
      for inbound in due { session.ingest(inbound) }
      // Past entries that are still to be taken time must not run ahead.
      guard due.count == Self.playbackBatch else {
        if !playback.isFinished || playback.hasStopped { session.advance(to: moment) }
        return
      }
    } while !isOver(since: start)
  }
}
