import Canvas
import Panes
import Themes

/// The last row: the keys that do something now, as many as fit.
enum Footer {
  static func line(_ state: DashboardState, _ width: Int) -> Line {
    let shown = Keymap.bindings.filter { $0.footerRank != nil && $0.isEnabled(state) }
      .sorted { ($0.footerRank ?? 0) < ($1.footerRank ?? 0) }
    var runs: [Run] = [Run("1-\(state.workspace.panes.count) ", .accent), Run("pane", .muted)]
    var room = width - 2 - runs.reduce(0) { $0 + TextWidth.columns(of: $1.text) }
    for binding in shown {
      let needed = TextWidth.columns(of: binding.label) + TextWidth.columns(of: binding.word) + 3
      guard needed <= room else { continue }
      runs += [Run("  \(binding.label) ", .accent), Run(binding.word, .muted)]
      room -= needed
    }
    return Line(runs)
  }
}
