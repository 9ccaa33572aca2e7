import Domain
import Panes
import Testing
import Themes

@Suite("the state of a connection in a word")
struct HealthWordTests {
  private static let now = Timestamp(seconds: 1_000)

  @Test(
    "is never the same for two states that need different answers",
    arguments: [
      (.idle, "○ IDLE", .muted, false),
      (.connecting(attempt: 1), "◌ CONNECTING", .warn, false),
      (.live(.sse), "● LIVE", .ok, true),
      (.live(.webSocket), "● LIVE", .ok, true),
      (.live(.poll), "● POLLING", .info, true),
      (.live(.longPoll), "● POLLING", .info, true),
      (.stale(.sse, since: Timestamp(seconds: 930)), "◐ STALE 1:10", .special, false),
      (
        .waiting(attempt: 3, until: Timestamp(seconds: 1_008), reason: "refused"),
        "◌ RETRY 0:08", .warn, false
      ),
      (
        .waiting(attempt: 3, until: Timestamp(seconds: 990), reason: "refused"), "◌ RETRY 0:00",
        .warn, false
      ),
      (.refused(reason: "401"), "✗ REFUSED", .critical, false),
      (.ended, "■ ENDED", .muted, true),
    ] as [(ConnectionState, String, Role, Bool)])
  func words(_ state: ConnectionState, _ text: String, _ role: Role, _ isCurrent: Bool) {
    let word = HealthWord(state, at: Self.now)
    #expect("\(word.mark) \(word.word)" == text)
    #expect(word.role == role)
    #expect(word.isCurrent == isCurrent)
  }

  @Test("a live or silent connection says how bytes come, others do not")
  func transport() {
    #expect(HealthWord(.live(.webSocket), at: Self.now).transport == "websocket")
    #expect(HealthWord(.stale(.sse, since: Self.now), at: Self.now).transport == "sse")
    #expect(HealthWord(.ended, at: Self.now).transport == nil)
  }

  @Test("a live connection that only beats is quiet, and one that says nothing is not live")
  func quiet() {
    func at(_ seconds: Int64) -> Timestamp { Timestamp(seconds: 1_000 + seconds) }
    func words(_ connection: Connection, _ seconds: Int64) -> String {
      let word = HealthWord(connection, at: at(seconds))
      return "\(word.mark) \(word.word)\(word.isCurrent ? "" : " !")"
    }
    var connection = Connection(name: "a", at: at(0))
    connection.note(.connected(.sse, resumedFrom: nil), at: at(0))
    #expect(words(connection, 5) == "● LIVE")
    #expect(words(connection, 65) == "◐ SILENT 1:05 !")
    for second in stride(from: 0, through: 60, by: 5) {
      connection.note(.heartbeat, at: at(Int64(second)))
    }
    #expect(words(connection, 65) == "● QUIET 1:05")
    connection.hold(true, at: at(65))
    #expect(words(connection, 90) == "◐ LIMITED !")
  }
}
