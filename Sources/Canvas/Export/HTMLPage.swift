/// A grid as a self-contained HTML page: one `<pre>`, a class for each style.
package enum HTMLPage {
  /// `title` is the title of the page; `colors` stand for the terminal's own.
  package static func render(
    _ grid: Grid, colors: ExportColors = .dark, title: String = ""
  ) -> String {
    var classes: [Style: Int] = [:]
    var rules = ""
    var body = ""
    for y in 0..<grid.size.height {
      var current = Style.default
      for cell in grid.row(y) where !cell.isContinuation {
        if cell.style != current {
          if current != .default { body += "</span>" }
          current = cell.style
          if current != .default {
            let number = classes[current] ?? classes.count
            if classes.updateValue(number, forKey: current) == nil {
              rules += rule(number, current, colors)
            }
            body += "<span class=\"s\(number)\">"
          }
        }
        body += markup(cell, in: grid)
      }
      body += current == .default ? "\n" : "</span>\n"
    }
    return page(title: title, rules: base(colors) + rules, body: body)
  }

  /// A wide glyph gets a box of two columns, as fonts differ in the advance of such glyphs.
  private static func markup(_ cell: PackedCell, in grid: Grid) -> String {
    let text = Markup.escaped(grid.glyph(of: cell))
    return cell.width == 2 ? "<b>\(text)</b>" : text
  }

  private static func base(_ colors: ExportColors) -> String {
    """
    body{margin:0;background:\(ExportColors.hex(colors.background))}
    pre{margin:0;color:\(ExportColors.hex(colors.foreground));line-height:1.2;\
    font-family:ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,"Liberation Mono",monospace}
    b{display:inline-block;width:2ch;font-weight:inherit}

    """
  }

  private static func rule(_ number: Int, _ style: Style, _ colors: ExportColors) -> String {
    let (front, back) = colors.painted(style)
    var rule = ".s\(number){color:\(ExportColors.hex(front))"
    if back != colors.background { rule += ";background:\(ExportColors.hex(back))" }
    if style.attributes.contains(.bold) { rule += ";font-weight:bold" }
    if style.attributes.contains(.italic) { rule += ";font-style:italic" }
    let lines = [
      style.attributes.contains(.underline) ? "underline" : nil,
      style.attributes.contains(.strikethrough) ? "line-through" : nil,
    ].compactMap { $0 }
    if !lines.isEmpty { rule += ";text-decoration:" + lines.joined(separator: " ") }
    return rule + "}\n"
  }

  private static func page(title: String, rules: String, body: String) -> String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <title>\(Markup.escaped(title))</title>
    <style>
    \(rules)</style>
    </head>
    <body><pre>
    \(body)</pre></body>
    </html>

    """
  }
}
