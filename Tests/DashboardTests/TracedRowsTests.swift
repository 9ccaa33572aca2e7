import Canvas
import Domain
import Panes
import TestSupport
import Testing
import Themes

@testable import Dashboard

@Suite("what is traced")
struct TracedRowsTests {
  private var board = Board.connected()
  private let theme: Theme

  init() throws {
    theme = try Theme.builtIn("dark")
    for (order, station) in [("301", "grill"), ("302", "fryer"), ("303", "grill")] {
      board.fire(order: order, station: station, item: "Dish \(order)", at: .evening)
    }
  }

  private func rows(_ traced: TraceSubject?) -> [String] {
    var state = DashboardState(
      size: Size(width: 120, height: 40), workspace: .kitchen, theme: "dark", themes: ["dark"])
    state.traced = traced
    var screen = Screen(size: state.size, theme: theme, charset: .unicode)
    _ = screen.draw(board, at: Moment(now: .evening), theme: theme, state: &state)
    return (0..<40).map { screen.grid.rowText($0) }
  }

  @Test(
    "a row stands for its entity",
    arguments: [
      (.tickets, "301:grill", .ticket("301:grill")), (.stations, "grill", .station("grill")),
      (.agents, "a1", .agent("a1")), (.tasks, "k", .task("k")), (.evidence, "e", .evidence("e")),
      (.mandates, "scope", .mandate("scope")), (.tables, "7", .table("7")),
      (
        .kitchenAlerts, "TICKET_LATE\u{1F}301:grill",
        .alert(Alert.Key(code: "TICKET_LATE", subject: "301:grill"))
      ),
      (.kitchenAlerts, "nonsense", nil), (.throughput, "x", nil), (.tail, "gone", nil),
      (.patterns, "gone", nil),
    ] as [(PaneKind, String, TraceSubject?)])
  func subjects(_ pane: PaneKind, _ id: String, _ subject: TraceSubject?) {
    #expect(TracedRow(pane: pane, id: id).subject(in: board) == subject)
  }

  @Test("every pane marks what belongs to it, and the header says what it is")
  func marks() {
    let rows = rows(.ticket("301:grill"))
    #expect(rows[0].contains("trace ticket 301:grill"))
    let marked = rows.filter { $0.contains("▌") }.joined(separator: "\n")
    #expect(marked.contains("1 Dish 301"))
    #expect(marked.contains("▌Grill") || marked.contains("▌grill"))
    #expect(!marked.contains("1 Dish 302"))
  }

  @Test("nothing is marked without a trace, or once its subject is gone")
  func none() {
    #expect(!rows(nil).contains { $0.contains("▌") })
    #expect(!rows(.ticket("gone")).contains { $0.contains("▌") })
  }
}

@Suite("what changed since the mark")
struct DifferenceLinesTests {
  private static func lines(from: Int64, to: Int64, width: Int = 60) throws -> DifferenceLines {
    let (before, markedAt) = try Tape.kitchenRush.board(after: from)
    let (after, shownAt) = try Tape.kitchenRush.board(after: to)
    let origin = DifferenceLines.Origin(
      markedAt: markedAt, shownAt: shownAt, received: 0, width: width, language: .english)
    return DifferenceLines(
      MarkedBoard(before, at: markedAt), after, Moment(now: shownAt), origin)
  }

  @Test("is told the gravest first, in lines that fit, and the same both ways in time")
  func lines() throws {
    let on = try Self.lines(from: 30, to: 119)
    let back = try Self.lines(from: 119, to: 30)
    #expect(on.lines == back.lines)
    #expect(on.title == "Changes 12:21:04-12:22:33 since the mark")
    #expect(back.title == "Changes 12:21:04-12:22:33, before the mark")
    #expect(on.lines.count > 3)
    let marks = on.lines.compactMap { $0.runs.first?.text }.filter { $0 != "  " }
    let ranks = marks.map { ["! ", "~ ", "· ", "+ "].firstIndex(of: $0) ?? 9 }
    #expect(ranks == ranks.sorted())
    for line in on.lines {
      let columns = line.runs.reduce(0) { $0 + TextWidth.columns(of: $1.text) }
      #expect(columns <= 60)
    }
  }

  @Test("that is nothing says so")
  func nothing() throws {
    #expect(
      try Self.lines(from: 60, to: 60).lines.flatMap(\.runs).map(\.text) == [
        "nothing worth telling"
      ]
    )
  }

  @Test("a width too small for anything breaks nothing", arguments: [0, 1, 3, -9])
  func narrow(_ width: Int) throws {
    #expect(try !Self.lines(from: 30, to: 119, width: width).lines.isEmpty)
  }
}
