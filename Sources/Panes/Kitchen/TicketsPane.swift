import Canvas
package import Domain
package import Themes

/// The tickets that need work: the late first, then rushes, recalls and the rest by age.
package enum TicketsPane: Pane {
  package static let sources: Changes.Collections = [.tickets, .items, .orders]

  private static let columns = [
    Column("ST", width: 4), Column("#", width: 4), Column("TBL", width: 4),
    Column("SRV", width: 4, dispensable: 3), Column("C", width: 1, dispensable: 4),
    Column("AGE", width: 6, .trailing), Column("STN", width: 7, dispensable: 1),
    Column("ITEMS", width: 12, growth: 6), Column("", width: 4, .trailing, dispensable: 2),
  ]

  package static func content(of board: Board, in view: PaneView) -> PaneContent {
    let kitchen = board.kitchen
    let rows = kitchen.tickets(from: view.first, limit: view.tableRows(reserving: 0))
    return PaneContent(
      title: title(kitchen),
      table: TableContent(
        columns, rows: rows.map { row($0, kitchen, in: view) }, first: view.first,
        total: kitchen.ticketCount, selected: view.selected, emptyText: "no open ticket"))
  }

  package static func role(of age: TicketAge) -> Role {
    switch age {
    case .green: .ok
    case .yellow: .warn
    case .red: .critical
    }
  }

  private static func title(_ kitchen: Kitchen) -> [Run] {
    let ages = kitchen.ageCounts
    return [Run(" \(kitchen.ticketCount) open", .muted)]
      + Summary.count(ages.red, "late", .critical) + Summary.count(ages.yellow, "yellow", .warn)
  }

  private static func row(_ ticket: Ticket, _ kitchen: Kitchen, in view: PaneView) -> TableRow {
    let order = kitchen.order(ticket.order)
    let (word, role) = word(ticket)
    let server = order?.server.map { kitchen.server($0)?.name ?? $0 } ?? "-"
    let table = order?.table.map { kitchen.table($0)?.label ?? $0 } ?? "-"
    return TableRow(
      id: ticket.id,
      [
        .runs([Run(word, role, .bold)]), .text(order?.number ?? ticket.order, .text),
        .text(table, .text), .text(server, .muted),
        .text(ticket.course.map(String.init) ?? "-", .faint), age(ticket, in: view),
        .text(station(ticket, kitchen), ticket.station == nil ? .critical : .muted),
        .runs(items(ticket, order, kitchen)), progress(ticket, kitchen),
      ], attributes: ticket.state == .voided ? .strikethrough : [])
  }

  private static func word(_ ticket: Ticket) -> (String, Role) {
    switch ticket.state {
    case .held: return ("HOLD", .info)
    case .voided: return ("void", .special)
    case .fired, .started, .recalled, .bumped: break
    }
    if ticket.age == .red { return ("LATE", .critical) }
    if ticket.isRush { return ("RUSH", .warn) }
    if ticket.state == .recalled { return ("RCL", .special) }
    return ticket.state == .started ? ("cook", .ok) : ("new", .accent)
  }

  private static func age(_ ticket: Ticket, in view: PaneView) -> TableCell {
    guard ticket.state.isCooking, let start = ticket.clockStart else { return .text("- ", .faint) }
    let mark = ticket.age == .red ? "!" : ticket.age == .yellow ? "~" : " "
    let role: Role = ticket.age == .green ? .text : role(of: ticket.age)
    return .text(Format.clock(view.age(since: start)) + mark, role)
  }

  private static func station(_ ticket: Ticket, _ kitchen: Kitchen) -> String {
    guard let id = ticket.station else { return "(none)" }
    let others = kitchen.alsoAt(ticket).compactMap { $0.station }
    let names = ([id] + others).map { (kitchen.station($0)?.name ?? $0).prefix(3).uppercased() }
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
