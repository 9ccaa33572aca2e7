import Canvas
import Domain
import Panes

// Keeps a pane's cursor where the user put it while rows come, go and move.

/// Builds the content of a pane around its cursor.
enum PaneComposer {
  /// The content of a pane for its interior; notes the cursor it settled on.
  static func content(
    of pane: PaneKind, in room: Rect, isFocused: Bool, _ board: Board, _ moment: Moment,
    _ state: inout DashboardState
  ) -> PaneContent {
    var cursor = state.cursor(of: pane)
    var view = PaneView(
      now: moment.now, width: room.width, height: room.height, first: cursor.first,
      selected: isFocused ? cursor.selected : nil)
    view.utcOffset = moment.utcOffset
    view.vitals = moment.vitals
    var content = pane.pane.content(of: board, in: view)
    guard let table = content.table else { return content }
    let page = page(of: content, table, in: room)
    if settle(&cursor, on: table, page: page) {
      view.first = cursor.first
      view.selected = isFocused ? cursor.selected : nil
      content = pane.pane.content(of: board, in: view)
    }
    content.table?.selected = isFocused ? cursor.selected : nil
    if let table = content.table {
      cursor.id = table.rows.dropFirst(cursor.selected - table.first).first?.id
    }
    state.note(cursor, page: page, of: pane)
    return content
  }

  private static func page(of content: PaneContent, _ table: TableContent, in room: Rect) -> Int {
    max(1, (room.height - content.above.count - content.below.count - 1) * table.blocks)
  }

  /// Brings the cursor back to a row that exists and is in view; true when other rows are.
  private static func settle(_ cursor: inout Cursor, on table: TableContent, page: Int) -> Bool {
    let before = cursor.first
    if let id = cursor.id, let place = table.rows.firstIndex(where: { $0.id == id }) {
      cursor.selected = table.first + place
    }
    cursor.selected = min(cursor.selected, max(0, table.total - 1))
    if cursor.selected < cursor.first { cursor.first = cursor.selected }
    if cursor.selected >= cursor.first + page { cursor.first = cursor.selected - page + 1 }
    cursor.first = max(0, min(cursor.first, table.total - page))
    return cursor.first != before
  }
}
