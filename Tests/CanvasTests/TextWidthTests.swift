import Testing

@testable import Canvas

@Suite("the width of text")
struct TextWidthTests {
  @Test(
    "columns of clusters",
    arguments: [
      ("", 0), ("a", 1), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("日", 2), ("ｱ", 1), ("Ａ", 2),
      ("한", 2), ("\u{1112}\u{1161}\u{11AB}", 2), ("─", 1), ("█", 1), ("⣿", 1), ("●", 1), ("…", 1),
      ("🚀", 2), ("⚡", 2), ("☁", 1), ("☁\u{FE0F}", 2), ("👩‍👩‍👧", 2), ("👍🏽", 2), ("🇩🇪", 2), ("🇩", 2),
      ("1\u{FE0F}\u{20E3}", 2), ("\u{301}", 0), ("\u{200B}", 0), ("\u{200D}", 0), ("α", 1),
      ("\u{E000}", 1), ("\u{1F1E9}\u{1F1EA}\u{1F1EB}", 4), ("क", 1), ("ﷺ", 1),
    ])
  func columns(text: String, expected: Int) {
    #expect(TextWidth.columns(of: text) == expected)
  }

  @Test("a grid draws as many columns as the width says", arguments: RandomGrids.texts)
  func agreement(text: String) {
    var grid = Grid(size: Size(width: 60, height: 1))
    #expect(grid.write(text, x: 0, y: 0) == TextWidth.columns(of: text))
  }

  @Test("cutting to a width never splits a cluster")
  func prefix() {
    let fit = TextFit.prefix(of: "a日e\u{301}b", columns: 2)
    #expect(fit.text == "a")
    #expect(fit.columns == 1)
    #expect(!fit.isWhole)
    #expect(TextFit.prefix(of: "a日e\u{301}b", columns: 4).text == "a日e\u{301}")
    #expect(TextFit.columns(of: "abc", atMost: 9) == 3)
    #expect(TextFit.isLonger("ab", than: 1))
    #expect(!TextFit.isLonger("日本", than: 4))
  }

  @Test("scalars taken for whole clusters are clusters to the standard library too")
  func simpleScalars() {
    var text = ""
    var count = 0
    for value in UInt32(0x20)..<0x3_0000 where SimpleScalars.contains(value) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      text.unicodeScalars.append(scalar)
      count += 1
    }
    #expect(count > 100_000)
    #expect(text.count == count)
  }
}
