import Canvas
import Domain
import Engine
import Glibc
import Panes
import Rules
import Wire

/// What `monitor` prints where there is no terminal: a line an event, plain text.
enum EventLines {
  @MainActor
  static func print(
    from mailbox: Mailbox, session: Session, tape: Recorder?, metrics: Metrics?,
    watch: BoardWatch, onReconnect: (Int) -> Void
  ) -> (board: Board, at: Timestamp) {
    var (session, watch) = (session, watch)
    let tick = metrics.map { metrics in
      {
        session.advance(to: WallClock.now)
        metrics.publish(HealthReport(session.board.stream, at: session.now))
      }
    }
    var open = session.connectionCount
    var shown = 0
    let due: (() -> Int64?)? = watch.isIdle ? nil : { GateWait.due(session, watch) }
    _ = Pump.run(mailbox, output: STDOUT_FILENO, tick: tick, due: due) { arrived in
      var lines = ""
      for inbound in arrived {
        tape?.append(inbound)
        if case .fact(let fact) = inbound.body {
          if let words = FactLine.text(fact, at: inbound.at) {
            lines += "# \(HostileText.escaped(words))\n"
          }
          if fact == .ended { open -= 1 }
        }
        session.ingest(inbound)
        let received = session.board.stream.received
        let new = min(received - shown, session.board.stream.tail.count)
        lines += newest(new, of: session.board.stream)
        shown = received
        mailbox.note(
          session.resumePoint(of: inbound.connection), connection: inbound.connection)
      }
      for damage in session.takeDamaged() { onReconnect(damage.connection) }
      if arrived.isEmpty { session.advance(to: WallClock.now) }
      let changed = session.takeChanges().collections
      _ = watch.look(at: &session, changed: changed, now: WallClock.now) {
        lines += "! \(HostileText.escaped($0.words))\n"
      }
      return writeAll(Array(lines.utf8), to: STDOUT_FILENO) && open > 0
    }
    session.advance(to: WallClock.now)
    tape?.finish(at: session.now)
    return (session.board, session.now)
  }

  private static func newest(_ count: Int, of stream: StreamLedger) -> String {
    (0..<count).reversed().compactMap { stream.tail.newest($0) }
      .map { HostileText.escaped(TailPane.line($0)) + "\n" }.joined()
  }
}
