import Canvas
import Domain
import Testing

@Suite("exports")
struct ExportTests {
  private func sample() -> Grid {
    var grid = Grid(size: Size(width: 5, height: 2))
    grid.write("a<b", x: 0, y: 0, style: Style(foreground: .rgb(255, 0, 0)).bold)
    grid.write("  ", x: 3, y: 1, style: Style(background: .indexed(4)))
    return grid
  }

  @Test("text has rows without trailing blanks")
  func text() {
    #expect(PlainText.render(sample()) == "a<b\n\n")
    #expect(PlainText.render(Grid(size: .zero)) == "")
  }

  @Test("ANSI text ends each row in the default style")
  func ansi() {
    #expect(
      ANSIText.render(sample())
        == "\u{1B}[;1;38;2;255;0;0ma<b\u{1B}[m\n   \u{1B}[44m  \u{1B}[m\n"
        || ANSIText.render(sample())
          == "\u{1B}[1;38;2;255;0;0ma<b\u{1B}[m\n   \u{1B}[44m  \u{1B}[m\n"
    )
    #expect(ANSIText.render(sample(), depth: .mono) == "\u{1B}[1ma<b\u{1B}[m\n     \n")
  }

  @Test("SVG places text by columns and draws frames and blocks as shapes")
  func svg() {
    var grid = sample()
    grid.write("─█", x: 0, y: 1)
    let svg = SVGImage.render(grid, title: "a & b")
    #expect(svg.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"45\" height=\"36\""))
    #expect(svg.contains("<title>a &amp; b</title>"))
    #expect(
      svg.contains(
        "<text x=\"0\" y=\"13\" textLength=\"27\" lengthAdjust=\"spacingAndGlyphs\""
          + " fill=\"#ff0000\" font-weight=\"bold\">a&lt;b</text>"))
    #expect(svg.contains("<rect x=\"27\" y=\"18\" width=\"18\" height=\"18\" fill=\"#0000ee\"/>"))
    #expect(svg.contains("d=\"M0 26h9v1h-9zM9 18h9v18h-9z\"/>"))
    #expect(!svg.contains("─") && !svg.contains("█"))
    #expect(svg.hasSuffix("</svg>\n"))
  }

  @Test("HTML has a class for each style")
  func html() {
    let html = HTMLPage.render(sample(), title: "<x>")
    #expect(html.contains("<title>&lt;x&gt;</title>"))
    #expect(html.contains(".s0{color:#ff0000;font-weight:bold}"))
    #expect(html.contains(".s1{color:#d0d0d0;background:#0000ee}"))
    #expect(
      html.contains(
        "<pre>\n<span class=\"s0\">a&lt;b</span>  \n   <span class=\"s1\">  </span>\n</pre>"))
  }

  @Test("a wide glyph keeps two columns in HTML and one text run in SVG")
  func wide() {
    var grid = Grid(size: Size(width: 3, height: 1))
    grid.write("日x", x: 0, y: 0)
    #expect(HTMLPage.render(grid).contains("<b>日</b>x"))
    #expect(SVGImage.render(grid).contains("textLength=\"18\""))
    #expect(SVGImage.render(grid).contains("<text x=\"18\""))
  }

  @Test("characters that XML has not are replaced")
  func nonCharacters() {
    var grid = Grid(size: Size(width: 1, height: 1))
    grid.write("\u{FFFF}", x: 0, y: 0)
    #expect(SVGImage.render(grid).contains(">\u{FFFD}</text>"))
  }

  @Test("every export takes every grid", arguments: 0..<30)
  func fuzz(seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    let size = Size(
      width: Int.random(in: 0...80, using: &random), height: Int.random(in: 0...20, using: &random))
    var grid = Grid(size: size)
    RandomGrids.draw(40, on: &grid, &random)
    #expect(PlainText.render(grid).filter { $0 == "\n" }.count == size.height)
    #expect(ANSIText.render(grid, depth: .ansi16).filter { $0 == "\n" }.count == size.height)
    #expect(SVGImage.render(grid, cell: Size(width: 0, height: 0)).hasSuffix("</svg>\n"))
    #expect(HTMLPage.render(grid).hasSuffix("</html>\n"))
  }
}
