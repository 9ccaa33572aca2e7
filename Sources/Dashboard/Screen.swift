package import Canvas
package import Domain
import Panes
package import Themes

/// Draws the dashboard: builds each part's content, and draws only the parts whose content changed.
package struct Screen: Sendable {
  /// What a pane's content is made from besides the board; the same again, and nothing changed in
  /// the collections it draws from, gives the same content.
  private struct Origin: Equatable, Sendable {
    var rect: Rect
    var frame: PaneFrame
    var cursor: Cursor
    var second: Int64
    var traced: Set<String>
  }

  /// A part of the screen as it was last drawn.
  private struct Drawn: Sendable {
    var origin: Origin
    var content: PaneContent
  }

  private struct Bars: Equatable, Sendable {
    var header: Line
    var summary: [Line]
    var status: Line
    var footer: Line
  }

  /// What the terminal is to show.
  package private(set) var grid: Grid
  private var base: Grid
  private var theme: Theme
  private var language = Language.english
  private var layout: Layout?
  private var drawn: [PaneKind: Drawn] = [:]
  private var bars: Bars?
  private var status = StatusLine()
  private var overlay: Overlay?
  private var difference: DifferenceLines?
  /// What belongs to what is traced, and the second it was found out in.
  private var trace: (rows: Trace, second: Int64)?

  /// An empty screen. `arrangesText` is false for a terminal that puts text from right to left in
  /// order by itself.
  package init(size: Size, theme: Theme, charset: Charset, arrangesText: Bool = true) {
    base = Grid(
      size: size, style: theme.style(.text, on: .background), charset: charset,
      arrangesText: arrangesText)
    grid = base
    self.theme = theme
  }

  /// Draws a board at a moment; returns false when the screen stays as it was.
  ///
  /// `changed` are the collections that may differ from those of the last drawing: panes that draw
  /// from others are left alone until the next second.
  package mutating func draw(
    _ board: Board, changed: Changes.Collections = .all, at moment: Moment, theme: Theme,
    state: inout DashboardState
  ) -> Bool {
    // No script but the Latin one has ASCII signs.
    if base.charset == .ascii { state.language = .english }
    let isAnew = prepare(theme: theme, state: state)
    guard case .screen(let frame, let places) = layout else {
      if isAnew { drawTooSmall() }
      return isAnew
    }
    follow(state.traced, board, changed, moment)
    var isChanged = drawBars(frame, board, moment, state)
    for place in places {
      isChanged = drawPane(place, board, changed, moment, &state) || isChanged
    }
    compare(board, moment, state)
    let overlay = Overlay(
      state.mode, state.language, board: board, at: moment, size: base.size,
      difference: difference)
    if let overlay { state.mode.scroll = overlay.scroll }
    guard isAnew || isChanged || overlay != self.overlay else { return false }
    self.overlay = overlay
    grid = base
    overlay?.draw(theme: self.theme, grid: &grid)
    return true
  }

  /// Finds out what belongs to what is traced, at most once a second while time passes.
  private mutating func follow(
    _ subject: TraceSubject?, _ board: Board, _ changed: Changes.Collections, _ moment: Moment
  ) {
    guard let subject else {
      trace = nil
      return
    }
    let second = moment.now.microseconds / 1_000_000
    if let trace, trace.rows.subject == subject, trace.second == second, changed != .all { return }
    trace = (board.related(to: subject), second)
  }

  /// Compares the board with the one that was marked, while that is looked at: anew once a second,
  /// and with each event where someone steps.
  private mutating func compare(_ board: Board, _ moment: Moment, _ state: DashboardState) {
    guard state.mode.isDifference, let marked = moment.marked else {
      difference = nil
      return
    }
    let origin = DifferenceLines.Origin(
      markedAt: marked.at,
      shownAt: Timestamp(seconds: moment.now.microseconds / 1_000_000),
      received: state.isStanding ? board.stream.received : 0, width: Overlay.room(in: base.size),
      language: state.language)
    if difference?.origin == origin { return }
    difference = DifferenceLines(marked, board, moment, origin)
  }

  /// Starts over when the size, theme or layout is another; true when it did.
  private mutating func prepare(theme: Theme, state: DashboardState) -> Bool {
    let layout = Layout(
      state.workspace, focus: state.focus, isZoomed: state.isZoomed, size: state.size)
    let isSame =
      base.size == state.size && theme == self.theme && layout == self.layout
      && language == state.language
    if isSame { return false }
    self.theme = theme
    self.layout = layout
    language = state.language
    base = Grid(
      size: state.size, style: theme.style(.text, on: .background), charset: base.charset,
      direction: language.direction, arrangesText: base.arrangesText)
    grid = base
    drawn = [:]
    bars = nil
    status = StatusLine()
    return true
  }

  private mutating func drawTooSmall() {
    guard case .tooSmall(let have, let need) = layout else { return }
    let text = language.text(
      .tooSmall, "\(have.width)x\(have.height)", "\(need.width)x\(need.height)")
    base.writeCentered(
      text, x: 0, y: base.size.height / 2, width: base.size.width,
      style: theme.style(.warn, on: .background))
    grid = base
  }

  private mutating func drawBars(
    _ frame: Layout.Frame, _ board: Board, _ moment: Moment, _ state: DashboardState
  ) -> Bool {
    let new = Bars(
      header: Header.line(board, moment, state),
      summary: frame.summary.isEmpty
        ? []
        : Summary.lines(of: state.workspace, in: board, at: moment.now, in: state.language),
      status: frame.status.isEmpty
        ? .blank : status.line(board, moment, state, charset: base.charset),
      footer: Footer.line(state, frame.footer.width))
    guard new != bars else { return false }
    bars = new
    bar(new.header, in: frame.header, on: .panel)
    bar(new.footer, in: frame.footer, on: .panel)
    bar(new.status, in: frame.status, on: .background)
    var room = frame.summary
    for line in new.summary { bar(line, in: room.cutTop(1), on: .background) }
    return true
  }

  private mutating func bar(_ line: Line, in rect: Rect, on background: Role) {
    guard !rect.isEmpty else { return }
    base.fill(rect, style: theme.style(.text, on: background))
    line.draw(in: rect.inset(dx: 1, dy: 0), theme: theme, on: background, grid: &base)
  }

  private mutating func drawPane(
    _ place: Layout.Place, _ board: Board, _ changed: Changes.Collections, _ moment: Moment,
    _ state: inout DashboardState
  ) -> Bool {
    let pane = place.pane
    let isFocused = state.focus == pane
    let digit = state.workspace.panes.firstIndex(of: pane).map { $0 + 1 }
    var origin = Origin(
      rect: place.rect,
      frame: PaneFrame(
        digit: digit, name: state.language.name(pane), isFocused: isFocused,
        isStale: !board.stream.isCurrent && pane.isFedByStream),
      cursor: state.cursor(of: pane), second: moment.now.microseconds / 1_000_000,
      traced: pane.traceList.flatMap { trace?.rows[$0] } ?? [])
    let last = drawn[pane]
    if let last, last.origin == origin, changed.isDisjoint(with: pane.pane.sources) { return false }
    let content = PaneComposer.content(
      of: pane, in: PaneContent.interior(of: place.rect), isFocused: isFocused,
      traced: origin.traced, board, moment, &state)
    origin.cursor = state.cursor(of: pane)
    drawn[pane] = Drawn(origin: origin, content: content)
    guard let last, last.origin.rect == origin.rect, last.origin.frame == origin.frame else {
      content.draw(in: place.rect, frame: origin.frame, theme: theme, grid: &base)
      return true
    }
    guard last.content != content else { return false }
    content.redraw(
      over: last.content, in: place.rect, frame: origin.frame, theme: theme, grid: &base)
    return true
  }
}

extension PaneKind {
  /// Whether its data grows old when the stream stops; what is measured here does not.
  fileprivate var isFedByStream: Bool {
    switch self {
    case .connections, .throughput, .latency: false
    case .mandates, .agents, .patterns, .evidence, .tasks, .agentAlerts, .kitchenAlerts, .stations,
      .tickets, .allDay,
      .presence, .tables, .voice, .sources, .tail:
      true
    }
  }
}
