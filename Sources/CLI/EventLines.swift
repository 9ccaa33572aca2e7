import Canvas
import Domain
import Engine
import Glibc
import Panes
import Rules
import Wire

/// What `monitor` prints where there is no terminal: a line an event, plain text. Of a source with a
/// rate limit a line is printed when the event is applied, so that no more are than it may send.
enum EventLines {
  @MainActor
  static func print(
    from mailbox: Mailbox, session: Session, tape: Recorder?, metrics: Metrics?,
    watch: BoardWatch, onReconnect: (Int) -> Void
  ) -> (board: Board, at: Timestamp) {
    var (headless, watch) = (HeadlessSession(session, from: mailbox, tape: tape), watch)
    let tick = metrics.map { metrics in
      {
        headless.advance(to: WallClock.now)
        metrics.publish(HealthReport(headless.session.board.stream, at: headless.session.now))
      }
    }
    var open = session.connectionCount
    let mayWait = !watch.isIdle || session.isLimited
    let due: (() -> Int64?)? = mayWait ? { GateWait.due(headless, watch) } : nil
    _ = Pump.run(mailbox, output: STDOUT_FILENO, tick: tick, due: due) { arrived in
      var lines = ""
      headless.take(arrived, at: WallClock.now, reconnect: onReconnect) { inbound, fates in
        if case .fact(let fact)? = inbound?.body {
          if let words = FactLine.text(fact, at: inbound?.at ?? WallClock.now) {
            lines += "# \(HostileText.escaped(words))\n"
          }
          if fact == .ended { open -= 1 }
        }
        for fate in fates { lines += HostileText.escaped(TailPane.line(fate)) + "\n" }
      }
      _ = headless.look(&watch, at: WallClock.now) {
        lines += "! \(HostileText.escaped($0.words))\n"
      }
      return writeAll(Array(lines.utf8), to: STDOUT_FILENO) && (open > 0 || headless.isWaiting)
    }
    headless.advance(to: WallClock.now)
    headless.finish()
    return (headless.session.board, headless.session.now)
  }
}
