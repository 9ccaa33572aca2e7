import Canvas
import Domain
import Panes
import Themes

/// What lies over the panes: the help, the detail of a row, or what changed.
struct Overlay: Equatable, Sendable {
  private let title: String
  private let lines: [Line]
  /// How many lines are above the view; never so many that the last page is not full.
  let scroll: Int
  private let rect: Rect
  private let language: Language

  /// The overlay of a mode; nil when the panes are to be seen.
  init?(
    _ mode: Mode, _ language: Language, board: Board, at moment: Moment, size: Size,
    difference: DifferenceLines?
  ) {
    self.language = language
    switch mode {
    case .browsing, .prompt: return nil
    case .difference:
      title = difference?.title ?? language.text(.changes)
      lines = difference?.lines ?? [Line(language.text(.noBoardMarked), .muted)]
    case .help:
      title = language.text(.keys)
      lines = Self.help(in: language)
    case .detail(let pane, let id, _):
      let detail = pane.pane.detail(
        of: id, in: board,
        for: DetailView(now: moment.now, utcOffset: moment.utcOffset, language: language))
      title = detail?.title ?? language.name(pane)
      lines = detail?.lines ?? [Line(language.text(.rowGone), .muted)]
    }
    rect = Self.rect(lines: lines.count, in: size)
    scroll = max(0, min(mode.scroll ?? 0, lines.count - (rect.height - 2)))
  }

  /// Draws it in the middle, above a dimmed dashboard.
  func draw(theme: Theme, grid: inout Grid) {
    grid.restyle(grid.bounds) { $0.attributes.insert(.dim) }
    grid.fill(rect, style: theme.style(.text, on: .panel))
    grid.drawBox(
      rect, border: grid.charset == .ascii ? .ascii : .rounded,
      style: theme.style(.accent, on: .panel))
    grid.writeTruncated(
      " \(title) ", x: rect.minX + 2, y: rect.minY, width: max(0, rect.width - 4),
      style: theme.style(.accent, on: .panel).bold)
    var room = rect.inset(dx: 2, dy: 1)
    let page = room.height
    let first = max(0, min(scroll, lines.count - page))
    if lines.count > page { drawPosition(first, page, theme, &grid) }
    for line in lines.dropFirst(first).prefix(page) {
      line.draw(in: room.cutTop(1), theme: theme, on: .panel, grid: &grid)
    }
  }

  private func drawPosition(_ first: Int, _ page: Int, _ theme: Theme, _ grid: inout Grid) {
    let range = "\(first + 1)-\(min(lines.count, first + page))"
    let text = " \(language.text(.linesOf, range, "\(lines.count)")) "
    grid.writeRight(
      text, x: rect.minX + 2, y: rect.maxY - 1, width: max(0, rect.width - 4),
      style: theme.style(.muted, on: .panel))
  }

  /// The columns a line may have.
  static func room(in size: Size) -> Int { width(in: size) - 4 }

  private static func width(in size: Size) -> Int {
    min(size.width - 2, max(60, size.width * 2 / 3))
  }

  private static func rect(lines: Int, in size: Size) -> Rect {
    let width = width(in: size)
    let height = min(size.height - 2, lines + 2)
    return Rect(
      x: (size.width - width) / 2, y: (size.height - height) / 2, width: width, height: height)
  }

  private static func help(in language: Language) -> [Line] {
    Keymap.bindings.filter { binding in
      if case .focus(let digit) = binding.command { return digit == 1 }
      return true
    }
    .map { binding in
      let isDigit = binding.command == .focus(digit: 1)
      let label = isDigit ? "1-7" : binding.label
      let padding = String(repeating: " ", count: max(1, 11 - label.count))
      return [
        Run(label + padding, .accent), Run(KeyWords.text(binding.words, in: language), .text),
      ]
    }
  }
}
