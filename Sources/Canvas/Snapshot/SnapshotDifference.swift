extension SnapshotText {
  /// What changed between two grids, row by row, for a person to read; nil when they are equal.
  /// Columns and rows count from 0.
  package static func difference(_ old: Grid, _ new: Grid) -> String? {
    if old == new { return nil }
    var text = ""
    if old.size != new.size {
      text += "size \(old.size.width)x\(old.size.height)"
      text += " is now \(new.size.width)x\(new.size.height)\n"
    }
    for y in 0..<max(old.size.height, new.size.height) {
      text += glyphChanges(old, new, y)
      text += styleChanges(old, new, y)
    }
    return text
  }

  private static func glyphChanges(_ old: Grid, _ new: Grid, _ y: Int) -> String {
    let hasOld = y < old.size.height
    let hasNew = y < new.size.height
    let before = hasOld ? glyphRow(old, y) : ""
    let after = hasNew ? glyphRow(new, y) : ""
    guard before != after else { return "" }
    var text = "row \(y)\n"
    if hasOld { text += "- \(before)\n" }
    if hasNew { text += "+ \(after)\n" }
    guard hasOld, hasNew else { return text }
    var marks = ""
    for x in 0..<max(old.size.width, new.size.width) {
      marks += old.cell(x, y).glyph == new.cell(x, y).glyph ? " " : "^"
    }
    return text + "   \(marks)\n"
  }

  private static func styleChanges(_ old: Grid, _ new: Grid, _ y: Int) -> String {
    guard y < old.size.height, y < new.size.height else { return "" }
    var text = ""
    var x = 0
    let width = min(old.size.width, new.size.width)
    while x < width {
      let (before, after) = (old.cell(x, y).style, new.cell(x, y).style)
      let start = x
      while x < width, old.cell(x, y).style == before, new.cell(x, y).style == after { x += 1 }
      guard before != after else { continue }
      text += "row \(y) columns \(start)-\(x - 1): "
      text += "\(StyleWords.text(before)) is now \(StyleWords.text(after))\n"
    }
    return text
  }
}
