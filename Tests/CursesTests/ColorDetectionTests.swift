import Canvas
import Curses
import Testing

@Suite("Colour depth is detected")
struct ColorDetectionTests {
  private func depth(
    _ environment: [String: String], colors: Int = 256, direct: Bool = false
  ) -> ColorDepth {
    .detected(environment: environment, maximumColors: colors, hasDirectColor: direct)
  }

  @Test("NO_COLOR wins over every promise of colour")
  func noColor() {
    #expect(depth(["NO_COLOR": "1", "COLORTERM": "truecolor"], direct: true) == .mono)
  }

  @Test("an empty NO_COLOR counts as unset")
  func emptyNoColor() {
    #expect(depth(["NO_COLOR": ""]) == .ansi256)
  }

  @Test("COLORTERM promises 24 bits", arguments: ["truecolor", "24bit"])
  func colorTerm(promise: String) {
    #expect(depth(["COLORTERM": promise], colors: 8) == .truecolor)
  }

  @Test("an unknown COLORTERM promises nothing", arguments: ["", "yes", "TRUECOLOR?"])
  func unknownColorTerm(promise: String) {
    #expect(depth(["COLORTERM": promise], colors: 8) == .ansi16)
  }

  @Test("terminfo's RGB is 24 bits")
  func directColor() {
    #expect(depth([:], colors: 8, direct: true) == .truecolor)
  }

  @Test(
    "terminfo's number of colours decides otherwise",
    arguments: [
      (-1, ColorDepth.mono), (0, .mono), (7, .mono), (8, .ansi16), (16, .ansi16), (88, .ansi16),
      (255, .ansi16), (256, .ansi256), (16_777_216, .ansi256), (Int.min, .mono),
    ])
  func numberOfColors(colors: Int, expected: ColorDepth) {
    #expect(depth([:], colors: colors) == expected)
  }
}
