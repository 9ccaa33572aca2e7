import Canvas
import Domain
import Testing

@Suite("differences of pictures")
struct SideBySideTests {
  private func grid(_ rows: [String], width: Int = 20) -> Grid {
    var grid = Grid(size: Size(width: width, height: rows.count))
    for (y, row) in rows.enumerated() { grid.write(row, x: 0, y: y) }
    return grid
  }

  private func text(
    _ expected: Grid, _ actual: Grid, width: Int = 80, charset: Charset = .unicode
  ) -> String {
    let comparison = GridComparison(expected: expected, actual: actual)
    return SideBySide(comparison, width: width, charset: charset).text(depth: nil)
  }

  @Test("equal pictures have no difference")
  func equal() {
    let comparison = GridComparison(expected: grid(["a", "日"]), actual: grid(["a", "日"]))
    #expect(comparison.isEqual)
    #expect(comparison.summary == "equal")
    #expect(SideBySide(comparison, width: 80).text(depth: nil) == "")
  }

  @Test("expected and actual stand beside each other, with context and marks")
  func beside() {
    let old = grid(["one", "two", "three", "Grill  6/12", "five", "six", "seven"])
    let new = grid(["one", "two", "three", "Grill  7/12", "five", "six", "seven"])
    #expect(
      text(old, new) == """
        row 4, column 8
            expected               actual
        2   two                  │ two
        3   three                │ three
        4   Grill  6/12          │ Grill  7/12
                   ^             │        ^
        5   five                 │ five
        6   six                  │ six

        """)
  }

  @Test("differences far apart are apart, those close together are one")
  func hunks() {
    let old = (0..<20).map { "row \($0)" }
    var new = old
    for y in [1, 5, 15] { new[y] += "!" }
    let titles = text(grid(old), grid(new)).split(separator: "\n").filter { $0.hasPrefix("row") }
    #expect(titles == ["rows 2–6, column 6", "row 16, column 7"])
  }

  @Test("a change of style is told in words, once for all its places")
  func styles() {
    let old = grid(["ok", "ok", "ok", "ok", "ok"])
    var new = old
    for y in 0..<5 {
      new.write("ok", x: 0, y: y, style: Style(foreground: .rgb(0xEC, 0xB9, 0x5C)).bold)
    }
    let lines = text(old, new).split(separator: "\n")
    #expect(lines[2] == "1   ok                   │ ok")
    #expect(lines[3] == "    ~~                   │ ~~")
    #expect(
      lines.suffix(2) == [
        "~ colour default is now #ecb95c, now bold at row 1 columns 1–2, row 2 columns",
        "  1–2, row 3 columns 1–2 and 2 more",
      ])
    #expect(GridComparison(expected: old, actual: new).summary == "5 rows differ: 10 styles")
  }

  @Test("what does not fit beside each other stands below each other, split where it must be")
  func stacked() {
    let width = 100
    let old = grid([String(repeating: "a", count: width)], width: width)
    let new = grid([String(repeating: "b", count: width)], width: width)
    let text = text(old, new, width: 64)
    #expect(
      text == """
        row 1, columns 1–100; shown are columns 1–60
        1 - \(String(repeating: "a", count: 60))
          + \(String(repeating: "b", count: 60))
            \(String(repeating: "^", count: 60))

        row 1, columns 1–100; shown are columns 41–100
        1 - \(String(repeating: "a", count: 60))
          + \(String(repeating: "b", count: 60))
            \(String(repeating: "^", count: 60))

        """)
  }

  @Test("of wide pictures the columns around the difference are shown")
  func window() {
    let base = (0..<30).map { "column\($0 % 10)--" }.joined()
    let old = grid([base], width: 270)
    var new = old
    new.write("X", x: 200, y: 0)
    let lines = text(old, new, width: 80).split(separator: "\n")
    #expect(lines[0] == "row 1, column 201; shown are columns 184–219")
    #expect(lines[2].hasPrefix("1   umn0--column1--"))
    #expect(lines.allSatisfy { $0.count <= 80 })
  }

  @Test("wide glyphs, emoji and combining marks stay in their columns")
  func wide() {
    let old = grid(["日本 e\u{301} 👩‍👩‍👧 x"])
    let new = grid(["日木 e\u{300} 👩‍👩‍👦 x"])
    let lines = text(old, new).split(separator: "\n")
    #expect(lines[2] == "1   日本 e\u{301} 👩‍👩‍👧 x          │ 日木 e\u{300} 👩‍👩‍👦 x")
    #expect(lines[3] == "      ^^ ^ ^^            │   ^^ ^ ^^")
  }

  @Test("pictures of different sizes are compared as far as either goes")
  func sizes() {
    let comparison = GridComparison(
      expected: grid(["ab"], width: 2), actual: grid(["ab", "cd"], width: 3))
    #expect(comparison.summary == "size 2x1 is now 3x2; 1 row differs: 2 glyphs")
    #expect(!comparison.isEqual)
    let blank = GridComparison(
      expected: Grid(size: Size(width: 1, height: 1)), actual: Grid(size: Size(width: 2, height: 1))
    )
    #expect(blank.summary == "size 1x1 is now 2x1")
  }

  @Test("without Unicode only ASCII is written")
  func ascii() {
    let text = text(grid(["ab"]), grid(["cd"]), charset: .ascii)
    #expect(text.utf8.allSatisfy { $0 < 0x7F })
    #expect(text.contains("row 1, columns 1-2"))
    #expect(text.contains("| cd"))
  }

  @Test("colours are told by the names they are given")
  func names() {
    var new = grid(["ok"])
    new.write("ok", x: 0, y: 0, style: Style(foreground: .rgb(1, 2, 3), background: .indexed(4)))
    let comparison = GridComparison(expected: grid(["ok"]), actual: new)
    let text = SideBySide(comparison, width: 80, colorNames: [.rgb(1, 2, 3): "muted"])
      .text(depth: nil)
    #expect(
      text.hasSuffix(
        "~ colour default is now muted, background default is now 4 at row 1 columns 1–2\n"))
  }

  @Test("rows are shown from their beginning where that shows the difference")
  func beginning() {
    let old = grid([(0..<20).map { "column\($0 % 10)--" }.joined()], width: 180)
    var new = old
    new.write("X", x: 30, y: 0)
    #expect(text(old, new).hasPrefix("row 1, column 31; shown are columns 1–36\n"))
  }

  @Test("colours are those of the pictures")
  func colours() {
    var new = grid(["ok"])
    new.write("ok", x: 0, y: 0, style: Style(foreground: .rgb(1, 2, 3)))
    let comparison = GridComparison(expected: grid(["ok"]), actual: new)
    let text = SideBySide(comparison, width: 80).text(depth: .truecolor)
    #expect(text.contains("38;2;1;2;3mok"))
  }

  @Test("the largest pictures give a bounded difference")
  func bounded() {
    let size = Size(width: 1000, height: 1000)
    var new = Grid(size: size)
    new.fill(new.bounds, style: .default, glyph: "x")
    let text = text(Grid(size: size), new, width: 10)
    #expect(text.contains("800 further rows differ"))
    #expect(text.utf8.count < 2_000_000)
  }

  @Test("any two pictures have a difference that fits the width", arguments: 0..<60)
  func fuzz(seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    func picture() -> Grid {
      var grid = Grid(
        size: Size(
          width: Int.random(in: 0...130, using: &random),
          height: Int.random(in: 0...30, using: &random)))
      RandomGrids.draw(20, on: &grid, &random)
      return grid
    }
    let comparison = GridComparison(expected: picture(), actual: picture())
    let width = Int.random(in: -3...200, using: &random)
    for page in SideBySide(comparison, width: width).pages() {
      #expect(page.size.width == max(40, width))
    }
  }
}
