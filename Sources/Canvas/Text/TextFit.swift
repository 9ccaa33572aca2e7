/// Measuring and cutting text to a width without reading more of it than fits.
package enum TextFit {
  /// The columns of `text`, or `limit` as soon as it has that many.
  package static func columns(of text: String, atMost limit: Int) -> Int {
    let prefix = prefix(of: text, columns: limit)
    // A wide glyph that did not fit also fills the limit.
    return prefix.isWhole ? prefix.columns : limit
  }

  /// True when `text` has more than `width` columns.
  package static func isLonger(_ text: String, than width: Int) -> Bool {
    text.utf8.count > width && !prefix(of: text, columns: width).isWhole
  }

  /// The longest beginning of `text` that has at most `columns` columns.
  package static func prefix(
    of text: String, columns limit: Int
  ) -> (text: Substring, columns: Int, isWhole: Bool) {
    if let end = asciiPrefix(of: text, bytes: limit) {
      let index = text.utf8.index(text.startIndex, offsetBy: end)
      return (text[..<index], end, index == text.endIndex)
    }
    var columns = 0
    var previous: Unicode.Scalar = "\0"
    var index = text.startIndex
    while index < text.endIndex {
      let width = TextWidth.columns(of: text[index], after: &previous)
      guard columns + width <= limit else { return (text[..<index], columns, false) }
      columns += width
      index = text.index(after: index)
    }
    return (text[...], columns, true)
  }

  /// The length of the beginning of `text` if that, up to `limit` bytes and the one behind, is
  /// ASCII; nil otherwise.
  private static func asciiPrefix(of text: String, bytes limit: Int) -> Int? {
    let length = min(text.utf8.count, max(0, limit))
    let quick = text.utf8.withContiguousStorageIfAvailable { bytes in
      bytes[..<min(bytes.count, length + 1)].allSatisfy { $0 >= 0x20 && $0 < 0x7F }
    }
    return quick == true ? length : nil
  }
}
