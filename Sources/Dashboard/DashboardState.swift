package import Canvas
package import Panes

/// Everything about the dashboard that is not the board: where the user is.
package struct DashboardState: Equatable, Sendable {
  package var size: Size
  package var workspace: Workspace
  package var mode: Mode = .browsing
  package var isZoomed = false
  /// Whether a held board is shown instead of the live one.
  package var isPaused = false
  /// The name of the theme in use, and those it can change to.
  package var theme: String
  package var themes: [String]
  /// Whether a connection is down; told by the engine.
  package var hasLostConnection = false
  private var focusByWorkspace: [Workspace: PaneKind] = [:]
  private var cursors: [PaneKind: Cursor] = [:]
  /// How many rows a page of each pane has; told by the last drawing.
  private var pages: [PaneKind: Int] = [:]

  /// A dashboard as it opens.
  package init(size: Size, workspace: Workspace = .agents, theme: String, themes: [String]) {
    self.size = size
    self.workspace = workspace
    self.theme = theme
    self.themes = themes
  }

  /// The pane that keys act on.
  package var focus: PaneKind {
    get { focusByWorkspace[workspace] ?? workspace.firstFocus }
    set { focusByWorkspace[workspace] = newValue }
  }

  /// The cursor of a pane.
  package func cursor(of pane: PaneKind) -> Cursor { cursors[pane] ?? Cursor() }

  /// Notes where drawing found the cursor to be, and how many rows it showed.
  package mutating func note(_ cursor: Cursor, page: Int, of pane: PaneKind) {
    cursors[pane] = cursor
    pages[pane] = page
  }

  /// Follows a command and returns what the world must do for it.
  package mutating func apply(_ command: Command) -> [Effect] {
    switch command {
    case .quit: return [.quit]
    case .suspend: return [.suspend]
    case .repaint: return [.repaint]
    case .retryNow: return [.retryNow]
    case .pause:
      isPaused.toggle()
      return [isPaused ? .holdBoard : .releaseBoard]
    case .workspace(let workspace): enter(workspace)
    case .nextWorkspace: enter(after(workspace))
    case .focus(let digit): focusPane(digit)
    case .nextPane: stepFocus(1)
    case .previousPane: stepFocus(-1)
    case .moveBy(let rows): move(by: rows)
    case .page(let count): move(by: count * max(1, pages[focus] ?? 10))
    case .first: move(by: -Self.farAway)
    case .last: move(by: Self.farAway)
    case .open: open()
    case .close: close()
    case .zoom: isZoomed.toggle()
    case .help: if case .help = mode { mode = .browsing } else { mode = .help(scroll: 0) }
    case .nextTheme: changeTheme()
    }
    return []
  }

  /// Farther than any list is long; drawing brings the cursor back to the last row.
  private static let farAway = 1 << 40

  private mutating func enter(_ workspace: Workspace) {
    self.workspace = workspace
    mode = .browsing
  }

  private func after(_ workspace: Workspace) -> Workspace {
    let all = Workspace.allCases
    let index = all.firstIndex(of: workspace) ?? 0
    return all[(index + 1) % all.count]
  }

  private mutating func focusPane(_ digit: Int) {
    guard workspace.panes.indices.contains(digit - 1) else { return }
    focus = workspace.panes[digit - 1]
    mode = .browsing
  }

  private mutating func stepFocus(_ step: Int) {
    let panes = workspace.panes
    let index = panes.firstIndex(of: focus) ?? 0
    focus = panes[(index + step + panes.count) % panes.count]
  }

  private mutating func move(by rows: Int) {
    if let scroll = mode.scroll {
      mode.scroll = min(max(0, scroll + rows), Self.farAway)
      return
    }
    var cursor = cursor(of: focus)
    cursor.selected = min(max(0, cursor.selected + rows), Self.farAway)
    cursor.id = nil
    cursors[focus] = cursor
  }

  private mutating func open() {
    guard mode == .browsing, let id = cursor(of: focus).id else { return }
    mode = .detail(focus, id: id, scroll: 0)
  }

  private mutating func close() {
    if mode != .browsing { mode = .browsing } else { isZoomed = false }
  }

  private mutating func changeTheme() {
    guard let index = themes.firstIndex(of: theme) else { return }
    theme = themes[(index + 1) % themes.count]
  }
}
