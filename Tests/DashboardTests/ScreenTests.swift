import Canvas
import Domain
import Panes
import TestSupport
import Testing
import Themes

@testable import Dashboard

@Suite("the screen")
struct ScreenTests {
  private var screen: Screen
  private var state: DashboardState
  private let theme: Theme

  init() throws {
    theme = try Theme.builtIn("dark")
    state = DashboardState(
      size: Size(width: 120, height: 40), workspace: .kitchen, theme: "dark", themes: ["dark"])
    screen = Screen(size: state.size, theme: theme, charset: .unicode)
  }

  private mutating func draw(_ board: Board, at now: Timestamp = .evening) -> Bool {
    screen.draw(board, at: Moment(now: now), theme: theme, state: &state)
  }

  private func text() -> String {
    (0..<screen.grid.size.height).map { screen.grid.rowText($0) }.joined(separator: "\n")
  }

  @Test("is not drawn again while nothing changed")
  mutating func unchanged() {
    var board = Board.connected()
    #expect(draw(board))
    #expect(!draw(board))
    board.fire(order: "301", station: "grill", item: "Ribeye", at: .evening)
    #expect(draw(board))
    #expect(!draw(board))
    #expect(text().contains("1 Ribeye"))
  }

  @Test("is drawn when only the clock moved, as its ages did")
  mutating func clock() {
    let board = Board.connected()
    #expect(draw(board))
    #expect(draw(board, at: .evening + .seconds(1)))
    #expect(!draw(board, at: .evening + .milliseconds(1_400)))
  }

  @Test("is drawn when the theme, the size or the mode is another")
  mutating func looks() throws {
    let board = Board.connected()
    #expect(draw(board))
    let light = try Theme.builtIn("light")
    #expect(screen.draw(board, at: Moment(now: .evening), theme: light, state: &state))
    #expect(draw(board))
    state.size = Size(width: 100, height: 30)
    #expect(draw(board))
    #expect(screen.grid.size == Size(width: 100, height: 30))
    _ = state.apply(.help)
    #expect(draw(board))
    #expect(!draw(board))
    _ = state.apply(.close)
    #expect(draw(board))
    #expect(!text().contains("╭ Keys"))
  }

  @Test("drawing part by part gives what drawing anew gives")
  mutating func partial() {
    var board = Board.connected()
    _ = draw(board)
    for number in 0..<30 {
      let now = Timestamp.evening + .seconds(Int64(number))
      board.fire(order: "\(300 + number)", station: "grill", item: "Dish \(number)", at: now)
      if number % 7 == 0 { _ = state.apply(.nextPane) }
      if number % 5 == 0 { _ = state.apply(.moveBy(1)) }
      _ = draw(board, at: now)
      var fresh = Screen(size: state.size, theme: theme, charset: .unicode)
      var same = state
      _ = fresh.draw(board, at: Moment(now: now), theme: theme, state: &same)
      #expect(GridComparison(expected: fresh.grid, actual: screen.grid).summary == "equal")
    }
  }

  @Test("keeps the cursor on its row while rows come before it")
  mutating func cursorStays() {
    var board = Board.connected()
    for number in 0..<4 {
      board.fire(order: "\(310 + number)", station: "grill", item: "Dish", at: .evening)
    }
    _ = draw(board)
    _ = state.apply(.moveBy(2))
    _ = draw(board)
    let kept = state.cursor(of: .tickets)
    #expect(kept.selected == 2)
    for number in 0..<20 {
      board.fire(
        order: "\(200 + number)", station: "grill", item: "Dish", at: .evening + .seconds(-900))
    }
    _ = draw(board)
    let moved = state.cursor(of: .tickets)
    #expect(moved.id == kept.id)
    #expect(moved.selected == 22)
    #expect(moved.first <= 22)
  }

  @Test("keeps the cursor at the top of the list while rows come to the top")
  mutating func cursorAtTop() {
    var board = Board.connected()
    state.workspace = .link
    for number in 0..<50 {
      board.fire(order: "\(number)", station: "grill", item: "Dish", at: .evening)
      _ = draw(board)
      #expect(state.cursor(of: .tail).selected == 0)
    }
    _ = state.apply(.moveBy(1))
    _ = draw(board)
    let kept = state.cursor(of: .tail).id
    for number in 50..<90 {
      board.fire(order: "\(number)", station: "grill", item: "Dish", at: .evening)
      _ = draw(board)
    }
    #expect(state.cursor(of: .tail).id == kept)
    #expect(state.cursor(of: .tail).selected == 81)
  }

  @Test("brings the cursor back to the last row when it was sent beyond")
  mutating func cursorClamps() {
    var board = Board.connected()
    for number in 0..<40 {
      board.fire(order: "\(300 + number)", station: "grill", item: "Dish", at: .evening)
    }
    _ = draw(board)
    _ = state.apply(.last)
    _ = draw(board)
    #expect(state.cursor(of: .tickets).selected == 39)
    #expect(state.cursor(of: .tickets).id != nil)
    _ = draw(Board.connected())
    #expect(state.cursor(of: .tickets) == Cursor(first: 0, selected: 0, id: nil))
  }

  @Test("says so when the row of an open detail is gone")
  mutating func rowGone() {
    state.mode = .detail(.tickets, id: "nothing", scroll: 1 << 40)
    _ = draw(Board.connected())
    #expect(text().contains("this row is gone; Esc goes back"))
  }

  @Test("shows the end of the help when scrolled, and the first step back is seen")
  mutating func helpScrolls() {
    state.size = Size(width: 80, height: 24)
    _ = state.apply(.help)
    _ = draw(Board())
    #expect(!text().contains("erase everything"))
    _ = state.apply(.last)
    _ = draw(Board())
    #expect(text().contains("erase everything"))
    let end = state.mode.scroll
    _ = state.apply(.moveBy(-1))
    #expect(draw(Board()))
    #expect(state.mode.scroll == end.map { $0 - 1 })
  }

  @Test("is drawn at every size without a crash", arguments: Workspace.allCases)
  mutating func sizes(_ workspace: Workspace) throws {
    let session = try Tape.hostile.board()
    let board = session.board
    state.workspace = workspace
    for height in 0...45 {
      for width in 0...130 where (width + height) % 3 == 0 || width < 45 {
        state.size = Size(width: width, height: height)
        state.isZoomed = width % 2 == 0
        state.mode = height % 3 == 0 ? .help(scroll: width) : .browsing
        #expect(screen.draw(board, at: Moment(now: session.now), theme: theme, state: &state))
        #expect(screen.grid.size == state.size)
      }
    }
  }
}
