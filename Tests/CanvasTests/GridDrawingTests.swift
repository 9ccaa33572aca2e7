import Canvas
import Domain
import Testing

@Suite("drawing on a grid")
struct GridDrawingTests {
  private func rows(_ grid: Grid) -> [String] {
    (0..<grid.size.height).map(grid.rowText)
  }

  @Test("frames in each border set")
  func frames() {
    var grid = Grid(size: Size(width: 4, height: 3))
    grid.drawBox(grid.bounds, style: .default)
    #expect(rows(grid) == ["╭──╮", "│  │", "╰──╯"])
    grid.drawBox(grid.bounds, border: .square, style: .default)
    #expect(rows(grid) == ["┌──┐", "│  │", "└──┘"])
    grid.drawBox(grid.bounds, border: .heavy, style: .default)
    #expect(rows(grid) == ["┏━━┓", "┃  ┃", "┗━━┛"])
    var ascii = Grid(size: Size(width: 4, height: 3), charset: .ascii)
    ascii.drawBox(ascii.bounds, style: .default)
    #expect(rows(ascii) == ["+--+", "|  |", "+--+"])
  }

  @Test("a frame too small for its corners is not drawn")
  func tinyFrame() {
    var grid = Grid(size: Size(width: 1, height: 1))
    grid.drawBox(grid.bounds, style: .default)
    #expect(rows(grid) == [" "])
  }

  @Test("restyling keeps glyphs and keeps both halves of a wide one alike")
  func restyle() {
    var grid = Grid(size: Size(width: 4, height: 1))
    grid.write("a日b", x: 0, y: 0)
    grid.restyle(Rect(x: 0, y: 0, width: 2, height: 1)) { $0 = $0.bold }
    #expect(grid.rowText(0) == "a日b")
    #expect(
      (0..<4).map { grid.cell($0, 0).style == Style.default.bold } == [true, true, true, false])
    grid.restyle(Rect(x: 2, y: 0, width: 2, height: 1)) { $0 = $0.reverse }
    #expect(grid.cell(1, 0).style == grid.cell(2, 0).style)
  }

  @Test("a copy is cut to both grids and blanks the wide glyphs it halves")
  func copy() {
    var source = Grid(size: Size(width: 4, height: 1))
    source.write("日本", x: 0, y: 0, style: .default.bold)
    var grid = Grid(size: Size(width: 6, height: 2))
    grid.write("xxxxxx", x: 0, y: 0)
    grid.copy(from: source, Rect(x: 1, y: 0, width: 3, height: 9))
    #expect(rows(grid) == ["x日 xx", "      "])
    #expect(grid.cell(1, 0).style == Style.default.bold)
    grid.copy(from: source, part: Rect(x: 1, y: 0, width: 3, height: 1), to: grid.bounds)
    #expect(rows(grid) == [" 本 xx", "      "])
  }

  @Test("a copied cluster is the same cluster in its new grid")
  func copiedCluster() {
    var source = Grid(size: Size(width: 4, height: 1))
    source.write("e\u{301}👩‍👩‍👧", x: 0, y: 0)
    var grid = Grid(size: Size(width: 4, height: 1))
    grid.write("👍🏽", x: 2, y: 0)
    grid.copy(from: source, grid.bounds)
    #expect(grid == source)
  }

  @Test("reading outside a grid gives a blank")
  func outside() {
    let grid = Grid(size: .zero)
    #expect(grid.cell(0, 0) == Cell(glyph: " ", width: 1, style: .default))
    #expect(grid.rowText(0) == "")
  }

  @Test("a meter fills by eighths over its track")
  func meter() {
    var grid = Grid(size: Size(width: 4, height: 1))
    let ink = Ink.plain(Style(foreground: .indexed(2)))
    let track = Style(background: .indexed(8))
    Meter.draw(0.6, in: grid.bounds, ink: ink, track: track, on: &grid)
    #expect(rows(grid) == ["██▍ "])
    #expect(grid.cell(2, 0).style == Style(foreground: .indexed(2), background: .indexed(8)))
    #expect(grid.cell(3, 0).style == track)
    Meter.draw(7, in: grid.bounds, ink: ink, track: track, on: &grid)
    #expect(rows(grid) == ["████"])
    let nothings: [Double?] = [nil, .nan, -1, -Double.infinity]
    for nothing in nothings {
      Meter.draw(nothing, in: grid.bounds, ink: ink, track: track, trackGlyph: "·", on: &grid)
      #expect(rows(grid) == ["····"])
    }
    var ascii = Grid(size: Size(width: 4, height: 1), charset: .ascii)
    Meter.draw(0.6, in: ascii.bounds, ink: ink, track: track, on: &ascii)
    #expect(rows(ascii) == ["##.."])
  }

  @Test("a sparkline shows its newest values, and gaps as holes")
  func sparkline() {
    var grid = Grid(size: Size(width: 5, height: 1))
    let ink = Ink.plain(.default)
    Sparkline.draw(
      [9, 0, 4, nil, 8], in: grid.bounds, range: 0...8, ink: ink, hole: "·", on: &grid)
    #expect(rows(grid) == ["█▁▄·█"])
    Sparkline.draw([8, .nan], in: grid.bounds, range: 0...8, ink: ink, hole: "·", on: &grid)
    #expect(rows(grid) == ["···█·"])
    var tall = Grid(size: Size(width: 3, height: 2))
    Sparkline.draw([4, 8, 0], in: tall.bounds, ink: ink, on: &tall)
    #expect(rows(tall) == [" █ ", "██▁"])
    var ascii = Grid(size: Size(width: 3, height: 1), charset: .ascii)
    Sparkline.draw(
      [1, 4, 8], in: ascii.bounds, range: 0...8, marks: .braille, ink: ink, on: &ascii)
    #expect(rows(ascii) == [".:#"])
  }

  @Test("a braille graph has two values a column")
  func braille() {
    var grid = Grid(size: Size(width: 2, height: 1))
    Sparkline.draw(
      [1, 2, nil, 4], in: grid.bounds, range: 0...4, marks: .braille, ink: .plain(.default),
      on: &grid)
    #expect(rows(grid) == ["⣠⢸"])
  }

  @Test("nothing traps at any size or place", arguments: 0..<60)
  func fuzz(seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    let sides = [0, 1, 2, 3, 17, 300]
    let size = Size(
      width: sides.randomElement(using: &random) ?? 0,
      height: sides.randomElement(using: &random) ?? 0)
    let charset: Charset = Bool.random(using: &random) ? .ascii : .unicode
    var grid = Grid(size: size, charset: charset)
    RandomGrids.draw(60, on: &grid, &random)
    for _ in 0..<20 {
      let rect = Rect(
        x: Int.random(in: -3...size.width, using: &random),
        y: Int.random(in: -3...3, using: &random),
        width: Int.random(in: -1...9, using: &random), height: Int.random(in: 0...3, using: &random)
      )
      let values: [Double?] = [nil, 1, .infinity, -5, 1e308, -1e308, .nan, 0]
      Sparkline.draw(values, in: rect, marks: .braille, ink: .plain(.default), on: &grid)
      Sparkline.draw(values, in: rect, marks: .blocks, ink: .plain(.default), on: &grid)
      Meter.draw(0.3, in: rect, ink: .plain(.default), track: .default, on: &grid)
      let copy = grid
      grid.copy(from: copy, part: rect, to: rect.offset(dx: 1, dy: 1))
    }
    expectWholeGlyphs(grid)
  }

  /// Every wide glyph has its second column, and every second column its glyph.
  private func expectWholeGlyphs(_ grid: Grid) {
    var broken = 0
    for y in 0..<grid.size.height {
      for x in 0..<grid.size.width {
        let hasSecond = x + 1 < grid.size.width && grid.cell(x + 1, y).width == 0
        if (grid.cell(x, y).width == 2) != hasSecond { broken += 1 }
      }
    }
    #expect(broken == 0)
  }
}
