import Domain
import Engine
import Glibc
import Rules
import Wire

/// Waits for a gate where there is no terminal: nothing but what became of it is printed.
struct GateWait {
  var session: Session
  var watch: BoardWatch
  let tape: Recorder?
  let metrics: Metrics?

  /// Takes in what arrives until the gate passes or there is nothing more to wait for; nil when a
  /// signal asked to end.
  @MainActor
  mutating func run(from mailbox: Mailbox, onReconnect: (Int) -> Void) -> BoardWatch.Ending? {
    var (session, watch) = (self.session, self.watch)
    var ending: BoardWatch.Ending?
    defer { (self.session, self.watch) = (session, watch) }
    let (tape, metrics) = (self.tape, self.metrics)
    _ = Pump.run(
      mailbox,
      tick: { metrics?.publish(HealthReport(session.board.stream, at: session.now)) },
      due: { Self.due(session, watch) }
    ) { arrived in
      for inbound in arrived {
        tape?.append(inbound)
        session.ingest(inbound)
        mailbox.note(session.resumePoint(of: inbound.connection), connection: inbound.connection)
      }
      for damage in session.takeDamaged() { onReconnect(damage.connection) }
      // Time must not run ahead of what is still to be taken in.
      if arrived.isEmpty { session.advance(to: WallClock.now) }
      let changed = session.takeChanges().collections
      ending = watch.look(at: &session, changed: changed, now: WallClock.now)
      return ending == nil
    }
    tape?.finish(at: session.now)
    return ending
  }

  /// In how many microseconds something is due by time alone.
  static func due(_ session: Session, _ watch: BoardWatch) -> Int64? {
    let next = [session.board.nextDue, watch.nextLook].compactMap(\.self).min()
    return next.map { max(1_000, ($0 - WallClock.now).microseconds) }
  }
}
