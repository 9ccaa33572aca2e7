import Canvas
import Domain
import Panes
import TestSupport
import Testing
import Themes

@testable import Dashboard

@Suite("the header")
struct HeaderTests {
  private var board = Board()

  private mutating func connect(_ name: String, beats: Int = 0) -> Int {
    let number = board.addConnection(name, at: .evening)
    board.note(.connected(.sse, resumedFrom: nil), connection: number, at: .evening)
    for second in 0..<beats {
      board.note(.heartbeat, connection: number, at: .evening + .seconds(Int64(second)))
    }
    return number
  }

  private func text(after seconds: Int64, width: Int = 120) -> String {
    let state = DashboardState(
      size: Size(width: width, height: 40), workspace: .link, theme: "dark", themes: ["dark"])
    let line = Header.line(board, Moment(now: .evening + .seconds(seconds)), state)
    return (line.runs + line.trailing).map(\.text).joined()
  }

  private mutating func pass(to seconds: Int64) {
    _ = board.tick(now: .evening + .seconds(seconds))
  }

  @Test("several current sources are one state and a count")
  mutating func current() {
    _ = connect("a")
    _ = connect("b")
    #expect(text(after: 3).contains("● LIVE sse 2/2"))
  }

  @Test("the worst of several speaks, with how many are not current")
  mutating func worst() {
    _ = connect("a", beats: 3)
    let other = connect("b", beats: 3)
    _ = connect("c", beats: 9)
    pass(to: 9)
    board.note(.heartbeat, connection: other, at: .evening + .seconds(9))
    #expect(text(after: 9).contains("◐ 1 of 3 STALE 0:07 sse data 0:07 old"))
    board.note(
      .waiting(attempt: 2, until: .evening + .seconds(14), reason: "reset"), connection: other,
      at: .evening + .seconds(9))
    #expect(text(after: 10).contains("◌ 2 of 3 RETRY 0:04"))
  }

  @Test("a source that beats without events is quiet, one that says nothing is not live")
  mutating func quiet() {
    let first = connect("a", beats: 61)
    #expect(text(after: 60).contains("● QUIET 1:00 sse"))
    #expect(!text(after: 60).contains("old"))
    board.receive(bytes: 9, connection: first, at: .evening + .seconds(60))
    board.receive(events: 1, connection: first, at: .evening + .seconds(60))
    #expect(text(after: 62).contains("● LIVE sse event 0:02 ago"))
    _ = connect("b")
    #expect(text(after: 62).contains("◐ 1 of 2 SILENT 1:02 sse data 1:02 old"))
  }

  @Test("a lesser transport and what was dropped are said where there is room")
  mutating func fallback() {
    let number = connect("a")
    board.note(.fellBack(.poll, reason: "426"), connection: number, at: .evening)
    #expect(text(after: 1).contains("● POLLING poll fallback"))
    #expect(!text(after: 1, width: 80).contains("fallback"))
    let event = Event(id: "1", source: "/s", type: .known(.stationUpdated), subject: "station/a")
    board.note(.dropped(source: "/s"), of: event)
    #expect(text(after: 1, width: 80).contains("dropped 1"))
  }
}
