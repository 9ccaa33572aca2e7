/// A difference for a person: the rows that differ, expected on the left and actual on the right,
/// or below each other where that would not fit. Cells look as they do in the pictures; below a row
/// `^` marks glyphs that differ and `~` styles.
package struct SideBySide {
  let comparison: GridComparison
  let width: Int
  let charset: Charset
  let colorNames: [Color: String]
  let context: Int

  /// The narrowest output, the most rows and the most notes about styles that are shown.
  package static let (minimumWidth, maximumRows, maximumNotes) = (40, 200, 12)
  /// The narrowest side beside another.
  private static let minimumSide = 24

  /// What is drawn into at least `minimumWidth` columns; rows and columns count from 1 in it.
  /// Colours are told by the names given, else by their values.
  package init(
    _ comparison: GridComparison, width: Int, charset: Charset = .unicode,
    colorNames: [Color: String] = [:], context: Int = 2
  ) {
    self.colorNames = colorNames
    self.comparison = comparison
    self.width = min(max(Self.minimumWidth, width), Grid.maximumSide)
    self.charset = charset
    self.context = context
  }

  /// The difference as pictures of the given width, a hunk each and more where columns had to be
  /// split; none where nothing differs but the size.
  package func pages() -> [Grid] {
    let rows = Array(comparison.rows.prefix(Self.maximumRows))
    var pages = DifferenceHunk.hunks(of: rows, context: context, height: comparison.size.height)
      .flatMap(pages(of:))
    let rest = comparison.rows.count - rows.count
    if rest > 0 {
      var sheet = sheet()
      let verb = rest == 1 ? "differs" : "differ"
      sheet.add(note: "\(GridComparison.counted(rest, "further row")) \(verb)")
      pages.append(sheet.grid())
    }
    return pages
  }

  /// The pages as text with a blank line between them; with SGR sequences where `depth` is given.
  package func text(depth: ColorDepth?) -> String {
    pages().map { page in
      depth.map { ANSIText.render(page, depth: $0) } ?? PlainText.render(page)
    }.joined(separator: "\n")
  }

  private func pages(of hunk: DifferenceHunk) -> [Grid] {
    let total = comparison.size.width
    let side = (width - gutter - 3) / 2
    guard total > side, side < Self.minimumSide || hunk.columns.count > side else {
      return [beside(hunk, hunk.windows(of: side, width: total)[0])]
    }
    return hunk.windows(of: width - gutter, width: total).map { stacked(hunk, $0) }
  }

  /// The columns before a row: its number, and a sign in stacked rows.
  var gutter: Int { String(comparison.size.height).utf8.count + 3 }

  func sheet() -> DifferenceSheet {
    DifferenceSheet(
      comparison: comparison, width: width, gutter: gutter, charset: charset,
      colorNames: colorNames)
  }

  private func beside(_ hunk: DifferenceHunk, _ window: Range<Int>) -> Grid {
    var sheet = sheet()
    sheet.add(title: hunk, window)
    let right = gutter + window.count + 3
    sheet.addHeads(left: gutter, right: right)
    for y in hunk.shown {
      sheet.addBeside(y, window, right: right)
      guard let row = hunk.rows.first(where: { $0.y == y }) else { continue }
      sheet.addMarks(row, window, left: gutter, right: right)
    }
    sheet.add(stylesOf: hunk)
    return sheet.grid()
  }

  private func stacked(_ hunk: DifferenceHunk, _ window: Range<Int>) -> Grid {
    var sheet = sheet()
    sheet.add(title: hunk, window)
    for y in hunk.shown {
      guard let row = hunk.rows.first(where: { $0.y == y }) else {
        sheet.addContext(y, window)
        continue
      }
      sheet.addStacked(y, window)
      sheet.addMarks(row, window, left: gutter, right: nil)
    }
    sheet.add(stylesOf: hunk)
    return sheet.grid()
  }
}
