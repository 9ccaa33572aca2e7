package import Domain
import Themes

/// How many of each item are fired and not bumped, over all tickets.
package enum AllDayPane: Pane {
  package static let sources: Changes.Collections = [.items, .tickets]

  private static let columns = [
    Column("ITEM", width: 8, growth: 1), Column("AT", width: 3, dispensable: 1),
    Column("QTY", width: 3, .trailing),
  ]

  package static func content(of board: Board, in view: PaneView) -> PaneContent {
    let kitchen = board.kitchen
    let limit = view.tableRows(reserving: 1)
    let totals = kitchen.allDay(limit: view.first + limit).dropFirst(view.first)
    return PaneContent(
      title: [Run(" \(kitchen.allDayCount)", .muted)],
      table: TableContent(
        columns, rows: totals.map { row($0, kitchen) }, first: view.first,
        total: kitchen.allDayCount, selected: view.selected, emptyText: "nothing to cook"),
      below: [Line("fired, not bumped", .faint)])
  }

  package static func detail(
    of id: String, in board: Board, at now: Timestamp, utcOffset: Span
  ) -> DetailContent? {
    let all = board.kitchen.allDay(limit: board.kitchen.allDayCount)
    guard let total = all.first(where: { $0.name == id }) else { return nil }
    let lines: [Line] = total.byStation.sorted { $0.key < $1.key }.map { station, count in
      Line([Run(name(of: station, board.kitchen), .text)], trailing: [Run("\(count)", .text)])
    }
    return DetailContent(title: "\(total.total) \(total.name)", lines: lines)
  }

  private static func row(_ total: AllDayTotal, _ kitchen: Kitchen) -> TableRow {
    let stations = total.byStation.keys
    let only = stations.count == 1 ? stations.first.map { name(of: $0, kitchen) } : nil
    let place = only.map { $0.prefix(3).uppercased() } ?? "\(stations.count)x"
    return TableRow(
      id: total.name,
      [.text(total.name, .text), .text(place, .faint), .text("\(total.total)", .accent)])
  }

  private static func name(of station: String, _ kitchen: Kitchen) -> String {
    station.isEmpty ? "no station" : kitchen.station(station)?.name ?? station
  }
}
