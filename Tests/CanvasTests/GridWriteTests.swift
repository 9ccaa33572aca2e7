import Canvas
import Testing

@Suite("writing into a grid")
struct GridWriteTests {
  private func grid(_ width: Int, _ height: Int = 1) -> Grid {
    Grid(size: Size(width: width, height: height))
  }

  @Test("ASCII text lands where it is told and reports its columns")
  func ascii() {
    var grid = grid(8, 2)
    #expect(grid.write("disk", x: 2, y: 1) == 4)
    #expect(grid.rowText(0) == "        ")
    #expect(grid.rowText(1) == "  disk  ")
  }

  @Test("text is cut at the grid, at a clip and at a maximum width")
  func clipping() {
    var grid = grid(6)
    #expect(grid.write("abcdefgh", x: -2, y: 0) == 6)
    #expect(grid.rowText(0) == "cdefgh")
    #expect(grid.write("12345678", x: 0, y: 0, clip: Rect(x: 1, y: 0, width: 2, height: 1)) == 2)
    #expect(grid.rowText(0) == "c23fgh")
    #expect(grid.write("xyz", x: 3, y: 0, maxWidth: 2) == 2)
    #expect(grid.rowText(0) == "c23xyh")
  }

  @Test(
    "text wholly outside changes nothing",
    arguments: [(9, 0), (0, 1), (0, -1), (-3, 0), (Int.max, 0), (Int.min, 0), (0, Int.min)])
  func outside(x: Int, y: Int) {
    var grid = grid(6)
    #expect(grid.write("abc", x: x, y: y) == 0)
    #expect(grid.write("äbc", x: x, y: y) == 0)
    #expect(grid == self.grid(6))
  }

  @Test("a wide glyph takes two cells")
  func wide() {
    var grid = grid(6)
    #expect(grid.write("a日b", x: 0, y: 0) == 4)
    #expect(grid.cell(1, 0) == Cell(glyph: "日", width: 2, style: .default))
    #expect(grid.cell(2, 0) == Cell(glyph: "", width: 0, style: .default))
    #expect(grid.rowText(0) == "a日b  ")
  }

  @Test("half of a wide glyph becomes a blank at either edge")
  func halves() {
    var grid = grid(3)
    grid.write("xxx", x: 0, y: 0)
    #expect(grid.write("日本", x: -1, y: 0) == 3)
    #expect(grid.rowText(0) == " 本")
    #expect(grid.write("a日本", x: 0, y: 0, maxWidth: 2) == 2)
    #expect(grid.rowText(0) == "a  ")
  }

  @Test("overwriting half of a wide glyph blanks the other half", arguments: 0..<4)
  func overwrite(x: Int) {
    var grid = grid(4)
    grid.write("日本", x: 0, y: 0)
    grid.write("x", x: x, y: 0)
    #expect(grid.rowText(0) == ["x 本", " x本", "日x ", "日 x"][x])
  }

  @Test("a combining mark after the last visible ASCII letter stays with its letter")
  func markAtTheEdge() {
    var grid = grid(2)
    #expect(grid.write("ae\u{301}z", x: 0, y: 0) == 2)
    #expect(grid.cell(1, 0).glyph == "e\u{301}")
  }

  @Test("zero-width characters without a base are left out")
  func zeroWidth() {
    var grid = grid(4)
    #expect(grid.write("\u{200B}a\u{FEFF}b", x: 0, y: 0) == 2)
    #expect(grid.rowText(0) == "ab  ")
  }

  @Test("a cluster without end is cut to a bounded one")
  func zalgo() {
    var grid = grid(4)
    grid.write("a" + String(repeating: "\u{301}", count: 10_000), x: 0, y: 0)
    #expect(grid.cell(0, 0).glyph.utf8.count <= 64)
    #expect(grid.cell(0, 0).width == 1)
  }

  @Test("more clusters than a grid can show do not pile up")
  func manyClusters() {
    var grid = grid(2)
    for value in UInt32(0x61)...0x7A {
      for mark in UInt32(0x300)...0x320 {
        let scalars = [value, mark].compactMap(Unicode.Scalar.init)
        var text = ""
        text.unicodeScalars.append(contentsOf: scalars)
        grid.write(text, x: 0, y: 0)
        #expect(grid.cell(0, 0).glyph == text)
      }
    }
  }

  @Test("grids are equal when they look equal, however they were drawn")
  func equality() {
    var one = grid(6)
    one.write("e\u{301}", x: 0, y: 0)
    one.write("👩‍👩‍👧", x: 2, y: 0)
    var other = grid(6)
    other.write("👩‍👩‍👧", x: 2, y: 0)
    #expect(one != other)
    other.write("e\u{301}", x: 0, y: 0)
    #expect(one == other)
  }

  @Test("longer text ends in an ellipsis, shorter text is left whole")
  func truncation() {
    var grid = grid(6)
    #expect(grid.writeTruncated("abcdefgh", x: 0, y: 0, width: 5) == 5)
    #expect(grid.rowText(0) == "abcd… ")
    #expect(grid.writeTruncated("日本語", x: 0, y: 0, width: 4) == 3)
    #expect(grid.rowText(0) == "日…d… ")
    var ascii = Grid(size: Size(width: 3, height: 1), charset: .ascii)
    ascii.writeTruncated("abcd", x: 0, y: 0, width: 3)
    #expect(ascii.rowText(0) == "ab~")
    #expect(grid.writeTruncated("abc", x: 0, y: 0, width: 0) == 0)
  }

  @Test("right-aligned text ends in the last column and is truncated when too long")
  func right() {
    var grid = grid(6)
    grid.writeRight("42", x: 1, y: 0, width: 4)
    #expect(grid.rowText(0) == "   42 ")
    grid.writeRight("123456", x: 1, y: 0, width: 4)
    #expect(grid.rowText(0) == " 123… ")
    grid.writeCentered("ab", x: 0, y: 0, width: 6)
    #expect(grid.rowText(0) == " 1ab… ")
  }
}
