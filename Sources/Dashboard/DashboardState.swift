package import Canvas
package import Domain
package import Panes

/// Everything about the dashboard that is not the board: where the user is.
package struct DashboardState: Equatable, Sendable {
  package var size: Size
  package var workspace: Workspace
  package var mode: Mode = .browsing
  package var isZoomed = false
  /// The name of the theme in use, and those it can change to.
  package var theme: String
  package var themes: [String]
  /// The language of what is not data.
  package var language: Language
  /// Whether the timeline is shown while the present is.
  package var showsTimeline = false
  /// What is highlighted in every pane, with all that belongs to it; told by the engine.
  package var traced: TraceSubject?
  /// What is to be told of the last key.
  package var notice: Notice?

  // Told by the engine:

  /// Whether a connection is down.
  package var hasLostConnection = false
  /// How the moment shown stands to the present, and where one can go from it; nil where there is no
  /// tape to go back on.
  package var time = TimeView.live
  package var reach: TimeReach?
  /// Whether a board was marked.
  package var hasMarkedBoard = false

  private var focusByWorkspace: [Workspace: PaneKind] = [:]
  private var cursors: [PaneKind: Cursor] = [:]
  /// How many rows a page of each pane has; told by the last drawing.
  private var pages: [PaneKind: Int] = [:]

  /// A dashboard as it opens.
  package init(
    size: Size, workspace: Workspace = .agents, theme: String, themes: [String],
    language: Language = .english
  ) {
    self.size = size
    self.workspace = workspace
    self.theme = theme
    self.themes = themes
    self.language = language
  }

  /// The pane that keys act on.
  package var focus: PaneKind {
    get { focusByWorkspace[workspace] ?? workspace.firstFocus }
    set { focusByWorkspace[workspace] = newValue }
  }

  /// Whether one can go to other moments, and whether one is at another than the present.
  package var canTravel: Bool { reach != nil }
  package var isAway: Bool { time != .live }
  /// Whether the timeline is in view, where there is room for it.
  package var hasTimeline: Bool { canTravel && (isAway || showsTimeline) }

  /// The cursor of a pane.
  package func cursor(of pane: PaneKind) -> Cursor { cursors[pane] ?? Cursor() }

  /// Notes where drawing found the cursor to be, and how many rows it showed.
  package mutating func note(_ cursor: Cursor, page: Int, of pane: PaneKind) {
    cursors[pane] = cursor
    pages[pane] = page
  }

  /// Follows a command and returns what the world must do for it.
  package mutating func apply(_ command: Command) -> [Effect] {
    notice = nil
    switch command {
    case .quit: return [.quit]
    case .suspend: return [.suspend]
    case .repaint: return [.repaint]
    case .retryNow: return [.retryNow]
    case .travel(let travel): return [.travel(travel)]
    case .markBoard: return [.markBoard]
    case .submit: return submit()
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
    case .nextLanguage: language = language.next
    case .timeline: showsTimeline.toggle()
    case .ask(let question): mode = .prompt(Prompt(question))
    case .type(let character): editPrompt { $0.type(character) }
    case .erase: editPrompt { $0.erase() }
    case .eraseAll: editPrompt { $0.eraseAll() }
    case .difference:
      if case .difference = mode { mode = .browsing } else { mode = .difference(scroll: 0) }
    case .trace: return trace()
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

  /// One thing at a time: what lies over the panes, the trace, the zoom.
  private mutating func close() {
    if mode != .browsing {
      mode = .browsing
    } else if traced != nil {
      traced = nil
    } else {
      isZoomed = false
    }
  }

  private mutating func changeTheme() {
    guard let index = themes.firstIndex(of: theme) else { return }
    theme = themes[(index + 1) % themes.count]
  }
}

// What is typed, and what a row is asked for.
extension DashboardState {
  private mutating func editPrompt(_ edit: (inout Prompt) -> Void) {
    guard case .prompt(var prompt) = mode else { return }
    edit(&prompt)
    mode = .prompt(prompt)
  }

  private mutating func submit() -> [Effect] {
    guard case .prompt(var prompt) = mode else { return [] }
    mode = .browsing
    switch prompt.question {
    case .label: return [.travel(.mark(prompt.answer))]
    case .time:
      guard let reach, !prompt.answer.isEmpty else { return [] }
      do throws(AnswerFault) {
        return [.travel(.go(try TimeAnswer.moment(prompt.answer, in: reach)))]
      } catch {
        prompt.fault = error.text
        mode = .prompt(prompt)
        return []
      }
    }
  }

  /// The row under the cursor is traced, or nothing any more.
  private mutating func trace() -> [Effect] {
    if traced != nil {
      traced = nil
      return []
    }
    guard let id = cursor(of: focus).id else {
      notice = Notice("no row is under the cursor", isFault: true)
      return []
    }
    return [.trace(TracedRow(pane: focus, id: id))]
  }
}
