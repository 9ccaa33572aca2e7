import Canvas
import Panes
import Testing
import Themes

@Suite("a line of runs")
struct LineTests {
  private func draw(_ line: Line, width: Int) throws -> String {
    var grid = Grid(size: Size(width: width, height: 1))
    line.draw(
      in: grid.bounds, theme: try Theme.builtIn("dark"), on: .surface, grid: &grid)
    return grid.rowText(0)
  }

  @Test("is cut where it is too long")
  func cut() throws {
    let line: Line = [Run("GRI "), Run("6/12"), Run("  "), Run("FRY "), Run("5/8")]
    #expect(try draw(line, width: 20) == "GRI 6/12  FRY 5/8   ")
    #expect(try draw(line, width: 17) == "GRI 6/12  FRY 5/8")
    #expect(try draw(line, width: 16) == "GRI 6/12  FRY 5…")
    #expect(try draw(line, width: 1) == "…")
    #expect(try draw(line, width: 0) == "")
  }

  @Test("says so when whole runs are left out")
  func leftOut() throws {
    let line: Line = [Run("GRI "), Run("6/12"), Run("  "), Run("FRY "), Run("5/8")]
    #expect(try draw(line, width: 14) == "GRI 6/12  FRY…")
    #expect(try draw(line, width: 8) == "GRI 6/1…")
  }

  @Test("is whole when only blanks do not fit")
  func blanks() throws {
    #expect(try draw([Run("all"), Run("  ")], width: 3) == "all")
  }

  @Test("gives way to what stands at its end")
  func trailing() throws {
    #expect(
      try draw(Line([Run("a long text")], trailing: [Run("0:42")]), width: 12) == "a long… 0:42")
    #expect(try draw(Line([Run("text")], trailing: [Run("0:42")]), width: 3) == "0:…")
  }

  private func drawMirrored(_ line: Line, width: Int) throws -> String {
    var grid = Grid(size: Size(width: width, height: 1), direction: .rightToLeft)
    line.draw(
      in: grid.bounds, theme: try Theme.builtIn("dark"), on: .surface, grid: &grid)
    return grid.rowText(0)
  }

  @Test("begins at the right where its language does; what stands together keeps its direction")
  func mirrored() throws {
    #expect(
      try drawMirrored([Run("GRI "), Run("6"), Run("/12"), Run("  "), Run("FRY")], width: 16)
        == "   FRY  6/12 GRI")
    #expect(
      try drawMirrored([Run("evidence"), Run(".proof"), Run(" now")], width: 20)
        == "  now evidence.proof")
    #expect(
      try drawMirrored(Line([Run("a"), Run(" b")], trailing: [Run("0:42")]), width: 9)
        == "0:42  b a")
  }

  @Test("cut at the right edge's other end, it says so there")
  func mirroredCut() throws {
    let line: Line = [Run("GRI "), Run("6"), Run("/12"), Run("  "), Run("FRY 5/8")]
    #expect(try drawMirrored(line, width: 12) == "F…  6/12 GRI")
    #expect(try drawMirrored(line, width: 7) == "6/… GRI")
  }

  @Test("drawn parts are mirrored: branches and bars")
  func mirroredDrawing() throws {
    #expect(try drawMirrored([Run("  └ "), Run("a91c")], width: 9) == " a91c ┘  ")
    #expect(try drawMirrored([Run("x "), Run("▁▂·█ ")], width: 8) == "  █·▂▁ x")
  }
}
