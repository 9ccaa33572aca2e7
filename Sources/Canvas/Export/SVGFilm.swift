/// A sequence of grids as one self-contained SVG picture that moves: each piece of a row is there
/// once, with the times at which it is seen (SMIL), and it begins anew at its end.
///
/// Where nothing moves, as in most converters, it shows its last frame.
package struct SVGFilm {
  /// The most frames, and the most bytes of pieces: beyond, browsers stall.
  package static let maximumFrames = 1_000, maximumBytes = 48 << 20
  /// How long the last frame stands before it begins anew.
  private static let restMicroseconds: Int64 = 2_000_000

  /// A piece of a row and the frames in which it is seen: from the first to before the second.
  private struct Piece {
    let markup: String
    let isBackground: Bool
    var seen: [Range<Int>] = []
    var since: Int?
  }

  private let colors: ExportColors
  private let cell: Size
  private let title: String
  private var pieces: [Piece] = []
  private var numbers: [String: Int] = [:]
  private var rows: [[Int]] = []
  private var times: [Int64] = []
  private var last: Grid?
  private var bytes = 0

  /// A film without frames; `cell` is the size of a cell in pixels.
  package init(
    colors: ExportColors = .dark, cell: Size = Size(width: 9, height: 18), title: String = ""
  ) {
    self.colors = colors
    self.cell = SVGImage.bounded(cell)
    self.title = title
  }

  /// Adds a frame, seen from so many microseconds after the first; all have one size.
  package mutating func add(_ grid: Grid, at microseconds: Int64) throws(FilmError) {
    guard times.count < Self.maximumFrames else {
      throw FilmError("an animated SVG", bound: "\(Self.maximumFrames) frames")
    }
    let number = times.count
    times.append(max(microseconds, times.last ?? 0))
    if rows.isEmpty { rows = Array(repeating: [], count: grid.size.height) }
    for y in 0..<min(rows.count, grid.size.height) where isChanged(y, in: grid) {
      show(row: y, of: grid, in: number)
    }
    last = grid
    guard bytes <= Self.maximumBytes else {
      throw FilmError("an animated SVG", bound: "\(Self.maximumBytes >> 20) MiB")
    }
  }

  /// The picture; its last frame stands from its own time until `end` and two seconds more.
  package func render(end: Int64) -> String {
    let size = last?.size ?? Size(width: 1, height: 1)
    var svg = SVGImage.head(of: size, colors: colors, cell: cell, title: title)
    let length = max(end, times.last ?? 0) + Self.restMicroseconds
    svg += layer(isBackground: true, length)
    svg += layer(isBackground: false, length)
    return svg + "</svg>\n"
  }

  private func isChanged(_ y: Int, in grid: Grid) -> Bool {
    guard let last, last.size == grid.size, last.clusters == grid.clusters else { return true }
    return last.row(y) != grid.row(y)
  }

  private mutating func show(row y: Int, of grid: Grid, in frame: Int) {
    var row = SVGRow(grid: grid, y: y, colors: colors, cell: cell)
    row.draw()
    let shown =
      row.backgrounds.split(separator: "\n").map { number(of: $0, isBackground: true) }
      + row.foreground.split(separator: "\n").map { number(of: $0, isBackground: false) }
    let still = Set(shown)
    for piece in rows[y] where !still.contains(piece) {
      if let since = pieces[piece].since.take() { pieces[piece].seen.append(since..<frame) }
    }
    for piece in shown where pieces[piece].since == nil { pieces[piece].since = frame }
    rows[y] = shown
  }

  private mutating func number(of markup: Substring, isBackground: Bool) -> Int {
    let key = (isBackground ? "b" : "f") + markup
    if let known = numbers[key] { return known }
    numbers[key] = pieces.count
    bytes += key.utf8.count + 64
    pieces.append(Piece(markup: String(markup), isBackground: isBackground))
    return pieces.count - 1
  }

  /// The pieces of a layer, those seen at the same times together.
  private func layer(isBackground: Bool, _ length: Int64) -> String {
    var groups: [[Range<Int>]: String] = [:]
    var order: [[Range<Int>]] = []
    for piece in pieces where piece.isBackground == isBackground {
      let seen = piece.seen + (piece.since.map { [$0..<times.count] } ?? [])
      if groups[seen] == nil { order.append(seen) }
      groups[seen, default: ""] += piece.markup + "\n"
    }
    return order.map { group($0, groups[$0] ?? "", length) }.joined()
  }

  private func group(_ seen: [Range<Int>], _ markup: String, _ length: Int64) -> String {
    if seen == [0..<times.count] { return markup }
    let isLast = seen.last?.upperBound == times.count
    var keyTimes = "0"
    var values = seen.first?.lowerBound == 0 ? "visible" : "hidden"
    for range in seen {
      if range.lowerBound > 0 {
        keyTimes += ";" + fraction(times[range.lowerBound], of: length)
        values += ";visible"
      }
      if range.upperBound < times.count {
        keyTimes += ";" + fraction(times[range.upperBound], of: length)
        values += ";hidden"
      }
    }
    return "<g\(isLast ? "" : " visibility=\"hidden\"")><animate attributeName=\"visibility\""
      + " dur=\"\(length / 1_000)ms\" repeatCount=\"indefinite\" calcMode=\"discrete\""
      + " keyTimes=\"\(keyTimes)\" values=\"\(values)\"/>\n\(markup)</g>\n"
  }

  /// A share of the whole with seven decimals, which is finer than a frame.
  private func fraction(_ time: Int64, of length: Int64) -> String {
    let scaled = Int64(Double(time) / Double(length) * 10_000_000)
    let digits = String(min(9_999_999, max(0, scaled)))
    return "0." + String(repeating: "0", count: 7 - digits.utf8.count) + digits
  }
}
