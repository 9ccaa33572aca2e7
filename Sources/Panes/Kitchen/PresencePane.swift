import Canvas
package import Domain
import Themes

/// Who and what is there; the lost first.
package enum PresencePane: Pane {
  package static let sources: Changes.Collections = .presence

  private static let columns = [
    Column("WHO", width: 7, growth: 1), Column("ROLE", width: 6, dispensable: 1),
    Column("SEEN", width: 6, .trailing),
  ]

  package static func content(of board: Board, in view: PaneView) -> PaneContent {
    let kitchen = board.kitchen
    let rows = kitchen.presences(from: view.first, limit: view.tableRows(reserving: 0))
    let counts = kitchen.presenceCounts
    return PaneContent(
      title: [Run(" \(counts.online)", .ok)]
        + (counts.offline > 0
          ? [Run(" \(counts.offline) lost", .critical)] : []),
      table: TableContent(
        columns, rows: rows.map { row($0, in: view) }, first: view.first,
        total: kitchen.presenceCount, selected: view.selected, emptyText: "nobody seen yet"))
  }

  package static func detail(
    of id: String, in board: Board, at now: Timestamp, utcOffset: Span
  ) -> DetailContent? {
    let kitchen = board.kitchen
    let all = kitchen.presences(from: 0, limit: kitchen.presenceCount)
    guard let presence = all.first(where: { $0.key == id }) else { return nil }
    return DetailContent(
      title: presence.user,
      lines: [
        [
          Run("\(presence.state)", role(presence.state), .bold),
          Run("  \(presence.basis.rawValue)", .muted),
        ],
        fact("key", presence.key), fact("role", presence.role ?? "--"),
        fact("device", presence.device ?? "--"),
        fact("joined", "\(Format.clock(now - presence.joinedAt)) ago"),
        fact("seen", "\(Format.clock(now - presence.lastSeen)) ago"),
      ])
  }

  private static func row(_ presence: Presence, in view: PaneView) -> TableRow {
    let role = role(presence.state)
    let age = Format.brief(view.age(since: presence.lastSeen))
    let seen: TableCell =
      switch presence.state {
      case .online: .text(age + " ", .muted)
      case .away: .text(age + "~", role)
      case .offline: .text(presence.basis == .asserted ? "left " : "LOST!", role)
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
