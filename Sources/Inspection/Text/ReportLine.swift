import Canvas
import Domain

/// A line of a report for a person: a lead with a tone, and plain text after it. What a tone looks
/// like is the terminal's affair.
package struct ReportLine: Equatable, Sendable {
  /// What a line is about.
  package enum Tone: Equatable, Sendable {
    case plain, title, quiet, good, warning, bad
  }

  package let tone: Tone
  package let lead: String
  package let rest: String

  /// The whole line.
  package var text: String { lead + rest }

  init(_ tone: Tone, _ lead: String, _ rest: String = "") {
    self.tone = tone
    self.lead = lead
    self.rest = rest
  }

  /// A line without a tone.
  static func plain(_ text: String) -> ReportLine { ReportLine(.plain, text) }
  /// Space between parts.
  static let blank = ReportLine(.plain, "")
}

/// Text from elsewhere made fit for one line of a report.
enum ReportWord {
  /// At most `columns` columns of a text, nothing in it that would steer a terminal; what was cut
  /// off shows as three dots.
  static func fitted(_ text: String, _ columns: Int) -> String {
    let shown = HostileText.escaped(text)
    guard TextFit.isLonger(shown, than: columns) else { return shown }
    return TextFit.prefix(of: shown, columns: max(0, columns - 3)).text + "..."
  }

  /// A text padded on its right to a width in columns.
  static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - TextWidth.columns(of: text)))
  }

  /// A text padded on its left.
  static func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - TextWidth.columns(of: text))) + text
  }

  /// A count and its noun: `1 frame`, `3 frames`.
  static func count(_ count: some BinaryInteger, _ noun: String, _ nouns: String? = nil) -> String {
    "\(count) \(count == 1 ? noun : nouns ?? noun + "s")"
  }
}

/// Rows whose columns are aligned, each as wide as its widest cell; the last column has what is left
/// of the line.
struct ReportTable {
  struct Column {
    var title: String
    var isNumber = false

    init(_ title: String, isNumber: Bool = false) {
      self.title = title
      self.isNumber = isNumber
    }
  }

  /// The width of a report's lines.
  static let width = 80
  private static let indent = "  "
  private let columns: [Column]
  private let widths: [Int]

  /// The table of rows; a row has a cell a column.
  init(_ columns: [Column], fitting rows: [[String]]) {
    self.columns = columns
    var widths = columns.map { TextWidth.columns(of: $0.title) }
    for row in rows {
      for (index, cell) in row.enumerated() where index < widths.count {
        widths[index] = max(widths[index], TextWidth.columns(of: cell))
      }
    }
    self.widths = widths
  }

  /// The titles of the columns.
  var heading: ReportLine { ReportLine(.quiet, line(columns.map(\.title))) }

  /// A row as text.
  func line(_ cells: [String]) -> String {
    var line = Self.indent
    for (index, cell) in cells.enumerated() {
      let isLast = index == cells.count - 1
      if columns[index].isNumber {
        line += ReportWord.right(cell, widths[index])
      } else if isLast {
        line += ReportWord.fitted(cell, max(8, Self.width - TextWidth.columns(of: line)))
      } else {
        line += ReportWord.padded(cell, widths[index])
      }
      if !isLast { line += "  " }
    }
    return line
  }
}

/// Writes the moments of a report: the time of day in UTC, with the date where there is more than one.
struct ReportClock {
  private let isOneDay: Bool

  init(_ start: Timestamp, _ end: Timestamp) {
    isOneDay = CivilTime(start).date == CivilTime(end).date
  }

  func text(_ moment: Timestamp) -> String {
    let civil = CivilTime(moment)
    return isOneDay ? civil.clock : "\(civil.date) \(civil.clock)"
  }
}
