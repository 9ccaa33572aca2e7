import Canvas
import Domain
import Testing

@Suite("the frame encoder")
struct FrameEncoderTests {
  private func encoded(
    _ old: Grid?, _ new: Grid, depth: ColorDepth = .truecolor,
    features: FrameEncoder.Features = .init()
  ) -> String {
    var encoder = FrameEncoder(depth: depth, features: features)
    var bytes: [UInt8] = []
    encoder.encode(from: old, to: new, into: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test("an unknown screen is painted row by row without being cleared")
  func repaint() {
    var grid = Grid(size: Size(width: 12, height: 3))
    grid.write("ok", x: 0, y: 1)
    #expect(encoded(nil, grid) == "\u{1B}[H\u{1B}[m\u{1B}[K\r\nok\u{1B}[K\r\n\u{1B}[K")
  }

  @Test("nothing is written for equal frames, not even the synchronized wrap")
  func unchanged() {
    var grid = Grid(size: Size(width: 80, height: 24))
    grid.write("load 0.42", x: 3, y: 3, style: .default.bold)
    var copy = Grid(size: Size(width: 80, height: 24))
    copy.write("load 0.42", x: 3, y: 3, style: .default.bold)
    #expect(encoded(grid, copy, features: .init(synchronizesOutput: true)) == "")
  }

  @Test("a frame is wrapped in synchronized output when the terminal has it")
  func synchronized() {
    let old = Grid(size: Size(width: 4, height: 1))
    var new = old
    new.write("x", x: 0, y: 0)
    let text = encoded(old, new, features: .init(synchronizesOutput: true))
    #expect(text == "\u{1B}[?2026h\u{1B}[H\u{1B}[mx\u{1B}[?2026l")
  }

  @Test("a short gap is drawn again, a long one is jumped")
  func gaps() {
    var old = Grid(size: Size(width: 40, height: 1))
    old.write("a12b45678901234c", x: 0, y: 0)
    var new = old
    new.write("A", x: 0, y: 0)
    new.write("B", x: 3, y: 0)
    new.write("C", x: 15, y: 0)
    #expect(encoded(old, new) == "\u{1B}[H\u{1B}[mA12B\u{1B}[11CC")
  }

  @Test("only what differs of a style is sent")
  func styles() {
    let old = Grid(size: Size(width: 4, height: 1))
    var new = old
    let red = Style(foreground: .indexed(1))
    new.write("a", x: 0, y: 0, style: red.bold)
    new.write("b", x: 1, y: 0, style: red)
    new.write("c", x: 2, y: 0, style: red.over(.rgb(1, 2, 3)))
    new.write("d", x: 3, y: 0)
    #expect(
      encoded(old, new)
        == "\u{1B}[H\u{1B}[;1;31ma\u{1B}[22mb\u{1B}[48;2;1;2;3mc\u{1B}[md")
  }

  @Test("cells far apart are grouped when that saves changes of style")
  func grouping() {
    let old = Grid(size: Size(width: 30, height: 1))
    var new = old
    let (red, blue) = (Style(foreground: .rgb(255, 0, 0)), Style(foreground: .rgb(0, 0, 255)))
    for (x, style) in [(0, red), (9, blue), (18, red), (27, blue)] {
      new.write("x", x: x, y: 0, style: style)
    }
    #expect(
      encoded(old, new)
        == "\u{1B}[H\u{1B}[;38;2;255;0;0mx\u{1B}[17Cx\u{1B}[10D\u{1B}[38;2;0;0;255mx\u{1B}[17Cx")
  }

  @Test("without colours the attributes stay")
  func mono() {
    let old = Grid(size: Size(width: 2, height: 1))
    var new = old
    new.write("a", x: 0, y: 0, style: Style(foreground: .indexed(1)).reverse)
    #expect(encoded(old, new, depth: .mono) == "\u{1B}[H\u{1B}[;7ma")
  }

  @Test("a cluster is drawn on blanks and the cursor then placed absolutely")
  func cluster() {
    let old = Grid(size: Size(width: 6, height: 1))
    var new = old
    new.write("🇩🇪x", x: 0, y: 0)
    #expect(
      encoded(old, new)
        == "\u{1B}[?7l\u{1B}[H\u{1B}[m  \u{1B}[H🇩🇪\u{1B}[;3Hx   \u{1B}[?7h")
  }

  @Test("repetition is used only when the terminal knows it")
  func repetition() {
    let old = Grid(size: Size(width: 30, height: 1))
    var new = old
    new.horizontalLine(x: 0, y: 0, length: 20, style: .default)
    let repeats = FrameEncoder.Features(repeatsCharacters: true)
    #expect(encoded(old, new, features: repeats) == "\u{1B}[H\u{1B}[m─\u{1B}[19b")
    #expect(encoded(old, new).filter { $0 == "─" }.count == 20)
  }

  @Test("an empty screen and another size are no trouble")
  func sizes() {
    #expect(encoded(nil, Grid(size: .zero)) == "")
    let small = Grid(size: Size(width: 1, height: 1))
    #expect(encoded(Grid(size: .zero), small) == "\u{1B}[H\u{1B}[m ")
  }

  @Test("whatever two frames show, the bytes turn the one into the other", arguments: 0..<300)
  func randomPairs(seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    let size = Size(
      width: Int.random(in: 1...60, using: &random), height: Int.random(in: 1...12, using: &random))
    let features = FrameEncoder.Features(
      erasesWithBackground: Bool.random(using: &random),
      repeatsCharacters: Bool.random(using: &random),
      synchronizesOutput: Bool.random(using: &random))
    let depth = ColorDepth.allCases.randomElement(using: &random) ?? .truecolor
    var terminal = TerminalEmulator(
      size: size, erasesWithBackground: features.erasesWithBackground,
      newLines: Bool.random(using: &random))
    var encoder = FrameEncoder(depth: depth, features: features)
    var shown: Grid?
    var grid = Grid(size: size)
    for frame in 0..<6 {
      if frame == 3 { grid = Grid(size: size) }
      RandomGrids.draw(Int.random(in: 0..<20, using: &random), on: &grid, &random)
      var bytes: [UInt8] = []
      encoder.encode(from: shown, to: grid, into: &bytes)
      terminal.receive(bytes)
      shown = grid
      #expect(terminal.faults == [])
      #expect(differences(terminal, grid, depth) == [])
    }
  }

  /// The cells where the terminal does not look as the grid says.
  private func differences(
    _ terminal: TerminalEmulator, _ grid: Grid, _ depth: ColorDepth
  ) -> [String] {
    var found: [String] = []
    for y in 0..<grid.size.height {
      for x in 0..<grid.size.width {
        let cell = grid.cell(x, y)
        let wanted = TerminalEmulator.Look(glyph: cell.glyph, style: cell.style.reduced(to: depth))
        let seen = terminal.screen[y * grid.size.width + x]
        guard wanted.visible != seen.visible else { continue }
        found.append("(\(x), \(y)) shows \(seen), not \(wanted)")
      }
    }
    return found
  }
}
