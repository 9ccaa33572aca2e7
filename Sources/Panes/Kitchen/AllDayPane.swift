package import Domain
import Themes

/// How many of each item are fired and not bumped, over all tickets.
package enum AllDayPane: Pane {
  package static let sources: Changes.Collections = [.items, .tickets]

  private static let columns = [
    Column(.itemColumn, width: 8, growth: 1),
    Column(.atColumn, width: 3, arabic: 6, dispensable: 1),
    Column(.quantityColumn, width: 3, .trailing),
  ]

  package static func content(of board: Board, in view: PaneView) -> PaneContent {
    let kitchen = board.kitchen
    let limit = view.tableRows(reserving: 1)
    let totals = kitchen.allDay(limit: view.first + limit).dropFirst(view.first)
    return PaneContent(
      title: [Run(" \(kitchen.allDayCount)", .muted)],
      table: TableContent(
        columns, rows: totals.map { row($0, kitchen, view.language) }, first: view.first,
        total: kitchen.allDayCount, selected: view.selected, emptyText: view.text(.nothingToCook)),
      below: [Line(view.text(.firedNotBumped), .faint)])
  }

  package static func detail(
    of id: String, in board: Board, for view: DetailView
  ) -> DetailContent? {
    let all = board.kitchen.allDay(limit: board.kitchen.allDayCount)
    guard let total = all.first(where: { $0.name == id }) else { return nil }
    let lines: [Line] = total.byStation.sorted { $0.key < $1.key }.map { station, count in
      Line(
        [Run(name(of: station, board.kitchen, view.language), .text)],
        trailing: [Run("\(count)", .text)])
    }
    return DetailContent(title: "\(total.total) \(total.name)", lines: lines)
  }

  private static func row(
    _ total: AllDayTotal, _ kitchen: Kitchen, _ language: Language
  ) -> TableRow {
    let stations = total.byStation.keys
    let only = stations.count == 1 ? stations.first : nil
    let place = only.map { shortName(of: $0, kitchen, language) } ?? "\(stations.count)x"
    return TableRow(
      id: total.name,
      [.text(total.name, .text), .text(place, .faint), .text("\(total.total)", .accent)])
  }

  private static func name(
    of station: String, _ kitchen: Kitchen, _ language: Language
  ) -> String {
    if station.isEmpty { return language.text(.nowhere) }
    return kitchen.station(station).map { language.name($0) } ?? station
  }

  private static func shortName(
    of id: String, _ kitchen: Kitchen, _ language: Language
  ) -> String {
    guard let station = kitchen.station(id) else {
      return name(of: id, kitchen, language).prefix(3).uppercased()
    }
    return language.shortName(station)
  }
}
