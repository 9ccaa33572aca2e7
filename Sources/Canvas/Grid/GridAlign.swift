// Fitting text into a given width.
extension Grid {
  /// Draws `text` in at most `width` columns, ending in an ellipsis where it is longer, and returns
  /// the columns drawn.
  @discardableResult
  package mutating func writeTruncated(
    _ text: String, x: Int, y: Int, width: Int, style: Style = .default, clip: Rect? = nil
  ) -> Int {
    guard width > 0 else { return 0 }
    guard TextFit.isLonger(text, than: width) else {
      return write(text, x: x, y: y, style: style, clip: clip, maxWidth: width)
    }
    let fitting = TextFit.prefix(of: text, columns: width - 1)
    if direction == .rightToLeft || BidiText.isNeeded(for: text[...]) {
      // The sign stands where the text ends, whichever side that is.
      let cut = String(fitting.text) + String(Character(charset.ellipsis))
      return write(cut, x: x, y: y, style: style, clip: clip, maxWidth: width)
    }
    let drawn = write(fitting.text, x: x, y: y, style: style, clip: clip)
    let ellipsis = Character(charset.ellipsis)
    return drawn
      + write(String(ellipsis), x: x &+ fitting.columns, y: y, style: style, clip: clip)
  }

  /// Draws `text` so that it ends in the last of the `width` columns from `x`; a longer one is
  /// truncated at its end. Columns to its left are left alone.
  @discardableResult
  package mutating func writeRight(
    _ text: String, x: Int, y: Int, width: Int, style: Style = .default, clip: Rect? = nil
  ) -> Int {
    let room = max(0, width - TextFit.columns(of: text, atMost: max(0, width)))
    return writeTruncated(
      text, x: x &+ room, y: y, width: width - room, style: style, clip: clip)
  }

  /// Draws `text` in the middle of the `width` columns from `x`; a longer one is truncated.
  @discardableResult
  package mutating func writeCentered(
    _ text: String, x: Int, y: Int, width: Int, style: Style = .default, clip: Rect? = nil
  ) -> Int {
    let room = max(0, width - TextFit.columns(of: text, atMost: max(0, width))) / 2
    return writeTruncated(
      text, x: x &+ room, y: y, width: width - room, style: style, clip: clip)
  }
}
