import Domain
import Wire

/// What arrives of a live session: taken out of the mailbox onto the tape and into the session, in
/// slices of a few milliseconds, so that a key is answered while a source sends faster than it can
/// be read.
final class LiveSession {
  /// What is taken out of the mailbox at once.
  private static let takenEntries = 64, takenBytes = 256 << 10

  private(set) var session: Session
  let mailbox: Mailbox
  /// The tape being written, if one is.
  var tape: Recorder?
  private(set) var timeline: Timeline
  /// What looks at the board after each batch, if anything does, and what it ended with.
  var watch: BoardWatch?
  private(set) var watchEnding: BoardWatch.Ending?
  /// Whether more waits than was taken in.
  private(set) var isOverfull = false
  /// What was taken out of the mailbox and waits for its turn.
  private var slice = Slice()
  private var held = HeldConnections()
  /// The arrival of the oldest frame taken in since the last call of `takeOldest()`.
  private var oldest: Timestamp?

  /// A session that is fed from a mailbox.
  init(_ session: Session, _ mailbox: Mailbox) {
    self.session = session
    self.mailbox = mailbox
    timeline = Timeline(start: session.now)
  }

  /// The bytes that arrived and are not taken in.
  var backlog: Int { mailbox.backlog + slice.bytes }

  /// Whether what arrived can be gone back to.
  var isRecorded: Bool { tape != nil }

  /// Takes in what waits at a moment, for as long as it may; `reconnect` is called with each
  /// connection that brought something else than was sent.
  func takeIn(at start: Timestamp, while mayGoOn: () -> Bool, reconnect: (Int) -> Void) {
    isOverfull = !takeAll(at: start, while: mayGoOn, reconnect)
    session.settle(at: start)
    held.update(&session, in: mailbox)
    // Time must not run ahead of what is still to be taken in.
    if !isOverfull { session.advance(to: start) }
  }

  /// What changed since the last call, also by alerts of the user's rules; the timeline notes it.
  func takeChanges(at now: Timestamp) -> Changes {
    var changes = session.takeChanges()
    if let ending = watch?.look(at: &session, changed: changes.collections, now: now) {
      watchEnding = ending
    }
    changes.merge(session.takeChanges())
    timeline.note(session.board, changes, at: session.now)
    return changes
  }

  /// The arrival of the oldest frame taken in since the last call.
  func takeOldest() -> Timestamp? {
    defer { oldest = nil }
    return oldest
  }

  /// Notes a marker, which goes onto the tape where `isOnTape`.
  func mark(_ label: String, at moment: Timestamp, isOnTape: Bool) {
    if isOnTape { tape?.mark(label, at: moment) }
    timeline.mark(label, at: moment)
  }

  /// False when there is more of it than it may take.
  private func takeAll(
    at start: Timestamp, while mayGoOn: () -> Bool, _ reconnect: (Int) -> Void
  ) -> Bool {
    var fed: Set<Int> = []
    defer {
      for number in fed { mailbox.note(session.resumePoint(of: number), connection: number) }
      for damage in session.takeDamaged() { reconnect(damage.connection) }
    }
    repeat {
      if slice.isEmpty { slice.refill(mailbox.take(Self.takenEntries, bytes: Self.takenBytes)) }
      guard let piece = slice.nextPiece() else {
        session.setOverloaded(false)
        return true
      }
      session.setOverloaded(start - piece.inbound.at >= Engine.backlogPatience)
      if session.mustSettle { session.settle(at: start) }
      if ingest(piece) { fed.insert(piece.inbound.connection) }
    } while mayGoOn()
    return false
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
    oldest = oldest ?? piece.inbound.at
    return true
  }
}
