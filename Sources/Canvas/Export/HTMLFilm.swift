/// A sequence of grids as one self-contained HTML page with a scrubber: it asks no network for
/// anything, and shows its last frame where scripts do not run.
package struct HTMLFilm {
  /// The most frames, and the most bytes of rows.
  package static let maximumFrames = 20_000, maximumBytes = 64 << 20

  private let title: String
  private var markup: HTMLRows
  private var rows: [String] = []
  private var numbers: [String: Int] = [:]
  private var shown: [Int] = []
  private var frames: [String] = []
  private var marks: [String] = []
  private var lastTime: Int64 = 0
  private var last: Grid?
  private var bytes = 0

  /// A film without frames.
  package init(colors: ExportColors = .dark, title: String = "") {
    self.title = title
    markup = HTMLRows(colors: colors)
  }

  /// Adds a frame, seen from so many microseconds after the first; all have one size.
  package mutating func add(_ grid: Grid, at microseconds: Int64) throws(FilmError) {
    guard frames.count < Self.maximumFrames else {
      throw FilmError("a page", bound: "\(Self.maximumFrames) frames")
    }
    if shown.isEmpty { shown = Array(repeating: -1, count: grid.size.height) }
    lastTime = max(lastTime, microseconds)
    var frame = "[\(lastTime / 1_000)"
    for y in 0..<min(shown.count, grid.size.height) {
      let number = number(of: markup.markup(y, of: grid))
      guard number != shown[y] else { continue }
      shown[y] = number
      frame += ",\(y),\(number)"
    }
    frames.append(frame + "]")
    bytes += frame.utf8.count
    last = grid
    guard bytes <= Self.maximumBytes else {
      throw FilmError("a page", bound: "\(Self.maximumBytes >> 20) MiB")
    }
  }

  /// Adds a place to jump to.
  package mutating func mark(_ label: String, at microseconds: Int64) {
    guard marks.count < 1_000 else { return }
    marks.append("[\(max(0, microseconds) / 1_000),\(Self.quoted(label))]")
  }

  /// The page; the last frame stands from its own time until `end`.
  package func render(end: Int64) -> String {
    let screen = shown.map { "<span class=\"r\">\($0 < 0 ? "" : rows[$0])</span>" }.joined()
    let film =
      "{\"end\":\(max(end, lastTime) / 1_000),\"rows\":[\(rows.map(Self.quoted).joined(separator: ","))],\n"
      + "\"frames\":[\(frames.joined(separator: ",\n"))],\n"
      + "\"marks\":[\(marks.joined(separator: ","))]}"
    return HTMLFilmPage.page(
      title: Markup.escaped(title), rules: markup.rules, screen: screen, film: film)
  }

  private mutating func number(of row: String) -> Int {
    if let known = numbers[row] { return known }
    numbers[row] = rows.count
    rows.append(row)
    bytes += row.utf8.count
    return rows.count - 1
  }

  /// A JSON string that may stand inside a script element: nothing in it ends the element.
  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "<": quoted += "\\u003c"
      case "\u{0}"..<"\u{20}", "\u{7F}", "\u{2028}", "\u{2029}":
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
