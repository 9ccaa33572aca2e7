import Canvas
import Testing

@Suite("colours")
struct ColorTests {
  @Test(
    "written colours are read",
    arguments: [
      ("#7aa2f7", Color.rgb(0x7A, 0xA2, 0xF7)), ("#FFF", .rgb(255, 255, 255)), ("Red", .indexed(1)),
      ("bright-red", .indexed(9)), ("brightwhite", .indexed(15)), ("grey", .indexed(8)),
      ("default", .terminalDefault), ("208", .indexed(208)), ("black", .indexed(0)),
    ])
  func parsing(text: String, color: Color) {
    #expect(Color(text) == color)
    #expect(Color(color.text) == color)
  }

  @Test(
    "anything else is refused",
    arguments: [
      "", "#", "#12", "#1234", "#12345g", "#1234567", "256", "-1", "redd", "bright", "#日本語",
    ])
  func refused(text: String) {
    #expect(Color(text) == nil)
  }

  @Test("colours are reduced to the nearest an output has")
  func reduction() {
    #expect(Color.rgb(255, 0, 0).reduced(to: .ansi256) == .indexed(196))
    #expect(Color.rgb(128, 128, 128).reduced(to: .ansi256) == .indexed(244))
    #expect(Color.rgb(250, 5, 5).reduced(to: .ansi16) == .indexed(9))
    #expect(Color.indexed(196).reduced(to: .ansi16) == .indexed(9))
    #expect(Color.indexed(3).reduced(to: .ansi16) == .indexed(3))
    #expect(Color.rgb(1, 2, 3).reduced(to: .mono) == .terminalDefault)
    #expect(Color.rgb(1, 2, 3).reduced(to: .truecolor) == .rgb(1, 2, 3))
    #expect(Style(foreground: .indexed(1)).bold.reduced(to: .mono) == Style.default.bold)
  }

  @Test("the 256-colour palette is reduced to itself or an equal colour")
  func palette() {
    for index in UInt8(16)...255 {
      guard case .rgb(let red, let green, let blue)? = Color.indexed(index).asRGB else { continue }
      let nearest = Color.rgb(red, green, blue).reduced(to: .ansi256)
      #expect(nearest.asRGB == .rgb(red, green, blue))
    }
  }

  @Test("blending and contrast follow their formulas")
  func mixing() {
    #expect(
      Color.rgb(0, 0, 0).blended(with: .rgb(255, 255, 255), fraction: 0.5) == .rgb(128, 128, 128))
    #expect(Color.rgb(1, 2, 3).blended(with: .rgb(9, 9, 9), fraction: .nan) == .rgb(1, 2, 3))
    #expect(Color.terminalDefault.blended(with: .rgb(9, 9, 9), fraction: 0.6) == .rgb(9, 9, 9))
    #expect(Color.rgb(0, 0, 0).contrastRatio(with: .rgb(255, 255, 255)) == 21)
    #expect(Color.terminalDefault.contrastRatio(with: .rgb(0, 0, 0)) == nil)
    // WCAG's own example of a grey on white just below 4.5.
    let grey = Color.rgb(0x77, 0x77, 0x77).contrastRatio(with: .rgb(255, 255, 255)) ?? 0
    #expect(abs(grey - 4.478) < 0.001)
  }

  @Test("a gradient passes through its stops")
  func gradient() {
    let gradient = Gradient([.rgb(0, 0, 0), .rgb(100, 0, 0), .rgb(100, 200, 0)])
    #expect(gradient.color(at: -1) == .rgb(0, 0, 0))
    #expect(gradient.color(at: 0.25) == .rgb(50, 0, 0))
    #expect(gradient.color(at: 0.5) == .rgb(100, 0, 0))
    #expect(gradient.color(at: 0.75) == .rgb(100, 100, 0))
    #expect(gradient.color(at: 7) == .rgb(100, 200, 0))
    #expect(gradient.color(at: .nan) == .rgb(0, 0, 0))
    #expect(Gradient([]).color(at: 0.5) == .terminalDefault)
  }
}

extension Color {
  /// The colour as red, green, blue; a blend with itself does the conversion.
  fileprivate var asRGB: Color? { blended(with: self, fraction: 0) }
}
