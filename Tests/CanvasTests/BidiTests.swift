import Testing

@testable import Canvas

@Suite("text from right to left is put in visual order")
struct BidiTests {
  /// Capitals stand for Hebrew letters, as in the examples of UAX #9.
  private func hebrew(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          guard ("A"..."Z").contains(scalar) else { return scalar }
          return Unicode.Scalar(0x5D0 + scalar.value - 0x41) ?? "?"
        }))
  }

  private func seen(_ text: String, in line: TextDirection) -> String {
    let shown = BidiText.arranged(hebrew(text)[...], in: line)
    return String(
      String.UnicodeScalarView(
        shown.unicodeScalars.map { scalar in
          guard (0x5D0...0x5E9).contains(scalar.value) else { return scalar }
          return Unicode.Scalar(0x41 + scalar.value - 0x5D0) ?? "?"
        }))
  }

  @Test(
    "the examples of UAX #9 that need no embedding",
    arguments: [
      ("car means CAR.", TextDirection.leftToRight, "car means RAC."),
      ("car MEANS CAR.", .rightToLeft, ".RAC SNAEM car"),
      ("smith (fabrikam ARABIC) HEBREW", .rightToLeft, "WERBEH (CIBARA fabrikam) smith"),
      ("ARABIC book(s)", .rightToLeft, "book(s) CIBARA"),
      ("AB(CD[&ef]!)gh", .rightToLeft, "gh(![ef&]DC)BA"),
    ])
  func examples(_ text: String, _ line: TextDirection, _ expected: String) {
    #expect(seen(text, in: line) == expected)
  }

  @Test(
    "numbers stay from left to right, and what belongs to them with them",
    arguments: [
      ("ABC 12:30 DEF", "FED 12:30 CBA"), ("ABC -5%", "-5% CBA".reversedSign),
      ("ABC 3/15", "3/15 CBA"), ("TOTAL $1.50", "$1.50 LATOT"), ("A1 B22", "22B 1A"),
    ])
  func numbers(_ text: String, _ expected: String) {
    #expect(seen(text, in: .rightToLeft) == expected)
  }

  @Test("a number behind Arabic letters is an Arabic number: a minus does not join it")
  func arabicNumbers() {
    // Of two numbers with a minus between them, each stands by itself (W2, W4).
    #expect(
      BidiText.arranged("\u{628} 1-2", in: .rightToLeft) == "2-1 \u{FE8F}")
    #expect(BidiText.arranged("\u{628} 1.2", in: .rightToLeft) == "1.2 \u{FE8F}")
  }

  @Test("a text runs as its first letter does, in a line from right to left as any such letter")
  func direction() {
    #expect(BidiText.direction(of: hebrew("abc DEF")[...], in: .leftToRight) == .leftToRight)
    #expect(BidiText.direction(of: hebrew("DEF abc")[...], in: .leftToRight) == .rightToLeft)
    #expect(BidiText.direction(of: hebrew("abc DEF")[...], in: .rightToLeft) == .rightToLeft)
    #expect(BidiText.direction(of: "12:30", in: .rightToLeft) == .leftToRight)
    #expect(BidiText.direction(of: "", in: .rightToLeft) == .leftToRight)
  }

  @Test("Latin text is left alone in a line from right to left, but its blanks change sides")
  func latin() {
    #expect(seen(" -onion, 2 x", in: .rightToLeft) == "-onion, 2 x ")
    #expect(seen("/etc/passwd  ", in: .rightToLeft) == "  /etc/passwd")
    #expect(seen("   ", in: .rightToLeft) == "   ")
    #expect(seen(" abc", in: .leftToRight) == " abc")
  }

  @Test("a terminal that orders by itself gets the letters as they are, the blanks in their place")
  func left() {
    let text = " " + hebrew("ABC")
    #expect(
      BidiText.arranged(text[...], in: .rightToLeft, reorders: false) == hebrew("ABC") + " ")
  }

  @Test(
    "Arabic letters are joined",
    arguments: [
      // سلام: lam and alef are one sign.
      ("\u{633}\u{644}\u{627}\u{645}", "\u{FEE1}\u{FEFC}\u{FEB3}"),
      // مباشر
      ("\u{645}\u{628}\u{627}\u{634}\u{631}", "\u{FEAE}\u{FEB7}\u{FE8E}\u{FE92}\u{FEE3}"),
      // معلّق: the mark stays on its letter.
      ("\u{645}\u{639}\u{644}\u{651}\u{642}", "\u{FED6}\u{FEE0}\u{651}\u{FECC}\u{FEE3}"),
      // A lone letter, a hamza, a tatweel.
      ("\u{628}", "\u{FE8F}"), ("\u{628}\u{621}\u{628}", "\u{FE8F}\u{FE80}\u{FE8F}"),
      ("\u{628}\u{640}", "\u{640}\u{FE91}"),
      // لا alone, and الا: the alef before it joins nothing.
      ("\u{644}\u{627}", "\u{FEFB}"), ("\u{627}\u{644}\u{627}", "\u{FEFB}\u{FE8D}"),
      // A non-joiner parts two letters and is not shown itself.
      ("\u{628}\u{200C}\u{628}", "\u{FE8F}\u{FE8F}"),
      // Persian: پچ
      ("\u{67E}\u{686}", "\u{FB7B}\u{FB58}"),
    ])
  func shaping(_ text: String, _ expected: String) {
    let shown = BidiText.arranged(text[...], in: .rightToLeft)
    #expect(Array(shown.unicodeScalars) == Array(expected.unicodeScalars))
  }

  @Test("letters do not join across a blank or a Latin letter")
  func apart() {
    #expect(
      BidiText.arranged("\u{628} \u{628}", in: .rightToLeft) == "\u{FE8F} \u{FE8F}")
    #expect(
      BidiText.arranged("\u{628}a\u{628}", in: .rightToLeft) == "\u{FE8F}a\u{FE8F}")
  }

  @Test("the joiners of an emoji stay, beside Arabic letters too")
  func emoji() {
    let family = "\u{1F469}\u{200D}\u{1F373}"
    #expect(BidiText.arranged(Substring(family), in: .leftToRight) == family)
    #expect(
      BidiText.arranged(Substring("a \(family) \u{62F}"), in: .leftToRight)
        == "a \(family) \u{FEA9}")
  }

  @Test("lam and alef take one column, whatever mark is between them")
  func width() {
    #expect(TextWidth.columns(of: "\u{633}\u{644}\u{627}\u{645}") == 3)
    #expect(TextWidth.columns(of: "\u{644}\u{651}\u{627}") == 1)
    #expect(
      TextFit.prefix(of: "\u{633}\u{644}\u{627}\u{645}", columns: 2).text.unicodeScalars.count == 3)
    #expect(TextWidth.columns(of: "\u{645}\u{624}\u{642}\u{62A}\u{64B}\u{627}") == 5)
  }

  @Test("controls in hostile text order nothing")
  func controls() {
    // Right-to-left override before Latin letters, embeddings, isolates.
    #expect(BidiText.arranged("\u{202E}abc\u{202C}", in: .leftToRight) == "\u{202E}abc\u{202C}")
    #expect(BidiText.arranged("\u{2067}abc\u{2069}", in: .rightToLeft) == "\u{2067}abc\u{2069}")
    var grid = Grid(size: Size(width: 6, height: 1))
    grid.write(hebrew("A\u{202D}BC"), x: 0, y: 0)
    #expect(grid.rowText(0) == hebrew("CB\u{FFFD}A  "))
  }

  @Test("long hostile text keeps every character")
  func long() {
    let many = 60_000
    for piece in ["\u{5D0}(", "\u{5D0}(a)", "1\u{628}-", "[\u{202E}", ")\u{64B}"] {
      let text = String(repeating: piece, count: many) + "\u{5D0}"
      let shown = BidiText.arranged(text[...], in: .leftToRight)
      #expect(shown.unicodeScalars.count == text.unicodeScalars.count)
    }
  }
}

extension String {
  /// A sign before a number behind Hebrew letters is neutral: it stands at its right.
  fileprivate var reversedSign: String { replacing("-5%", with: "5%-") }
}
