import Canvas
import Domain
import Testing

@Suite("goldens")
struct SnapshotTextTests {
  private static let golden = """
    podium-snapshot 2 6x2
    case lamp.6x2
    glyphs
    │ok 日 │
    │      │
    styles
    │GG.UU.│
    │JJ....│
    legend
    J bg=4 underline
    U fg=#7aa2f7 bg=#1a1b26
    G fg=2 bold
    end

    """

  private static let versionOne = """
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

  private func sample() -> Golden {
    var grid = Grid(size: Size(width: 6, height: 2))
    grid.write("ok", x: 0, y: 0, style: Style(foreground: .indexed(2)).bold)
    grid.write(
      "日", x: 3, y: 0,
      style: Style(foreground: .rgb(0x7A, 0xA2, 0xF7), background: .rgb(0x1A, 0x1B, 0x26)))
    grid.write("  ", x: 0, y: 1, style: Style(background: .indexed(4)).underline)
    return Golden(name: "lamp.6x2", grid: grid)
  }

  private func survives(_ grid: Grid) throws -> Bool {
    let golden = Golden(name: "", grid: grid)
    return try SnapshotText.parse(SnapshotText.render(golden)) == golden
  }

  @Test("a grid is written as its case, glyphs, style letters and a legend")
  func render() {
    #expect(SnapshotText.render(sample()) == Self.golden)
  }

  @Test("what was written is read, also with CR LF line ends and in version 1")
  func parse() throws {
    #expect(try SnapshotText.parse(Self.golden) == sample())
    let lines = Self.golden.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(try SnapshotText.parse(lines.joined(separator: "\r\n")) == sample())
    #expect(try SnapshotText.parse(Self.versionOne).grid == sample().grid)
    #expect(try SnapshotText.parse(Self.versionOne).name == "")
  }

  @Test("a new style changes its own lines and no others")
  func stableLetters() {
    var changed = sample()
    changed.grid.write("!", x: 5, y: 1, style: .default.bold)
    changed.grid.write("!", x: 5, y: 0, style: .default.bold)
    let lines = SnapshotText.render(changed).split(separator: "\n")
    #expect(lines.contains("│GG.UUc│"))
    #expect(lines.contains("│JJ...c│"))
    #expect(
      lines.suffix(5) == [
        "J bg=4 underline", "c bold", "U fg=#7aa2f7 bg=#1a1b26", "G fg=2 bold", "end",
      ] as [Substring])
  }

  @Test("a name with line feeds stays one line")
  func hostileName() throws {
    let text = SnapshotText.render(Golden(name: "a\nb\u{1B}[1m", grid: Grid(size: .zero)))
    #expect(
      text == "podium-snapshot 2 0x0\ncase a\\u000ab\\u001b[1m\nglyphs\nstyles\nlegend\nend\n")
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
    let golden = Golden(name: "seed \(seed)", grid: grid)
    let text = SnapshotText.render(golden)
    #expect(try SnapshotText.parse(text) == golden)
    #expect(SnapshotText.render(try SnapshotText.parse(text)) == text)
  }

  @Test("neighbouring glyphs that would join stay apart")
  func neighbours() throws {
    var grid = Grid(size: Size(width: 6, height: 1))
    for (x, flag) in ["🇩", "🇪", "🇫"].enumerated() { grid.write(flag, x: 2 * x, y: 0) }
    #expect(try survives(grid))
    var prepended = Grid(size: Size(width: 2, height: 1))
    prepended.write("\u{110BD}", x: 0, y: 0)
    prepended.write("\u{110BD}", x: 1, y: 0)
    #expect(try survives(prepended))
  }

  @Test("more styles than letters of the alphabet")
  func manyStyles() throws {
    var grid = Grid(size: Size(width: 60, height: 40))
    for y in 0..<40 {
      for x in 0..<60 {
        grid.put("x", x: x, y: y, style: Style(foreground: .rgb(UInt8(x), UInt8(y), 0)))
      }
    }
    #expect(try survives(grid))
  }

  @Test(
    "a broken golden is refused with the line",
    arguments: [
      ("", 1), ("podium-snapshot 3 1x1", 1), ("podium-snapshot 0 1x1", 1),
      ("podium-snapshot x 1x1", 1), ("podium-snapshot 1 1", 1), ("podium-snapshot 1", 1),
      ("podium-snapshot 1 -1x1", 1), ("podium-snapshot 1 99999x1", 1),
      ("podium-snapshot 2 4096x4096\ncase x\nglyphs\n", 1),
      ("podium-snapshot 1 1x1", 2), ("podium-snapshot 1 1x1\nglyphs\nx", 3),
      ("podium-snapshot 1 1x1\nglyphs\n│xx│", 3), ("podium-snapshot 1 2x1\nglyphs\n│x│", 3),
      ("podium-snapshot 1 1x1\nglyphs\n│x│\nstyle", 4),
      ("podium-snapshot 1 1x1\nglyphs\n│x│\nstyles\n│..│", 5),
      ("podium-snapshot 1 1x1\nglyphs\n│x│\nstyles\n│a│\nlegend", 5),
      ("podium-snapshot 1 1x1\nglyphs\n│x│\nstyles\n│a│\nlegend\na fg=nope", 7),
      ("podium-snapshot 1 1x1\nglyphs\n│x│\nstyles\n│a│\nlegend\na bold\na dim", 8),
      ("podium-snapshot 1 2x1\nglyphs\n│日│\nstyles\n│a.│\nlegend\na bold", 5),
      ("podium-snapshot 2 1x1\nglyphs\n│x│\nstyles\n│.│\nlegend\nend", 2),
      ("podium-snapshot 2 1x1\ncase x\nglyphs\n│x│\nstyles\n│.│\nlegend\n", 8),
      ("podium-snapshot 2 1x1\ncase x\nglyphs\n│x│\nstyles\n│.│\nlegend\nend\nx", 9),
      ("podium-snapshot 2 1x1\ncase x\nglyphs\n<<<<<<< HEAD\n│x│", 4),
    ])
  func broken(text: String, line: Int) {
    let error = #expect(throws: SnapshotTextError.self) { try SnapshotText.parse(text) }
    #expect(error?.line == line)
  }

  @Test("a golden cut off anywhere is refused")
  func cutOff() {
    let bytes = Array(Self.golden.utf8)
    for length in 0..<bytes.count - 1 {
      #expect(throws: SnapshotTextError.self) { try SnapshotText.read(Array(bytes[..<length])) }
    }
  }

  @Test(
    "what is no golden is refused in words that help",
    arguments: [
      ([0x1F, 0x8B, 0x08, 0xFF, 0x00], "line 1: this is no golden: expected"),
      (Array("podium-snapshot 9 80x24\n".utf8), "line 1: format version 9 is newer than the 2"),
      (
        Array("podium-snapshot 2 1x1\ncase x\nglyphs\n│".utf8) + [0xFF, 0x0A],
        "line 4: the line is not UTF-8"
      ),
      (
        Array("podium-snapshot 2 2x2\ncase x\nglyphs\n│xx│\n".utf8),
        "line 5: the golden is cut off here: expected row 2 of 2"
      ),
    ] as [([UInt8], String)])
  func words(bytes: [UInt8], start: String) {
    let error = #expect(throws: SnapshotTextError.self) { try SnapshotText.read(bytes) }
    #expect(error?.description.hasPrefix(start) == true, "\(error?.description ?? "")")
  }

  @Test("noise never crashes the reader", arguments: 0..<200)
  func noise(seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    var bytes = Array(Self.golden.utf8)
    for _ in 0..<Int.random(in: 1...6, using: &random) {
      let index = Int.random(in: bytes.indices, using: &random)
      bytes[index] = UInt8.random(in: 0...255, using: &random)
    }
    _ = try? SnapshotText.read(bytes)
  }
}
