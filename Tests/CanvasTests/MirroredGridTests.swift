import Canvas
import Testing

@Suite("a grid whose lines begin at the right")
struct MirroredGridTests {
  private func grid(_ width: Int, _ height: Int = 1) -> Grid {
    Grid(size: Size(width: width, height: height), direction: .rightToLeft)
  }

  @Test("text begins at the right edge and reads in its own direction")
  func text() {
    var grid = grid(12)
    #expect(grid.write("5/8", x: 0, y: 0) == 3)
    #expect(grid.write("abc ", x: 4, y: 0) == 4)
    #expect(grid.rowText(0) == "     abc 5/8")
    #expect(grid.write("\u{5D0}\u{5D1}", x: 9, y: 0) == 2)
    #expect(grid.rowText(0) == " \u{5D1}\u{5D0}  abc 5/8")
  }

  @Test("a text that is too long is cut where it ends, whichever side that is")
  func truncated() {
    var latin = grid(6)
    #expect(latin.writeTruncated("abcdefgh", x: 1, y: 0, width: 4) == 4)
    #expect(latin.rowText(0) == " abc… ")
    var hebrew = grid(6)
    hebrew.writeTruncated("\u{5D0}\u{5D1}\u{5D2}\u{5D3}\u{5D4}", x: 1, y: 0, width: 4)
    #expect(hebrew.rowText(0) == " …\u{5D2}\u{5D1}\u{5D0} ")
    var right = grid(6)
    right.writeRight("ab", x: 0, y: 0, width: 4)
    #expect(right.rowText(0) == "  ab  ")
  }

  @Test("frames, graphs and fills are mirrored")
  func frames() {
    var grid = grid(5, 3)
    grid.drawBox(Rect(x: 0, y: 0, width: 3, height: 3), style: .default)
    #expect((0..<3).map { grid.rowText($0) } == ["  ╭─╮", "  │ │", "  ╰─╯"])
    grid.put("▌", x: 4, y: 0, style: .default)
    grid.put("⡇", x: 3, y: 0, style: .default)
    #expect(grid.rowText(0) == "▐⢸╭─╮")
    grid.fill(Rect(x: 0, y: 2, width: 1, height: 1), style: .default, glyph: "#")
    #expect(grid.rowText(2) == "  ╰─#")
  }

  @Test("what lies outside is left out")
  func outside() {
    var grid = grid(3)
    grid.write("abcdef", x: 0, y: 0)
    #expect(grid.rowText(0) == "abc")
    #expect(grid.write("x", x: 3, y: 0) == 0)
    #expect(grid.write("x", x: .max, y: 0) == 0)
    #expect(grid.write("x", x: .min, y: 0) == 0)
    grid.fill(Rect(x: 2, y: 0, width: .max, height: 1), style: .default, glyph: "#")
    #expect(grid.rowText(0) == "#bc")
  }

  @Test("a mirrored image mirrored is the glyph itself")
  func twice() {
    for value in Array(0x2500...0x25FF) + Array(0x2800...0x28FF) {
      guard let scalar = Unicode.Scalar(UInt32(value)) else { continue }
      #expect(MirroredGlyph.of(MirroredGlyph.of(Character(scalar))) == Character(scalar))
    }
  }
}
