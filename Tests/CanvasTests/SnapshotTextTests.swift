import Canvas
import Domain
import Testing

@Suite("goldens")
struct SnapshotTextTests {
  private static let golden = """
    podium-snapshot 1 6x2
    glyphs
    │ok 日 │
    │      │
    styles
    │aa.bb.│
    │cc....│
    legend
    a fg=2 bold
    b fg=#7aa2f7 bg=#1a1b26
    c bg=4 underline

    """

  private func sample() -> Grid {
    var grid = Grid(size: Size(width: 6, height: 2))
    grid.write("ok", x: 0, y: 0, style: Style(foreground: .indexed(2)).bold)
    grid.write(
      "日", x: 3, y: 0,
      style: Style(foreground: .rgb(0x7A, 0xA2, 0xF7), background: .rgb(0x1A, 0x1B, 0x26)))
    grid.write("  ", x: 0, y: 1, style: Style(background: .indexed(4)).underline)
    return grid
  }

  @Test("a grid is written as glyphs, style letters and a legend")
  func render() {
    #expect(SnapshotText.render(sample()) == Self.golden)
  }

  @Test("what was written is read, also with CR LF line ends")
  func parse() throws {
    #expect(try SnapshotText.parse(Self.golden) == sample())
    let lines = Self.golden.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(try SnapshotText.parse(lines.joined(separator: "\r\n")) == sample())
  }

  @Test("any grid survives the round trip", arguments: 0..<80)
  func roundTrip(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let sides = [0, 1, 2, 7, 40, 120]
    let size = Size(
      width: sides.randomElement(using: &random) ?? 0,
      height: sides.randomElement(using: &random) ?? 0)
    var grid = Grid(size: size)
    RandomGrids.draw(50, on: &grid, &random)
    let text = SnapshotText.render(grid)
    #expect(try SnapshotText.parse(text) == grid)
    #expect(SnapshotText.render(try SnapshotText.parse(text)) == text)
  }

  @Test("neighbouring glyphs that would join stay apart")
  func neighbours() throws {
    var grid = Grid(size: Size(width: 6, height: 1))
    for (x, flag) in ["🇩", "🇪", "🇫"].enumerated() { grid.write(flag, x: 2 * x, y: 0) }
    #expect(try SnapshotText.parse(SnapshotText.render(grid)) == grid)
    var prepended = Grid(size: Size(width: 2, height: 1))
    prepended.write("\u{110BD}", x: 0, y: 0)
    prepended.write("\u{110BD}", x: 1, y: 0)
    #expect(try SnapshotText.parse(SnapshotText.render(prepended)) == prepended)
  }

  @Test("more styles than letters of the alphabet")
  func manyStyles() throws {
    var grid = Grid(size: Size(width: 60, height: 40))
    for y in 0..<40 {
      for x in 0..<60 {
        grid.put("x", x: x, y: y, style: Style(foreground: .rgb(UInt8(x), UInt8(y), 0)))
      }
    }
    #expect(try SnapshotText.parse(SnapshotText.render(grid)) == grid)
  }

  @Test(
    "a broken golden is refused with the line",
    arguments: [
      ("", 1), ("podium-snapshot 2 1x1", 1), ("podium-snapshot 1 1", 1),
      ("podium-snapshot 1 -1x1", 1), ("podium-snapshot 1 99999x1", 1),
      ("podium-snapshot 1 1x1", 2), ("podium-snapshot 1 1x1\nglyphs\nx", 3),
      ("podium-snapshot 1 1x1\nglyphs\n│xx│", 3), ("podium-snapshot 1 2x1\nglyphs\n│x│", 3),
      ("podium-snapshot 1 1x1\nglyphs\n│x│\nstyle", 4),
      ("podium-snapshot 1 1x1\nglyphs\n│x│\nstyles\n│..│", 5),
      ("podium-snapshot 1 1x1\nglyphs\n│x│\nstyles\n│a│\nlegend", 5),
      ("podium-snapshot 1 1x1\nglyphs\n│x│\nstyles\n│a│\nlegend\na fg=nope", 7),
      ("podium-snapshot 1 1x1\nglyphs\n│x│\nstyles\n│a│\nlegend\na bold\na dim", 8),
      ("podium-snapshot 1 2x1\nglyphs\n│日│\nstyles\n│a.│\nlegend\na bold", 5),
    ])
  func broken(text: String, line: Int) {
    let error = #expect(throws: SnapshotTextError.self) { try SnapshotText.parse(text) }
    #expect(error?.line == line)
  }

  @Test("a difference names rows, columns and styles")
  func difference() {
    var new = sample()
    new.write("no", x: 0, y: 0, style: Style(foreground: .indexed(1)))
    #expect(SnapshotText.difference(sample(), sample()) == nil)
    #expect(
      SnapshotText.difference(sample(), new) == """
        row 0
        - │ok 日 │
        + │no 日 │
           ^^    
        row 0 columns 0-1: fg=2 bold is now fg=1

        """)
  }

  @Test("a difference of sizes is told and shows the rows that came")
  func sizes() {
    let text = SnapshotText.difference(
      Grid(size: Size(width: 2, height: 1)), Grid(size: Size(width: 2, height: 2)))
    #expect(text == "size 2x1 is now 2x2\nrow 1\n+ │  │\n")
  }
}
