import Canvas
import Domain
import Panes
import TestSupport
import Testing

@testable import Dashboard

@Suite("the timeline strip")
struct TimelineStripTests {
  private var board = Board.connected()
  private var timeline = Timeline(start: .evening)

  private mutating func hear(_ count: Int, at seconds: Int64) {
    let now = Timestamp.evening + .seconds(seconds)
    for number in 0..<count {
      board.hear(
        .taskCreated, [.task: .string("\(seconds).\(number)")], id: "\(seconds).\(number)", at: now)
    }
    // `hear` took what changed: the ledger's count is what the timeline goes by.
    var changes = Changes()
    changes.insert(.stream)
    timeline.note(board, changes, at: now)
  }

  private func text(_ seconds: Int64, width: Int = 40, charset: Charset = .unicode) -> String {
    let reach = TimeReach(
      start: timeline.start, end: timeline.end, now: .evening + .seconds(seconds))
    let line = TimelineStrip.line(timeline, reach, width: width, charset: charset)
    return line.runs.map(\.text).joined()
  }

  private mutating func fill() {
    for second in 0..<20 { hear(second == 10 ? 16 : 4, at: Int64(second)) }
  }

  @Test("a whole tape fills the room between its first and last time")
  mutating func whole() {
    fill()
    timeline.isComplete = true
    let strip = text(5)
    #expect(TextWidth.columns(of: strip) == 40)
    #expect(strip.hasPrefix("18:00:00 ") && strip.hasSuffix(" 18:00:19"))
    #expect(strip.contains("█"))
    #expect(strip.count { $0 == "┃" } == 1)
  }

  @Test("while time goes on what was drawn stays where it is, until the room is full")
  mutating func growing() {
    for second in 0..<3 { hear(4, at: Int64(second)) }
    let before = text(2).dropFirst(9).prefix(8)
    hear(4, at: 3)
    #expect(text(3).dropFirst(9).prefix(8) == before)
  }

  @Test("an outage is a hole, silence is not")
  mutating func holes() {
    hear(4, at: 0)
    hear(4, at: 4)
    board.note(.lost(reason: "reset"), connection: 0, at: .evening + .seconds(4))
    hear(0, at: 4)
    hear(0, at: 8)
    timeline.isComplete = true
    #expect(text(0) == "18:00:00 ┃··········█           18:00:08")
  }

  @Test(
    "markers, severe alerts and gaps have signs of their own", arguments: [Charset.unicode, .ascii])
  mutating func signs(_ charset: Charset) {
    fill()
    timeline.mark("x", at: .evening + .seconds(15))
    timeline.isComplete = true
    let strip = text(19, charset: charset)
    #expect(strip.contains("◆"))
    if charset == .ascii {
      #expect(strip.unicodeScalars.allSatisfy { $0.isASCII || $0 == "◆" })
      #expect(strip.contains("^") && strip.contains("_"))
    }
  }

  @Test("nothing is drawn where there is no room, or nothing is known", arguments: [0, 1, 9, 25])
  mutating func narrow(_ width: Int) {
    #expect(text(0, width: width) == "")
    fill()
    #expect(text(0, width: width) == "")
  }

  @Test("long runs leave out the seconds")
  mutating func long() {
    hear(1, at: 0)
    hear(1, at: 7_200)
    timeline.isComplete = true
    #expect(text(0).hasPrefix("18:00 ") && text(0).hasSuffix(" 20:00"))
  }
}
