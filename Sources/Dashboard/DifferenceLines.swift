import Canvas
import Domain
import Panes
import Themes

/// What changed since a board was marked, in lines.
struct DifferenceLines: Equatable, Sendable {
  /// What the lines are made from: the same again gives the same lines.
  struct Origin: Equatable, Sendable {
    var markedAt: Timestamp
    var shownAt: Timestamp
    var received: Int
    var width: Int
    var language: Language
  }

  let origin: Origin
  let title: String
  let lines: [Line]

  /// The changes from the earlier of two boards to the later one, the gravest first.
  init(_ marked: MarkedBoard, _ board: Board, _ moment: Moment, _ origin: Origin) {
    self.origin = origin
    let isBack = moment.now < marked.at
    let difference =
      isBack
      ? BoardDifference(from: board, to: marked.board)
      : BoardDifference(from: marked.board, to: board)
    let from = Format.timeOfDay(min(moment.now, marked.at), offset: moment.utcOffset)
    let to = Format.timeOfDay(max(moment.now, marked.at), offset: moment.utcOffset)
    title = origin.language.text(isBack ? .changesBefore : .changesSince, "\(from)-\(to)")
    lines =
      difference.isEmpty
      ? [Line(origin.language.text(.nothingChanged), .faint)]
      : difference.entries.flatMap { Self.lines(of: $0, width: origin.width) }
  }

  private static func lines(of entry: BoardDifference.Entry, width: Int) -> [Line] {
    let (mark, role) = mark(of: entry.severity)
    return wrapped(entry.sentence, width: width - 2).enumerated().map { number, text in
      [Run(number == 0 ? mark + " " : "  ", role, .bold), Run(text, number == 0 ? .text : .muted)]
    }
  }

  private static func mark(of severity: BoardDifference.Severity) -> (String, Role) {
    switch severity {
    case .critical: ("!", .critical)
    case .warning: ("~", .warn)
    case .plain: ("·", .info)
    case .good: ("+", .ok)
    }
  }

  /// A text in lines of whole words; a word that is too long stays whole and is cut by drawing.
  private static func wrapped(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      guard let last = lines.last,
        TextWidth.columns(of: last) + 1 + TextWidth.columns(of: String(word)) <= width
      else {
        lines.append(String(word))
        continue
      }
      lines[lines.count - 1] = last + " " + word
    }
    return lines
  }
}
