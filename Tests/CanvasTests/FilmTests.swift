import Canvas
import Foundation
import Testing

@Suite("Films")
struct FilmTests {
  private func grid(_ text: String, size: Size = Size(width: 6, height: 2)) -> Grid {
    var grid = Grid(size: size)
    grid.write(text, x: 0, y: 0)
    return grid
  }

  @Test("an SVG film has each piece once, with the times at which it is seen")
  func svg() throws {
    var film = SVGFilm(title: "t")
    try film.add(grid("ab cd"), at: 0)
    try film.add(grid("ab xy"), at: 1_000_000)
    try film.add(grid("ab cd"), at: 3_000_000)
    let svg = film.render(end: 6_000_000)
    #expect(svg.components(separatedBy: ">ab<").count == 2)
    #expect(svg.components(separatedBy: ">cd<").count == 2)
    #expect(
      svg.contains(
        "<g><animate attributeName=\"visibility\" dur=\"8000ms\" repeatCount=\"indefinite\""
          + " calcMode=\"discrete\" keyTimes=\"0;0.1250000;0.3750000\""
          + " values=\"visible;hidden;visible\"/>"))
    #expect(
      svg.contains(
        "<g visibility=\"hidden\"><animate attributeName=\"visibility\" dur=\"8000ms\""
          + " repeatCount=\"indefinite\" calcMode=\"discrete\" keyTimes=\"0;0.1250000;0.3750000\""
          + " values=\"hidden;visible;hidden\"/>"))
    #expect(svg.hasSuffix("</svg>\n"))
  }

  @Test("an SVG film of one frame has the pieces of the still picture")
  func still() throws {
    var film = SVGFilm(title: "t")
    try film.add(grid("ab cd"), at: 0)
    #expect(film.render(end: 0) == SVGImage.render(grid("ab cd"), title: "t"))
  }

  @Test("a film that is too long says what the bound is and what to do")
  func bound() {
    var film = SVGFilm()
    let error = #expect(throws: FilmError.self) {
      for number in 0...SVGFilm.maximumFrames {
        try film.add(grid("\(number)"), at: Int64(number))
      }
    }
    #expect(
      error?.description
        == "an animated SVG has at most 1000 frames; draw fewer (--fps 1, --speed 10, a smaller"
        + " --size) or a shorter stretch (--from, --end)")
  }

  @Test("a page holds each row once, and nothing in it ends its script early")
  func page() throws {
    var film = HTMLFilm(title: "a <b>")
    try film.add(grid("</script>", size: Size(width: 12, height: 1)), at: 0)
    try film.add(grid("two", size: Size(width: 12, height: 1)), at: 2_000_000)
    try film.add(grid("</script>", size: Size(width: 12, height: 1)), at: 3_000_000)
    film.mark("a </script> \"mark\"\u{2028}", at: 1_000_000)
    let page = film.render(end: 4_000_000)
    #expect(page.components(separatedBy: "</script>").count == 3)
    #expect(page.contains("<title>a &lt;b&gt;</title>"))
    #expect(page.contains("\"frames\":[[0,0,0],\n[2000,0,1],\n[3000,0,0]]"))
    #expect(page.contains("\"marks\":[[1000,\"a \\u003c/script> \\\"mark\\\"\\u2028\"]]"))
    #expect(page.contains("{\"end\":4000,\"rows\":["))
    #expect(!page.contains("http:") && !page.contains("https:"))
  }
}
