package import Domain
import Themes

/// Pattern activations as they happen, and how busy each cluster was in the last 15 minutes.
package enum PatternsPane: Pane {
  package static let sources: Changes.Collections = [.activations, .mandates]

  private static let columns = [
    Column(.timeColumn, width: 8), Column(.clusterColumn, width: 8, arabic: 9, dispensable: 2),
    Column(.pointColumn, width: 14, growth: 1), Column("", width: 1),
    Column(.agentColumn, width: 6, dispensable: 1),
    Column(.numberColumn, width: 4, arabic: 5, .trailing, dispensable: 3),
  ]

  package static func content(of board: Board, in view: PaneView) -> PaneContent {
    let fleet = board.fleet
    let limit = view.tableRows(reserving: 2)
    let activations = fleet.activations(limit: view.first + limit).dropFirst(view.first)
    return PaneContent(
      title: [Run(" " + view.text(.fifteenMinutes), .muted)],
      table: TableContent(
        columns, rows: activations.map { row($0, in: view) }, first: view.first,
        total: fleet.activationCount,
        selected: view.selected, emptyText: view.text(.noPattern)),
      below: [heat(fleet, in: view), degraded(fleet, view.language)])
  }

  private static func row(_ activation: PatternActivation, in view: PaneView) -> TableRow {
    let isViolation = activation.isViolation
    return TableRow(
      id: activation.id,
      [
        .text(view.timeOfDay(activation.at), .faint),
        .text(view.language.shortName(activation.cluster), .muted),
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
  private static func heat(_ fleet: AgentFleet, in view: PaneView) -> Line {
    let columns = min(15, max(1, view.width / Cluster.allCases.count - 6))
    let marks = ["·", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    let runs = Cluster.allCases.flatMap { cluster -> [Run] in
      let values = gathered(fleet.heat(cluster), into: columns)
      let most = max(1, values.max() ?? 1)
      let bars = values.map { marks[min(8, Int(($0 * 8 + most - 1) / most))] }.joined()
      let name = view.language.mark(cluster)
      return [Run("\(name) ", .faint), Run(bars + " ", .info)]
    }
    return Line(runs)
  }

  private static func gathered(_ values: [Int], into columns: Int) -> [Int] {
    guard columns < values.count else { return values }
    var sums = [Int](repeating: 0, count: columns)
    for (index, value) in values.enumerated() { sums[index * columns / values.count] += value }
    return sums
  }

  private static func degraded(_ fleet: AgentFleet, _ language: Language) -> Line {
    let fallen = fleet.degradedMandates
    guard !fallen.isEmpty else { return Line(language.text(.nothingFell), .faint) }
    let text = fallen.map { "\(language.name($0)) -\(Int($0.dropInPoints ?? 0))" }
      .joined(separator: language.comma)
    return [Run(language.text(.degraded) + " ", .muted), Run(text, .warn)]
  }
}
