import Canvas
import Domain
import Testing

@Suite("text that would steer a terminal")
struct HostileTextTests {
  @Test("escape sequences are shown, not obeyed")
  func escape() {
    var grid = Grid(size: Size(width: 6, height: 1))
    grid.write("\u{1B}[31m!", x: 0, y: 0)
    #expect(grid.rowText(0) == "␛[31m!")
  }

  @Test("outside a grid they are written as JSON escapes")
  func escaped() {
    #expect(HostileText.escaped("a\u{1B}[2J\u{9B}\u{202E}\n") == #"a\u001b[2J\u009b\u202e\u000a"#)
    #expect(HostileText.escaped("é\r\n\n", keepsLineFeeds: true) == "é\\u000d\n\n")
    #expect(HostileText.escaped("plain é 👩‍🍳") == "plain é 👩‍🍳")
  }

  @Test("CR LF and tab are three pictures")
  func lineEnds() {
    var grid = Grid(size: Size(width: 4, height: 1))
    #expect(grid.write("\r\n\ta", x: 0, y: 0) == 4)
    #expect(grid.rowText(0) == "␍␊␉a")
  }

  @Test(
    "every hostile scalar takes one column and is replaced",
    arguments: [
      0x00...0x1F, 0x7F...0x9F, 0x61C...0x61C, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069,
    ] as [ClosedRange<UInt32>])
  func replaced(range: ClosedRange<UInt32>) {
    for value in range {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let text = "a\(Character(scalar))b"
      var grid = Grid(size: Size(width: 3, height: 1))
      #expect(grid.write(text, x: 0, y: 0) == 3)
      #expect(TextWidth.columns(of: text) == 3)
      let shown = value < 0x20 ? Unicode.Scalar(0x2400 + value).map(String.init) : "\u{FFFD}"
      #expect(grid.cell(1, 0).glyph == shown)
      var ascii = Grid(size: Size(width: 3, height: 1), charset: .ascii)
      ascii.write(text, x: 0, y: 0)
      #expect(ascii.rowText(0) == "a?b")
    }
  }

  @Test("a glyph to fill with is replaced as well")
  func fill() {
    var grid = Grid(size: Size(width: 2, height: 1))
    grid.fill(grid.bounds, style: .default, glyph: "\u{7}")
    #expect(grid.rowText(0) == "␇␇")
    grid.fill(grid.bounds, style: .default, glyph: "\r\n")
    #expect(grid.rowText(0) == "  ")
    grid.fill(grid.bounds, style: .default, glyph: "日")
    #expect(grid.rowText(0) == "  ")
  }

  @Test("an ASCII grid holds nothing but ASCII, column for column")
  func ascii() {
    var grid = Grid(size: Size(width: 12, height: 1), charset: .ascii)
    #expect(grid.write("é日→…─│█🇩🇪", x: 0, y: 0) == 10)
    #expect(grid.rowText(0) == "???>~-|#??  ")
    grid.write("e\u{301}x", x: 0, y: 0)
    #expect(grid.rowText(0) == "ex?>~-|#??  ")
  }

  @Test("no random text gets a control character into a grid", arguments: 0..<40)
  func random(seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    var text = ""
    for _ in 0..<400 {
      let ceiling: UInt32 = [0x100, 0x3000, 0x11_0000].randomElement(using: &random) ?? 0x100
      let value = UInt32.random(in: 0..<ceiling, using: &random)
      if let scalar = Unicode.Scalar(value) { text.unicodeScalars.append(scalar) }
    }
    var grid = Grid(size: Size(width: 500, height: 1))
    let drawn = grid.write(text, x: 0, y: 0)
    #expect(drawn == TextWidth.columns(of: text) || drawn == 500)
    for scalar in grid.rowText(0).unicodeScalars {
      #expect(scalar.value >= 0x20 && !(0x7F..<0xA0).contains(scalar.value))
      #expect(!(0x2028...0x202E).contains(scalar.value))
    }
  }
}
