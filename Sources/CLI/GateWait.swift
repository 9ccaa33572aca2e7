import Domain
import Engine
import Glibc
import Rules
import Wire

/// Waits for a gate where there is no terminal: nothing but what became of it is printed.
struct GateWait {
  var headless: HeadlessSession
  var watch: BoardWatch
  let metrics: Metrics?

  /// Takes in what arrives until the gate passes or there is nothing more to wait for; nil when a
  /// signal asked to end.
  @MainActor
  mutating func run(from mailbox: Mailbox, onReconnect: (Int) -> Void) -> BoardWatch.Ending? {
    var (headless, watch) = (self.headless, self.watch)
    var ending: BoardWatch.Ending?
    defer { (self.headless, self.watch) = (headless, watch) }
    let metrics = self.metrics
    _ = Pump.run(
      mailbox,
      tick: {
        metrics?.publish(HealthReport(headless.session.board.stream, at: headless.session.now))
      },
      due: { Self.due(headless, watch) }
    ) { arrived in
      headless.take(arrived, at: WallClock.now, reconnect: onReconnect)
      ending = headless.look(&watch, at: WallClock.now)
      return ending == nil
    }
    headless.finish()
    return ending
  }

  /// In how many microseconds something is due by time alone.
  static func due(_ headless: HeadlessSession, _ watch: BoardWatch) -> Int64? {
    let next = [headless.nextDue, watch.nextLook].compactMap(\.self).min()
    return next.map { max(1_000, ($0 - WallClock.now).microseconds) }
  }
}
