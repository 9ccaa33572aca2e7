import Canvas
package import Domain
import Themes

/// The tables: food waiting to be run first, then who waits longest.
package enum TablesPane: Pane {
  package static let sources: Changes.Collections = [.tables, .orders, .tickets, .servers]

  private static let columns = [
    Column(.tableColumn, width: 4, arabic: 7), Column(.statusColumn, width: 8, arabic: 11),
    Column(.peopleColumn, width: 3, .trailing),
    Column(.serverColumn, width: 5, arabic: 6, dispensable: 2),
    Column(.ordersColumn, width: 3, .trailing, dispensable: 3),
    Column(.waitColumn, width: 6, .trailing), Column(.expoColumn, width: 17, arabic: 19),
    Column(.nextColumn, width: 8, growth: 2, dispensable: 1),
  ]

  package static func content(of board: Board, in view: PaneView) -> PaneContent {
    let kitchen = board.kitchen
    let rows = kitchen.tables(from: view.first, limit: view.tableRows(reserving: 1))
    return PaneContent(
      title: [
        Run(
          " "
            + view.language.text(
              .occupiedShare, "\(kitchen.occupied)/\(kitchen.tableCount)"), .muted)
      ],
      table: TableContent(
        columns, rows: rows.map { row($0, kitchen, in: view) }, first: view.first,
        total: kitchen.tableCount, selected: view.selected, emptyText: view.text(.noTable)),
      below: [waiting(kitchen, in: view)])
  }

  package static func detail(
    of id: String, in board: Board, for view: DetailView
  ) -> DetailContent? {
    let (now, language) = (view.now, view.language)
    let kitchen = board.kitchen
    guard let table = kitchen.table(id) else { return nil }
    var lines: [Line] = [
      [
        Run(language.word(table.state), .text, .bold),
        Run("  \(language.word(table.basis))", .muted),
        Run("  \(language.lasting(now - table.stateSince))", .muted),
      ],
      view.fact(
        .covers,
        language.text(
          .coversOfSeats, table.covers.map(String.init) ?? "--",
          table.seats.map(String.init) ?? "--")),
      view.fact(.server, server(table, kitchen)), view.fact(.section, table.section ?? "--"),
    ]
    if let other = table.mergedInto {
      lines.append(view.fact(.merged, language.text(.mergedInto, other), .warn))
    }
    lines += view.heading(.openOrders)
    lines += table.orders.compactMap { kitchen.order($0) }.map { order in
      Line(
        [
          Run("  \(order.number) ", .text), Run("\(language.word(order.state)) ", .text),
          Run(
            kitchen.items(of: order).map { "\($0.quantity) \($0.name)" }.joined(separator: ", "),
            .muted),
        ],
        trailing: [Run(Format.clock(now - order.createdAt), .muted)])
    }
    return DetailContent(title: language.text(.tableTitle, table.label), lines: lines)
  }

  private static func row(_ table: Table, _ kitchen: Kitchen, in view: PaneView) -> TableRow {
    let (word, role) = word(table, view.language)
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
        expo(table, view.language), .text(table.nextItem ?? "-", .faint),
      ])
  }

  private static func server(_ table: Table, _ kitchen: Kitchen) -> String {
    table.server.map { kitchen.server($0)?.name ?? $0 } ?? "-"
  }

  private static func word(_ table: Table, _ language: Language) -> (String, Role) {
    if table.mergedInto != nil { return (language.text(.mergedTable, .feminine), .special) }
    guard table.state == .occupied else { return (language.word(table.state), .faint) }
    let (quality, role): (Quality, Role) =
      switch table.service {
      case .ready: (.readyLoud, .ok)
      case .cooking: (.cookingLoud, .warn)
      case .waiting: (.waitingTable, .info)
      case .served: (.served, .muted)
      case .none: (.seated, .text)
      }
    return (language.text(quality, .feminine), role)
  }

  private static func expo(_ table: Table, _ language: Language) -> TableCell {
    let total = table.ticketsReady + table.ticketsOpen
    guard total + table.ticketsHeld > 0 else { return .text("-", .faint) }
    var runs = [
      Run(language.text(.readyShare, "\(table.ticketsReady)/\(total)"), .muted)
    ]
    if table.ticketsHeld > 0 {
      runs.append(Run(" " + language.text(.heldTickets, "\(table.ticketsHeld)"), .info))
    }
    if table.service == .ready { runs.append(Run(" " + language.text(.run), .ok, .bold)) }
    return .runs(runs)
  }

  private static func waiting(_ kitchen: Kitchen, in view: PaneView) -> Line {
    var runs = [
      Run(view.text(.readyNotRun) + " ", .faint),
      Run("\(kitchen.readyWaitingCount)", kitchen.readyWaitingCount > 0 ? .warn : .muted),
    ]
    if let since = kitchen.oldestReadySince {
      runs.append(
        Run(" " + view.language.text(.oldest, Format.clock(view.now - since)), .warn))
    }
    runs += [
      Run("  \(view.text(.covers)) ", .faint), Run("\(kitchen.covers)", .text),
    ]
    return Line(runs)
  }
}
