package import Domain
package import Rules
package import Wire

/// A live session without a screen: everything that arrives goes onto the tape and into the session,
/// each event by itself, and no more is read of a source than its rate limit lets it send.
package struct HeadlessSession {
  /// What is known.
  package private(set) var session: Session
  private let mailbox: Mailbox
  private let tape: Recorder?
  private var held = HeldConnections()

  /// A session that is fed from a mailbox and recorded, if there is a tape.
  package init(_ session: Session, from mailbox: Mailbox, tape: Recorder?) {
    self.session = session
    self.mailbox = mailbox
    self.tape = tape
    self.session.keepsFates = true
  }

  /// Whether events wait until their source may send again.
  package var isWaiting: Bool { session.nextSettling != nil }

  /// When something is due although nothing arrives; nil when nothing is.
  package var nextDue: Timestamp? {
    [session.board.nextDue, session.nextSettling].compactMap(\.self).min()
  }

  /// Takes in what was taken out of the mailbox and what has waited long enough; time passes only
  /// where nothing arrived, for it must not run ahead of what is still to be taken in.
  ///
  /// - Parameters:
  ///   - reconnect: called with each connection that brought something else than was sent.
  ///   - tell: called with each thing taken in and what became of events by it, in order; with nil
  ///     for those that had waited.
  package mutating func take(
    _ arrived: [Inbound], at now: Timestamp, reconnect: (Int) -> Void,
    _ tell: (Inbound?, [StreamLedger.Arrival]) -> Void = { _, _ in }
  ) {
    for inbound in arrived {
      // It may have lain in the mailbox: the tape tells it as it is shown.
      var inbound = inbound
      inbound.at = max(inbound.at, session.now)
      tape?.append(inbound)
      session.ingest(inbound)
      mailbox.note(session.resumePoint(of: inbound.connection), connection: inbound.connection)
      tell(inbound, session.takeFates())
    }
    for damage in session.takeDamaged() { reconnect(damage.connection) }
    if arrived.isEmpty { session.advance(to: now) }
    session.settle(at: now)
    let waited = session.takeFates()
    if !waited.isEmpty { tell(nil, waited) }
    held.update(&session, in: mailbox)
  }

  /// Lets whoever watches look at the board after a change; the ending, once there is one.
  package mutating func look(
    _ watch: inout BoardWatch, at now: Timestamp, _ tell: (RuleWatch.News) -> Void = { _ in }
  ) -> BoardWatch.Ending? {
    let changed = session.takeChanges().collections
    return watch.look(at: &session, changed: changed, now: now, tell)
  }

  /// Lets time pass.
  package mutating func advance(to moment: Timestamp) { session.advance(to: moment) }

  /// Ends the tape at the session's moment.
  package func finish() { tape?.finish(at: session.now) }
}
