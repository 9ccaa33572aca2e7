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

  private func text(
    after seconds: Int64, width: Int = 120, _ time: TimeView = .live
  ) -> String {
    var state = DashboardState(
      size: Size(width: width, height: 40), workspace: .link, theme: "dark", themes: ["dark"])
    state.time = time
    state.reach = TimeReach(
      start: .evening, end: .evening + .minutes(9), now: .evening + .seconds(seconds))
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

  @Test(
    "a moment behind the present says how far, and how time passes there",
    arguments: [
      (.paused, 133, 120, "  PAUSED 2m13s behind, 412 new"),
      (.playing(speed: 1), 133, 120, "  ▶ 2m13s behind, 412 new"),
      (.playing(speed: 4), 3_840, 120, "  ▶ 4x 1h04m behind, 412 new"),
      (.searching, 9, 120, "  SEARCHING 9s behind, 412 new"),
      (.paused, 133, 80, "  PAUSED 2m13s +412"),
    ] as [(Motion, Int64, Int, String)])
  mutating func behind(_ motion: Motion, _ lag: Int64, _ width: Int, _ words: String) {
    _ = connect("a")
    let time = TimeView.behind(motion, Lag(.seconds(lag), events: 412))
    #expect(text(after: 3, width: width, time).contains(words))
  }

  @Test("looking back does not hide that the connection is lost now")
  mutating func lostMeanwhile() {
    _ = connect("a")
    let time = TimeView.behind(.paused, Lag(.seconds(5), events: 0, isCurrent: false))
    #expect(text(after: 3, time).contains("5s behind, 0 new now lost"))
  }

  @Test(
    "a replay says so, where it is and how time passes",
    arguments: [
      (.paused, "  REPLAY 1:30 PAUSED"), (.ended, "  REPLAY 1:30 END"),
      (.playing(speed: 1), "  REPLAY 1:30 ▶"), (.playing(speed: 0.25), "  REPLAY 1:30 ▶ 0.25x"),
      (.playing(speed: 600), "  REPLAY 1:30 ▶ 600x"),
    ] as [(Motion, String)])
  mutating func replay(_ motion: Motion, _ words: String) {
    _ = connect("a")
    #expect(text(after: 90, .replay(motion)).contains(words))
  }
}
