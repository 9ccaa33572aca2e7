/// A grid as a self-contained HTML page: one `<pre>`, a class for each style. Its text is in visual
/// order already, so the browser is told not to reorder it.
package enum HTMLPage {
  /// `title` is the title of the page, `language` the tag of what it is written in (BCP 47);
  /// `colors` stand for the terminal's own.
  package static func render(
    _ grid: Grid, colors: ExportColors = .dark, title: String = "", language: String = "en"
  ) -> String {
    var rows = HTMLRows(colors: colors)
    var body = ""
    for y in 0..<grid.size.height { body += rows.markup(y, of: grid) + "\n" }
    return page(title: title, language: language, rules: rows.rules, body: body)
  }

  private static func page(
    title: String, language: String, rules: String, body: String
  ) -> String {
    """
    <!DOCTYPE html>
    <html lang="\(Markup.escaped(language))">
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
