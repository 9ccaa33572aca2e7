import Canvas
package import Domain
package import Themes

/// The tickets that need work: the late first, then rushes, recalls and the rest by age.
package enum TicketsPane: Pane {
  package static let sources: Changes.Collections = [.tickets, .items, .orders]

  private static let columns = [
    Column(.statusColumn, width: 4, arabic: 11), Column("#", width: 4),
    Column(.tableColumn, width: 4, arabic: 7),
    Column(.serverColumn, width: 4, arabic: 6, dispensable: 3),
    Column(.courseColumn, width: 1, dispensable: 4), Column(.ageColumn, width: 6, .trailing),
    Column(.stationBrief, width: 7, dispensable: 1), Column(.itemsColumn, width: 12, growth: 6),
    Column("", width: 4, .trailing, dispensable: 2),
  ]

  package static func content(of board: Board, in view: PaneView) -> PaneContent {
    let kitchen = board.kitchen
    let rows = kitchen.tickets(from: view.first, limit: view.tableRows(reserving: 0))
    return PaneContent(
      title: title(kitchen, view.language),
      table: TableContent(
        columns, rows: rows.map { row($0, kitchen, in: view) }, first: view.first,
        total: kitchen.ticketCount, selected: view.selected, emptyText: view.text(.noTicket)))
  }

  package static func role(of age: TicketAge) -> Role {
    switch age {
    case .green: .ok
    case .yellow: .warn
    case .red: .critical
    }
  }

  private static func title(_ kitchen: Kitchen, _ language: Language) -> [Run] {
    let ages = kitchen.ageCounts
    return [Run(" " + language.text(.openTicketCount, "\(kitchen.ticketCount)"), .muted)]
      + Summary.count(ages.red, language.text(.lateTickets), .critical)
      + Summary.count(ages.yellow, language.text(.yellowTickets), .warn)
  }

  private static func row(_ ticket: Ticket, _ kitchen: Kitchen, in view: PaneView) -> TableRow {
    let order = kitchen.order(ticket.order)
    let (quality, role) = word(ticket)
    let word = view.language.text(quality, .feminine)
    let server = order?.server.map { kitchen.server($0)?.name ?? $0 } ?? "-"
    let table = order?.table.map { kitchen.table($0)?.label ?? $0 } ?? "-"
    return TableRow(
      id: ticket.id,
      [
        .runs([Run(word, role, .bold)]), .text(order?.number ?? ticket.order, .text),
        .text(table, .text), .text(server, .muted),
        .text(ticket.course.map(String.init) ?? "-", .faint), age(ticket, in: view),
        .text(station(ticket, kitchen, view.language), ticket.station == nil ? .critical : .muted),
        .runs(items(ticket, order, kitchen)), progress(ticket, kitchen),
      ], attributes: ticket.state == .voided ? .strikethrough : [])
  }

  private static func word(_ ticket: Ticket) -> (Quality, Role) {
    switch ticket.state {
    case .held: return (.holdLoud, .info)
    case .voided: return (.voidBrief, .special)
    case .fired, .started, .recalled, .bumped: break
    }
    if ticket.age == .red { return (.lateLoud, .critical) }
    if ticket.isRush { return (.rushLoud, .warn) }
    if ticket.state == .recalled { return (.recallLoud, .special) }
    return ticket.state == .started ? (.cookBrief, .ok) : (.new, .accent)
  }

  private static func age(_ ticket: Ticket, in view: PaneView) -> TableCell {
    guard ticket.state.isCooking, let start = ticket.clockStart else { return .text("- ", .faint) }
    let mark = ticket.age == .red ? "!" : ticket.age == .yellow ? "~" : " "
    let role: Role = ticket.age == .green ? .text : role(of: ticket.age)
    return .text(Format.clock(view.age(since: start)) + mark, role)
  }

  private static func station(
    _ ticket: Ticket, _ kitchen: Kitchen, _ language: Language
  ) -> String {
    guard let id = ticket.station else { return language.text(.unroutedStation) }
    let others = kitchen.alsoAt(ticket).compactMap { $0.station }
    let names = ([id] + others).map { id in
      kitchen.station(id).map { language.shortName($0) } ?? id.prefix(3).uppercased()
    }
    return names.count > 2 ? "\(names[0])+\(names.count - 1)" : names.joined(separator: "+")
  }

  /// The items by quantity; what conflicts with a resident's allergies stands in reverse.
  private static func items(_ ticket: Ticket, _ order: Order?, _ kitchen: Kitchen) -> [Run] {
    var items = kitchen.items(of: ticket)
    if items.isEmpty, let order { items = kitchen.items(of: order) }
    var runs: [Run] = []
    for item in items.prefix(6) {
      if !runs.isEmpty { runs.append(Run(", ", .faint)) }
      let isDone = item.state == .ready || item.state == .voided
      let struck: Attributes = item.state == .voided ? .strikethrough : []
      runs.append(Run("\(item.quantity) \(item.name)", isDone ? .faint : .text, struck))
      if let modifier = item.modifiers.first { runs.append(Run(" \(modifier)", .info)) }
      for conflict in item.conflicts.prefix(1) {
        let seat = item.seat.map { " \($0)" } ?? ""
        runs.append(Run(" \(conflict.uppercased())\(seat) ", .critical, .reverse))
      }
    }
    if let reason = ticket.reason { runs.append(Run(" (\(reason))", .special)) }
    return runs.isEmpty ? [Run("-", .faint)] : runs
  }

  private static func progress(_ ticket: Ticket, _ kitchen: Kitchen) -> TableCell {
    let progress = kitchen.progress(of: ticket)
    guard progress.total > 0 else { return .text("", .faint) }
    let isReady = progress.ready == progress.total
    return .text("\(progress.ready)/\(progress.total)", isReady ? .ok : .muted)
  }
}
