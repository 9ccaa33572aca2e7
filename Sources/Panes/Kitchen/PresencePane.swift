import Canvas
package import Domain
import Themes

/// Who and what is there; the lost first.
package enum PresencePane: Pane {
  package static let sources: Changes.Collections = .presence

  private static let columns = [
    Column(.whoColumn, width: 7, growth: 1), Column(.roleColumn, width: 6, dispensable: 1),
    Column(.seenColumn, width: 6, .trailing),
  ]

  package static func content(of board: Board, in view: PaneView) -> PaneContent {
    let kitchen = board.kitchen
    let rows = kitchen.presences(from: view.first, limit: view.tableRows(reserving: 0))
    let counts = kitchen.presenceCounts
    return PaneContent(
      title: [Run(" \(counts.online)", .ok)]
        + (counts.offline > 0
          ? [Run(" \(counts.offline) \(view.text(.lostCount))", .critical)] : []),
      table: TableContent(
        columns, rows: rows.map { row($0, in: view) }, first: view.first,
        total: kitchen.presenceCount, selected: view.selected, emptyText: view.text(.nobody)))
  }

  package static func detail(
    of id: String, in board: Board, for view: DetailView
  ) -> DetailContent? {
    let language = view.language
    let kitchen = board.kitchen
    let all = kitchen.presences(from: 0, limit: kitchen.presenceCount)
    guard let presence = all.first(where: { $0.key == id }) else { return nil }
    return DetailContent(
      title: presence.user,
      lines: [
        [
          Run(language.word(presence.state), role(presence.state), .bold),
          Run("  \(language.word(presence.basis))", .muted),
        ],
        view.fact(.key, presence.key), view.fact(.role, presence.role ?? "--"),
        view.fact(.device, presence.device ?? "--"),
        view.fact(.joined, language.ago(view.now - presence.joinedAt)),
        view.fact(.seen, language.ago(view.now - presence.lastSeen)),
      ])
  }

  private static func row(_ presence: Presence, in view: PaneView) -> TableRow {
    let role = role(presence.state)
    let age = Format.brief(view.age(since: presence.lastSeen))
    let seen: TableCell =
      switch presence.state {
      case .online: .text(age + " ", .muted)
      case .away: .text(age + "~", role)
      case .offline:
        presence.basis == .asserted
          ? .text(view.text(.left) + " ", role) : .text(view.text(.lost), role)
      }
    return TableRow(
      id: presence.key,
      [
        .runs([
          Run(presence.user, presence.state == .online ? .text : role),
          Run(presence.device.map { " \($0)" } ?? "", .faint),
        ]),
        .text(presence.role ?? "-", .muted), seen,
      ])
  }

  private static func role(_ state: PresenceState) -> Role {
    switch state {
    case .online: .ok
    case .away: .warn
    case .offline: .critical
    }
  }
}
