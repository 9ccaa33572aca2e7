import Canvas
import Domain
import Panes

// Keeps a pane's cursor where the user put it while rows come, go and move.

/// Builds the content of a pane around its cursor.
enum PaneComposer {
  /// The content of a pane for its interior, with the rows of a trace marked; notes the cursor it
  /// settled on.
  static func content(
    of pane: PaneKind, in room: Rect, isFocused: Bool, traced: Set<String>, _ board: Board,
    _ moment: Moment, _ state: inout DashboardState
  ) -> PaneContent {
    var cursor = state.cursor(of: pane)
    var view = PaneView(
      now: moment.now, width: room.width, height: room.height, first: cursor.first,
      selected: isFocused ? cursor.selected : nil)
    view.utcOffset = moment.utcOffset
    view.vitals = moment.vitals
    view.language = state.language
    var content = pane.pane.content(of: board, in: view)
    guard let table = content.table else { return content }
    let page = page(of: content, table, in: room)
    follow(&cursor, on: table, of: pane, board, view)
    if settle(&cursor, on: table, page: page) {
      view.first = cursor.first
      view.selected = isFocused ? cursor.selected : nil
      content = pane.pane.content(of: board, in: view)
    }
    content.table?.selected = isFocused ? cursor.selected : nil
    content.table?.language = state.language
    if !traced.isEmpty { content.mark(traced) }
    if let table = content.table {
      cursor.id = table.rows.dropFirst(cursor.selected - table.first).first?.id
    }
    state.note(cursor, page: page, of: pane)
    return content
  }

  private static func page(of content: PaneContent, _ table: TableContent, in room: Rect) -> Int {
    max(1, (room.height - content.above.count - content.below.count - 1) * table.blocks)
  }

  /// How far beyond the rows in view a row that moved is looked for.
  private static let reach = 256

  /// Moves the cursor with its row. On the first row it stays there instead: whoever is at the
  /// top of a list watches what comes to the top.
  private static func follow(
    _ cursor: inout Cursor, on table: TableContent, of pane: PaneKind, _ board: Board,
    _ view: PaneView
  ) {
    guard let id = cursor.id, cursor.selected > 0 else { return }
    if let place = table.rows.firstIndex(where: { $0.id == id }) {
      cursor.selected = table.first + place
      return
    }
    var wide = view
    wide.first = max(0, view.first - reach)
    wide.height = view.height + 2 * reach
    let rows = pane.pane.content(of: board, in: wide).table?.rows ?? []
    if let place = rows.firstIndex(where: { $0.id == id }) { cursor.selected = wide.first + place }
  }

  /// Brings the cursor back to a row that exists and is in view; true when other rows are.
  private static func settle(_ cursor: inout Cursor, on table: TableContent, page: Int) -> Bool {
    let before = cursor.first
    cursor.selected = min(cursor.selected, max(0, table.total - 1))
    if cursor.selected < cursor.first { cursor.first = cursor.selected }
    if cursor.selected >= cursor.first + page { cursor.first = cursor.selected - page + 1 }
    cursor.first = max(0, min(cursor.first, table.total - page))
    return cursor.first != before
  }
}

extension PaneContent {
  /// Marks the rows of a trace.
  fileprivate mutating func mark(_ traced: Set<String>) {
    guard var table else { return }
    for row in table.rows.indices { table.rows[row].isTraced = traced.contains(table.rows[row].id) }
    self.table = table
  }
}
