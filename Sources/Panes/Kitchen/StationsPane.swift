import Canvas
package import Domain
import Themes

/// The stations: load, the oldest ticket, how long they take.
package enum StationsPane: Pane {
  package static let sources: Changes.Collections = [.stations, .tickets, .orders]

  private static let columns = [
    Column("STATION", width: 8, growth: 2), Column("LOAD", width: 6, growth: 2, dispensable: 3),
    Column("OPEN", width: 5, .trailing), Column("OLDEST", width: 6, .trailing),
    Column("AVG15M", width: 6, .trailing, dispensable: 2), Column("LATE%", width: 5, .trailing),
    Column("P90", width: 5, .trailing, dispensable: 4),
    Column("86", width: 6, growth: 1, dispensable: 5),
  ]

  package static func content(of board: Board, in view: PaneView) -> PaneContent {
    let kitchen = board.kitchen
    let limit = view.tableRows(reserving: 2)
    let rows = kitchen.stations.dropFirst(view.first).prefix(limit).map { row($0, in: view) }
    return PaneContent(
      title: [Run(" \(kitchen.ticketCount) tickets", .muted)],
      table: TableContent(
        columns, rows: Array(rows), first: view.first, total: kitchen.stationCount,
        selected: view.selected, emptyText: "no station known yet"),
      below: [ages(kitchen), orders(kitchen)])
  }

  package static func detail(
    of id: String, in board: Board, at now: Timestamp, utcOffset: Span
  ) -> DetailContent? {
    guard let station = board.kitchen.station(id) else { return nil }
    var lines: [Line] = [
      [
        Run(station.state.rawValue, station.state == .active ? .ok : .warn, .bold),
        Run("  \(station.basis.rawValue)", .muted),
      ],
      fact("type", station.type),
      fact("open", "\(station.open) of \(station.maxOrders.map(String.init) ?? "-- (not told)")"),
      fact("yellow", "after \(Format.clock(station.yellowAfter))"),
      fact("red", "after \(Format.clock(station.redAfter))"),
      fact("bumps", itself(station)),
      fact("15 min", "\(station.bumped.total) bumped, \(station.bumpedLate.total) late"),
      fact("sold out", station.soldOut.isEmpty ? "--" : station.soldOut.joined(separator: ", ")),
      .blank, Line("open tickets, oldest first", .faint),
    ]
    lines += board.kitchen.tickets(at: id, limit: 20).map { ticket in
      let age = ticket.clockStart.map { Format.clock(now - $0) } ?? "--"
      let items = board.kitchen.items(of: ticket).map { "\($0.quantity) \($0.name)" }
      return Line(
        [Run("\(ticket.order) ", .text), Run(items.joined(separator: ", "), .muted)],
        trailing: [Run(age, TicketsPane.role(of: ticket.age))])
    }
    return DetailContent(title: station.name, lines: lines)
  }

  private static func itself(_ station: Station) -> String {
    station.autoBumpSeconds.map { "by itself after \(Format.clock(.seconds($0)))" } ?? "by hand"
  }

  private static func row(_ station: Station, in view: PaneView) -> TableRow {
    let level: Role =
      switch station.loadLevel {
      case .ok: .ok
      case .warn: .warn
      case .critical: .critical
      case nil: .muted
      }
    let maximum = station.maxOrders.map { "/\($0)" } ?? "/--"
    return TableRow(
      id: station.id,
      [
        station.state == .active
          ? .text(station.name, .text)
          : .runs([Run(station.name, .muted), Run(" \(station.state.rawValue)", .warn)]),
        .meter(station.load, level),
        .runs([Run("\(station.open)", level), Run(maximum, .muted)]),
        oldest(station, in: view),
        station.averagePrep.map { .text(Format.clock($0), .muted) } ?? .none,
        station.lateShare.map { .text("\(Format.percent($0))", $0 > 0.1 ? .warn : .muted) }
          ?? .none,
        station.prep.percentile(0.9).map { .text(Format.clock($0), .muted) } ?? .none,
        .text(station.soldOut.isEmpty ? "-" : station.soldOut.joined(separator: ","), .faint),
      ])
  }

  private static func oldest(_ station: Station, in view: PaneView) -> TableCell {
    guard let firedAt = station.oldestFiredAt else { return .text("-", .faint) }
    let age = view.age(since: firedAt)
    let text = Format.clock(age)
    if age > station.redAfter { return .text(text + "!", .critical) }
    return age > station.yellowAfter ? .text(text + "~", .warn) : .text(text + " ", .muted)
  }

  private static func ages(_ kitchen: Kitchen) -> Line {
    let ages = kitchen.ageCounts
    return Line(
      [
        Run("age ", .faint), Run("green \(ages.green) ", .ok),
        Run("yellow \(ages.yellow) ", ages.yellow > 0 ? .warn : .muted),
        Run("red \(ages.red)", ages.red > 0 ? .critical : .muted),
      ]
        + Summary.count(kitchen.heldCount, "held", .info)
        + Summary.count(kitchen.recalledCount, "recalled", .special)
        + Summary.count(kitchen.unroutedCount, "unrouted", .critical))
  }

  private static func orders(_ kitchen: Kitchen) -> Line {
    let late = kitchen.lateShare.map { "\(Format.percent($0))%" } ?? "--"
    let average = kitchen.averageTicketTime.map { Format.clock($0) } ?? "--"
    let p90 = kitchen.ticketTimeP90.map { Format.clock($0) } ?? "--"
    return [
      Run("orders/h ", .faint), Run("\(kitchen.ordersPerHour)", .text),
      Run("  late ", .faint), Run(late, .text),
      Run("  avg ", .faint), Run(average, .text), Run(" p90 ", .faint), Run(p90, .text),
      Run(" n \(kitchen.ticketTimeCount)", .faint),
      Run("  pending ", .faint), Run("\(kitchen.pendingOrders)/50", .text),
    ]
  }
}
