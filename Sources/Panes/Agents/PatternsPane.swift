package import Domain
import Themes

/// Pattern activations as they happen, and how busy each cluster was in the last 15 minutes.
package enum PatternsPane: Pane {
  package static let sources: Changes.Collections = [.activations, .mandates]

  private static let columns = [
    Column("TIME", width: 8), Column("CLUSTER", width: 8, dispensable: 2),
    Column("MANDATE.POINT", width: 14, growth: 1), Column("", width: 1),
    Column("AGENT", width: 6, dispensable: 1), Column("N", width: 4, .trailing, dispensable: 3),
  ]

  package static func content(of board: Board, in view: PaneView) -> PaneContent {
    let fleet = board.fleet
    let limit = view.tableRows(reserving: 2)
    let activations = fleet.activations(limit: view.first + limit).dropFirst(view.first)
    return PaneContent(
      title: [Run(" 15 min", .muted)],
      table: TableContent(
        columns, rows: activations.map { row($0, in: view) }, first: view.first,
        total: fleet.activationCount,
        selected: view.selected, emptyText: "no pattern activated yet"),
      below: [heat(fleet, width: view.width), degraded(fleet)])
  }

  private static func row(_ activation: PatternActivation, in view: PaneView) -> TableRow {
    let isViolation = activation.isViolation
    return TableRow(
      id: activation.id,
      [
        .text(view.timeOfDay(activation.at), .faint),
        .text(activation.cluster.shortTitle, .muted),
        .runs([
          Run(activation.mandate, isViolation ? .critical : .text),
          Run(".\(activation.point)", isViolation ? .critical : .muted),
        ]),
        .text(isViolation ? "!" : "", .critical),
        .text(activation.agent ?? "-", .muted),
        .text(String(activation.number), .muted),
      ])
  }

  /// The last 15 minutes of each cluster, in as many columns as there is room for.
  private static func heat(_ fleet: AgentFleet, width: Int) -> Line {
    let columns = min(15, max(1, width / Cluster.allCases.count - 6))
    let marks = ["·", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    let runs = Cluster.allCases.flatMap { cluster -> [Run] in
      let values = gathered(fleet.heat(cluster), into: columns)
      let most = max(1, values.max() ?? 1)
      let bars = values.map { marks[min(8, Int(($0 * 8 + most - 1) / most))] }.joined()
      return [Run("\(cluster.shortTitle.prefix(4)) ", .faint), Run(bars + " ", .info)]
    }
    return Line(runs)
  }

  private static func gathered(_ values: [Int], into columns: Int) -> [Int] {
    guard columns < values.count else { return values }
    var sums = [Int](repeating: 0, count: columns)
    for (index, value) in values.enumerated() { sums[index * columns / values.count] += value }
    return sums
  }

  private static func degraded(_ fleet: AgentFleet) -> Line {
    let fallen = fleet.degradedMandates
    guard !fallen.isEmpty else { return Line("no mandate fell by more than 20 points", .faint) }
    let text = fallen.map { "\($0.name) -\(Int($0.dropInPoints ?? 0))" }.joined(separator: ", ")
    return [Run("degraded ", .muted), Run(text, .warn)]
  }
}
