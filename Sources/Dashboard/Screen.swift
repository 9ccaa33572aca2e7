package import Canvas
package import Domain
package import Panes
package import Themes

/// What a drawing shows besides the board: the moment, and what was measured of Podium.
package struct Moment: Equatable, Sendable {
  /// The moment shown.
  package var now: Timestamp
  /// How far the clock on the wall is east of UTC.
  package var utcOffset: Span
  package var vitals: Vitals
  /// How a held board differs from the live one, when one is shown.
  package var held: Held?

  /// How far a held board lags.
  package struct Held: Equatable, Sendable {
    package var since: Timestamp
    /// The live moment, and the events taken in since.
    package var now: Timestamp
    package var events: Int

    /// A lag.
    package init(since: Timestamp, now: Timestamp, events: Int) {
      self.since = since
      self.now = now
      self.events = events
    }
  }

  /// A moment.
  package init(now: Timestamp, utcOffset: Span = .zero, vitals: Vitals = Vitals()) {
    self.now = now
    self.utcOffset = utcOffset
    self.vitals = vitals
  }
}

/// Draws the dashboard: builds each part's content, and draws only the parts whose content changed.
package struct Screen: Sendable {
  /// A part of the screen as it was last drawn.
  private struct Drawn: Equatable, Sendable {
    var rect: Rect
    var frame: PaneFrame
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
  private var layout: Layout?
  private var drawn: [PaneKind: Drawn] = [:]
  private var bars: Bars?
  private var overlay: Overlay?

  /// An empty screen.
  package init(size: Size, theme: Theme, charset: Charset) {
    base = Grid(size: size, style: theme.style(.text, on: .background), charset: charset)
    grid = base
    self.theme = theme
  }

  /// Draws a board at a moment; returns false when the screen stays as it was.
  package mutating func draw(
    _ board: Board, at moment: Moment, theme: Theme, state: inout DashboardState
  ) -> Bool {
    let isAnew = prepare(theme: theme, state: state)
    guard case .screen(let frame, let places) = layout else {
      if isAnew { drawTooSmall() }
      return isAnew
    }
    var isChanged = drawBars(frame, board, moment, state)
    for place in places {
      isChanged = drawPane(place, board, moment, &state) || isChanged
    }
    let overlay = Overlay(state.mode, board: board, at: moment, size: base.size)
    guard isAnew || isChanged || overlay != self.overlay else { return false }
    self.overlay = overlay
    grid = base
    overlay?.draw(theme: self.theme, grid: &grid)
    return true
  }

  /// Starts over when the size, theme or layout is another; true when it did.
  private mutating func prepare(theme: Theme, state: DashboardState) -> Bool {
    let layout = Layout(
      state.workspace, focus: state.focus, isZoomed: state.isZoomed, size: state.size)
    let isSame = base.size == state.size && theme == self.theme && layout == self.layout
    if isSame { return false }
    self.theme = theme
    self.layout = layout
    base = Grid(
      size: state.size, style: theme.style(.text, on: .background), charset: base.charset)
    grid = base
    drawn = [:]
    bars = nil
    return true
  }

  private mutating func drawTooSmall() {
    guard case .tooSmall(let have, let need) = layout else { return }
    let text = "too small: have \(have.width)x\(have.height), need \(need.width)x\(need.height)"
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
        ? [] : Summary.lines(of: state.workspace, in: board, at: moment.now),
      status: Line(TailPane.newest(in: board, utcOffset: moment.utcOffset)),
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
    _ place: Layout.Place, _ board: Board, _ moment: Moment, _ state: inout DashboardState
  ) -> Bool {
    let isFocused = state.focus == place.pane
    let content = PaneComposer.content(
      of: place.pane, in: PaneContent.interior(of: place.rect), isFocused: isFocused, board,
      moment, &state)
    let digit = state.workspace.panes.firstIndex(of: place.pane).map { $0 + 1 }
    let new = Drawn(
      rect: place.rect,
      frame: PaneFrame(
        digit: digit, name: place.pane.title, isFocused: isFocused,
        isStale: !board.stream.isCurrent && place.pane.isFedByStream),
      content: content)
    guard new != drawn[place.pane] else { return false }
    drawn[place.pane] = new
    content.draw(in: place.rect, frame: new.frame, theme: theme, grid: &base)
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
