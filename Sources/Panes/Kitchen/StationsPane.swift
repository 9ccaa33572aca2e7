import Canvas
package import Domain
import Themes

/// The stations: load, the oldest ticket, how long they take.
package enum StationsPane: Pane {
  package static let sources: Changes.Collections = [.stations, .tickets, .orders]

  private static let columns = [
    Column(.stationColumn, width: 8, arabic: 13, growth: 2),
    Column(.loadColumn, width: 6, growth: 2, dispensable: 3),
    Column(.openColumn, width: 5, .trailing), Column(.oldestColumn, width: 6, .trailing),
    Column(.averageColumn, width: 6, .trailing, dispensable: 2),
    Column(.lateColumn, width: 5, .trailing), Column("P90", width: 5, .trailing, dispensable: 4),
    Column(.soldOutColumn, width: 6, arabic: 9, growth: 1, dispensable: 5),
  ]

  package static func content(of board: Board, in view: PaneView) -> PaneContent {
    let kitchen = board.kitchen
    let limit = view.tableRows(reserving: 2)
    let rows = kitchen.stations.dropFirst(view.first).prefix(limit).map { row($0, in: view) }
    return PaneContent(
      title: [Run(" " + view.language.count(kitchen.ticketCount, .tickets), .muted)],
      table: TableContent(
        columns, rows: Array(rows), first: view.first, total: kitchen.stationCount,
        selected: view.selected, emptyText: view.text(.noStation)),
      below: [ages(kitchen, view.language), orders(kitchen, view.language)])
  }

  package static func detail(
    of id: String, in board: Board, for view: DetailView
  ) -> DetailContent? {
    guard let station = board.kitchen.station(id) else { return nil }
    let language = view.language
    let maximum = station.maxOrders.map(String.init) ?? language.text(.maximumNotTold)
    var lines: [Line] = [
      [
        Run(language.word(station.state), station.state == .active ? .ok : .warn, .bold),
        Run("  \(language.word(station.basis))", .muted),
      ],
      view.fact(.type, station.type),
      view.fact(.open, language.text(.openOf, String(station.open), maximum)),
      view.fact(.yellow, language.text(.after, Format.clock(station.yellowAfter))),
      view.fact(.red, language.text(.after, Format.clock(station.redAfter))),
      view.fact(.bumps, itself(station, language)),
      view.fact(
        .fifteenMinutes,
        language.text(
          .bumpedAndLate, "\(station.bumped.total)", "\(station.bumpedLate.total)")),
      view.fact(
        .soldOut, station.soldOut.isEmpty ? "--" : station.soldOut.joined(separator: ", ")),
    ]
    lines += view.heading(.openTickets)
    lines += board.kitchen.tickets(at: id, limit: 20).map { ticket in
      let age = ticket.clockStart.map { Format.clock(view.now - $0) } ?? "--"
      let items = board.kitchen.items(of: ticket).map { "\($0.quantity) \($0.name)" }
      return Line(
        [Run("\(ticket.order) ", .text), Run(items.joined(separator: ", "), .muted)],
        trailing: [Run(age, TicketsPane.role(of: ticket.age))])
    }
    return DetailContent(title: language.name(station), lines: lines)
  }

  private static func itself(_ station: Station, _ language: Language) -> String {
    station.autoBumpSeconds.map { language.text(.bumpsItself, Format.clock(.seconds($0))) }
      ?? language.text(.bumpsByHand)
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
          ? .text(view.language.name(station), .text)
          : .runs([
            Run(view.language.name(station), .muted),
            Run(" \(view.language.word(station.state))", .warn),
          ]),
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

  private static func ages(_ kitchen: Kitchen, _ language: Language) -> Line {
    let ages = kitchen.ageCounts
    return Line(
      [
        Run(language.text(.ageLine) + " ", .faint),
        Run(language.text(.green, String(ages.green)) + " ", .ok),
        Run(
          language.text(.yellowCount, String(ages.yellow)) + " ", ages.yellow > 0 ? .warn : .muted),
        Run(language.text(.redCount, String(ages.red)), ages.red > 0 ? .critical : .muted),
      ] + Summary.ticketCounts(kitchen, language))
  }

  private static func orders(_ kitchen: Kitchen, _ language: Language) -> Line {
    let late = kitchen.lateShare.map { "\(Format.percent($0))%" } ?? "--"
    let average = kitchen.averageTicketTime.map { Format.clock($0) } ?? "--"
    let p90 = kitchen.ticketTimeP90.map { Format.clock($0) } ?? "--"
    return [
      Run(language.text(.ordersPerHour) + " ", .faint), Run("\(kitchen.ordersPerHour)", .text),
      Run("  \(language.text(.late)) ", .faint), Run(late, .text),
      Run("  \(language.text(.average)) ", .faint), Run(average, .text), Run(" p90 ", .faint),
      Run(p90, .text), Run(" " + language.text(.sampleSize, "\(kitchen.ticketTimeCount)"), .faint),
      Run("  \(language.text(.pending)) ", .faint), Run("\(kitchen.pendingOrders)/50", .text),
    ]
  }
}
