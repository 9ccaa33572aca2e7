import Canvas
package import Domain
import Themes

/// The tables: food waiting to be run first, then who waits longest.
package enum TablesPane: Pane {
  package static let sources: Changes.Collections = [.tables, .orders, .tickets, .servers]

  private static let columns = [
    Column("TBL", width: 4), Column("ST", width: 8), Column("PPL", width: 3, .trailing),
    Column("SRV", width: 5, dispensable: 2), Column("ORD", width: 3, .trailing, dispensable: 3),
    Column("WAIT", width: 6, .trailing), Column("EXPO", width: 17),
    Column("NEXT", width: 8, growth: 2, dispensable: 1),
  ]

  package static func content(of board: Board, in view: PaneView) -> PaneContent {
    let kitchen = board.kitchen
    let rows = kitchen.tables(from: view.first, limit: view.tableRows(reserving: 1))
    return PaneContent(
      title: [Run(" \(kitchen.occupied)/\(kitchen.tableCount) occupied", .muted)],
      table: TableContent(
        columns, rows: rows.map { row($0, kitchen, in: view) }, first: view.first,
        total: kitchen.tableCount, selected: view.selected, emptyText: "no table known yet"),
      below: [waiting(kitchen, at: view.now)])
  }

  package static func detail(
    of id: String, in board: Board, at now: Timestamp, utcOffset: Span
  ) -> DetailContent? {
    let kitchen = board.kitchen
    guard let table = kitchen.table(id) else { return nil }
    var lines: [Line] = [
      [
        Run(table.state.rawValue, .text, .bold), Run("  \(table.basis.rawValue)", .muted),
        Run("  for \(Format.clock(now - table.stateSince))", .muted),
      ],
      fact(
        "covers",
        "\(table.covers.map(String.init) ?? "--") of \(table.seats.map(String.init) ?? "--") seats"),
      fact("server", server(table, kitchen)), fact("section", table.section ?? "--"),
    ]
    if let other = table.mergedInto { lines.append(fact("merged", "into \(other)", .warn)) }
    lines += [.blank, Line("open orders", .faint)]
    lines += table.orders.compactMap { kitchen.order($0) }.map { order in
      Line(
        [
          Run("  \(order.number) \(order.state.rawValue) ", .text),
          Run(
            kitchen.items(of: order).map { "\($0.quantity) \($0.name)" }.joined(separator: ", "),
            .muted),
        ],
        trailing: [Run(Format.clock(now - order.createdAt), .muted)])
    }
    return DetailContent(title: "Table \(table.label)", lines: lines)
  }

  private static func row(_ table: Table, _ kitchen: Kitchen, in view: PaneView) -> TableRow {
    let (word, role) = word(table)
    let wait = table.serviceSince.map { view.age(since: $0) }
    let isSlow = table.service == .ready && (wait ?? .zero) > .minutes(2)
    return TableRow(
      id: table.id,
      [
        .text(table.label, .text), .text(word, role),
        .text((table.covers ?? table.seats).map(String.init) ?? "-", .muted),
        .text(server(table, kitchen), .muted),
        .text(table.orders.isEmpty ? "-" : "\(table.orders.count)", .muted),
        wait.map { .text(Format.clock($0) + (isSlow ? "!" : " "), isSlow ? .critical : .muted) }
          ?? .text("- ", .faint),
        expo(table, wait), .text(table.nextItem ?? "-", .faint),
      ])
  }

  private static func server(_ table: Table, _ kitchen: Kitchen) -> String {
    table.server.map { kitchen.server($0)?.name ?? $0 } ?? "-"
  }

  private static func word(_ table: Table) -> (String, Role) {
    if table.mergedInto != nil { return ("merged", .special) }
    guard table.state == .occupied else { return (table.state.rawValue, .faint) }
    switch table.service {
    case .ready: return ("READY", .ok)
    case .cooking: return ("COOKING", .warn)
    case .waiting: return ("waiting", .info)
    case .served: return ("served", .muted)
    case .none: return ("seated", .text)
    }
  }

  private static func expo(_ table: Table, _ wait: Span?) -> TableCell {
    let total = table.ticketsReady + table.ticketsOpen
    guard total + table.ticketsHeld > 0 else { return .text("-", .faint) }
    var runs = [Run("\(table.ticketsReady)/\(total) ready", .muted)]
    if table.ticketsHeld > 0 { runs.append(Run(" +\(table.ticketsHeld) held", .info)) }
    if table.service == .ready { runs.append(Run(" RUN", .ok, .bold)) }
    return .runs(runs)
  }

  private static func waiting(_ kitchen: Kitchen, at now: Timestamp) -> Line {
    var runs = [
      Run("ready, not run ", .faint),
      Run("\(kitchen.readyWaitingCount)", kitchen.readyWaitingCount > 0 ? .warn : .muted),
    ]
    if let since = kitchen.oldestReadySince {
      runs.append(Run(" oldest \(Format.clock(now - since))", .warn))
    }
    runs += [Run("  covers ", .faint), Run("\(kitchen.covers)", .text)]
    return Line(runs)
  }
}
