import Canvas
import Testing
import Themes

@testable import Panes

@Suite("the columns of a table")
struct TableTests {
  private static let columns = [
    Column("A", width: 4), Column("B", width: 6, growth: 1, dispensable: 1),
    Column("C", width: 8, growth: 3), Column("D", width: 3, .trailing, dispensable: 2),
  ]

  private func spans(_ width: Int) -> [[Int]?] {
    TableContent.spans(of: Self.columns, width: width).map { span in
      span.map { [$0.x, $0.width] }
    }
  }

  @Test("stand one blank apart when they just fit")
  func exact() {
    #expect(spans(24) == [[0, 4], [5, 6], [12, 8], [21, 3]])
  }

  @Test("share what is left over by their growth")
  func growth() {
    #expect(spans(32) == [[0, 4], [5, 8], [14, 14], [29, 3]])
  }

  @Test("give way in their order, the highest first")
  func dispensable() {
    #expect(spans(23) == [[0, 4], [5, 6], [12, 11], nil])
    #expect(spans(19) == [[0, 4], nil, [5, 14], nil])
  }

  @Test("that must stay are cut at the edge")
  func cut() {
    #expect(spans(9) == [[0, 4], nil, [5, 4], nil])
    #expect(spans(5) == [[0, 4], nil, nil, nil])
    #expect(spans(2) == [[0, 2], nil, nil, nil])
    #expect(spans(0) == [nil, nil, nil, nil])
  }

  @Test("never leave their row, and fill it when one can grow")
  func sum() {
    for width in 0...200 {
      let shown = TableContent.spans(of: Self.columns, width: width).compactMap(\.self)
      #expect(shown.allSatisfy { $0.x >= 0 && $0.width > 0 && $0.x + $0.width <= width })
      #expect(zip(shown, shown.dropFirst()).allSatisfy { $0.x + $0.width < $1.x })
      if width >= 13 { #expect((shown.last.map { $0.x + $0.width } ?? 0) == width) }
    }
  }

  @Test("a table of more rows than room has a mark where they are")
  func scrollBar() throws {
    let rows = (0..<4).map { TableRow(id: "\($0)", [.text("row \($0)", .text)]) }
    let table = TableContent(
      [Column("R", width: 5, growth: 1)], rows: rows, first: 4, total: 16, selected: 5,
      emptyText: "")
    var grid = Grid(size: Size(width: 12, height: 5))
    table.draw(in: grid.bounds, theme: try Theme.builtIn("dark"), grid: &grid)
    #expect((0..<5).map { grid.cell(11, $0).glyph } == [" ", "│", "┃", "│", "│"])
    #expect(grid.cell(0, 2).style.background == (try Theme.builtIn("dark").color(.selection)))
  }

  @Test("rows flow through blocks side by side")
  func blocks() throws {
    let rows = (0..<4).map { TableRow(id: "\($0)", [.text("row \($0)", .text)]) }
    let table = TableContent(
      [Column("R", width: 5)], rows: rows, first: 0, total: 4, selected: nil, emptyText: "",
      blocks: 2)
    var grid = Grid(size: Size(width: 20, height: 3))
    table.draw(in: grid.bounds, theme: try Theme.builtIn("dark"), grid: &grid)
    #expect(
      (0..<3).map { grid.rowText($0) } == [
        "R          R        ", "row 0      row 2    ", "row 1      row 3    ",
      ])
  }
}
