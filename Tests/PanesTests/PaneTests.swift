import Canvas
import Domain
import Panes
import TestSupport
import Testing
import Themes

@Suite("panes")
struct PaneTests {
  private func view(_ width: Int = 60, _ height: Int = 10) -> PaneView {
    PaneView(now: .evening, width: width, height: height)
  }

  private func text(_ pane: PaneKind, _ board: Board, _ size: Size) throws -> String {
    var grid = Grid(size: size)
    let room = PaneContent.interior(of: grid.bounds)
    let content = pane.pane.content(of: board, in: view(room.width, room.height))
    let frame = PaneFrame(digit: 1, name: pane.title, isFocused: false, isStale: false)
    content.draw(in: grid.bounds, frame: frame, theme: try Theme.builtIn("dark"), grid: &grid)
    return (0..<size.height).map { grid.rowText($0) }.joined(separator: "\n")
  }

  @Test(
    "with nothing known say so in words",
    arguments: [
      (.agents, "no agent seen yet"), (.patterns, "no pattern activated yet"),
      (.evidence, "no claim made yet"), (.tasks, "no task known yet"),
      (.agentAlerts, "nothing needs attention"), (.stations, "no station known yet"),
      (.kitchenAlerts, "nothing needs attention"), (.tickets, "no open ticket"),
      (.allDay, "nothing to cook"), (.presence, "nobody seen yet"),
      (.tables, "no table known yet"), (.voice, "nothing said yet"),
      (.connections, "no connection: nothing to listen to"),
      (.sources, "no event received yet"), (.tail, "no event received yet"),
    ] as [(PaneKind, String)])
  func empty(_ pane: PaneKind, _ words: String) throws {
    #expect(try text(pane, Board(), Size(width: 64, height: 12)).contains(words))
  }

  @Test("never show a number nobody measured")
  func unmeasured() throws {
    let size = Size(width: 64, height: 24)
    #expect(try text(.mandates, Board(), size).contains("Evidence Validation"))
    #expect(try !text(.mandates, Board(), size).contains("100"))
    #expect(try text(.mandates, Board(), size).contains("seen 0/16"))
    #expect(try text(.evidence, Board(), size).contains("proven --"))
    #expect(try text(.stations, Board(), size).contains("late --"))
    #expect(try text(.latency, Board(), size).contains("n/a"))
    #expect(try text(.voice, Board(), size).contains("p95 n/a"))
  }

  @Test("show a mandate nobody has seen as --, in grey")
  func neverSeen() throws {
    let content = PaneKind.mandates.pane.content(of: Board(), in: view(60, 20))
    let rows = try #require(content.table).rows
    #expect(rows.count == 16)
    for row in rows {
      #expect(row.cells[3] == .text("--", .faint))
      #expect(row.cells[4] == .text("--", .faint))
    }
  }

  @Test(
    "count how often a mandate was kept, and the whole alone where both are too long",
    arguments: [(35, 48, "35/48!"), (99, 120, "120?"), (1_000, 2_400, "2.4k!")])
  func mandateCount(kept: Int, observed: Int, shown: String) throws {
    var board = Board.connected()
    for number in 0..<observed {
      board.hear(
        .mandatePointActivated,
        [
          .mandate: .string("git"), .point: .string("p"),
          .state: .string(number < kept ? "satisfied" : "violated"),
        ], id: "e\(number)", at: .evening)
    }
    #expect(try text(.mandates, board, Size(width: 60, height: 12)).contains(shown))
  }

  @Test("draw at every size without leaving their frame", arguments: PaneKind.allCases)
  func sizes(_ pane: PaneKind) throws {
    let board = try Tape.hostile.board().board
    let theme = try Theme.builtIn("dark")
    let mark = Style(foreground: .rgb(1, 2, 3))
    for height in 0...14 {
      for width in 0...60 {
        var grid = Grid(size: Size(width: width + 2, height: height + 2), style: mark)
        let rect = Rect(x: 1, y: 1, width: width, height: height)
        let room = PaneContent.interior(of: rect)
        let content = pane.pane.content(of: board, in: view(room.width, room.height))
        let frame = PaneFrame(digit: 9, name: pane.title, isFocused: true, isStale: true)
        content.draw(in: rect, frame: frame, theme: theme, grid: &grid)
        let isKept = (0..<height + 2).allSatisfy { y in
          grid.cell(0, y).style == mark && grid.cell(width + 1, y).style == mark
        }
        #expect(isKept, "\(pane) at \(width)x\(height)")
      }
    }
  }

  @Test("ask for no row beyond the list", arguments: PaneKind.allCases)
  func beyond(_ pane: PaneKind) throws {
    let board = try Tape.hostile.board().board
    var view = view()
    view.first = 1_000_000
    let content = pane.pane.content(of: board, in: view)
    #expect(content.table.map { $0.rows.count <= $0.total } ?? true)
  }

  @Test("know no detail of a row that is gone", arguments: PaneKind.allCases)
  func noDetail(_ pane: PaneKind) {
    #expect(pane.pane.detail(of: "gone", in: Board(), for: DetailView(now: .evening)) == nil)
    #expect(pane.pane.detail(of: "", in: Board(), for: DetailView(now: .evening)) == nil)
  }

  @Test("open the detail of every row they show", arguments: Tape.allCases, PaneKind.allCases)
  func details(_ tape: Tape, _ pane: PaneKind) throws {
    let session = try tape.board()
    let content = pane.pane.content(
      of: session.board, in: PaneView(now: session.now, width: 100, height: 40))
    let hasDetail: Set<PaneKind> = [.patterns, .throughput, .latency]
    for row in content.table?.rows ?? [] where !hasDetail.contains(pane) {
      let detail = pane.pane.detail(
        of: row.id, in: session.board, for: DetailView(now: session.now))
      #expect(detail?.lines.isEmpty == false, "\(tape) \(pane) \(row.id)")
    }
  }

  @Test("a stale feed greys its data and keeps its frame")
  func stale() throws {
    let theme = try Theme.builtIn("dark")
    let content = PaneContent(above: [Line("data", .critical)])
    let frame = PaneFrame(digit: nil, name: "Pane", isFocused: false, isStale: true)
    var grid = Grid(size: Size(width: 12, height: 4))
    content.draw(in: grid.bounds, frame: frame, theme: theme, grid: &grid)
    #expect(grid.cell(2, 1).style.foreground == theme.color(.faint))
    #expect(grid.cell(2, 1).style.attributes == [])
    #expect(grid.cell(2, 0).style == theme.style(.text).bold)
  }

  @Test("belong to a workspace each, and its digits name them")
  func workspaces() {
    #expect(Workspace.allCases.flatMap(\.panes).count == PaneKind.allCases.count)
    #expect(Set(Workspace.allCases.flatMap(\.panes)) == Set(PaneKind.allCases))
    #expect(Workspace.allCases.allSatisfy { $0.panes.contains($0.firstFocus) })
    #expect(Workspace.allCases.allSatisfy { $0.panes.count <= 9 })
  }

  @Test("the detail of a connection says why, since when, and what nobody accounts for")
  func connectionDetail() throws {
    var board = Board.connected()
    func at(_ seconds: Int64) -> Timestamp { .evening + .seconds(seconds) }
    board.receive(bytes: 3_000, connection: 0, at: at(2))
    board.receive(events: 4, connection: 0, at: at(2))
    board.note(.lost(reason: "reset by peer"), connection: 0, at: at(3))
    board.note(.connected(.sse, resumedFrom: nil), connection: 0, at: at(9))
    board.note(.fellBack(.sse, reason: "no WebSocket there"), connection: 0, at: at(9))
    board.note(.compressed(received: 1_000, inflated: 3_000), connection: 0, at: at(9))
    board.noteDamaged("checksum", connection: 0)
    let detail = ConnectionsPane.detail(of: "0", in: board, for: DetailView(now: at(11)))
    let lines = try #require(detail).lines.map { $0.runs.map(\.text).joined() }
    for line in [
      "● LIVE  for 0:02", "transport sse, no better one: no WebSocket there",
      "event    0:09 ago", "byte     0:02 ago", "ratio    3.0:1, 3.0kB in 1.0kB",
      "damaged  1 times, made anew", "last loss reset by peer",
      "unaccounted 18:00:02-18:00:09",
    ] { #expect(lines.contains(line), "\(line) in \(lines)") }
    let pane = try text(.connections, board, Size(width: 80, height: 10))
    #expect(pane.contains("unaccounted 18:00:02-18:00:09"))
    board.noteResynced(connection: 0, at: at(13))
    #expect(try !text(.connections, board, Size(width: 80, height: 10)).contains("unaccounted"))
  }

  @Test("where clocks do not agree no lag is shown, but by how much they differ")
  func clocks() throws {
    var board = Board()
    let event = Event(
      id: "1", source: "/s", type: .known(.taskCreated), subject: "task/t",
      time: .evening + .milliseconds(2_300))
    _ = board.apply(event, at: .evening)
    #expect(
      try text(.latency, board, Size(width: 50, height: 10)).contains("clocks differ by 2.3s"))
  }
}
