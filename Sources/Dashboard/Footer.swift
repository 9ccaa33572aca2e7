import Canvas
import Panes
import Themes

/// The last row: the keys that do something now, as many as fit.
enum Footer {
  static func line(_ state: DashboardState, _ width: Int) -> Line {
    let shown = Keymap.bindings.filter { $0.footerRank != nil && $0.isEnabled(state) }
      .sorted { ($0.footerRank ?? 0) < ($1.footerRank ?? 0) }
    var runs: [Run] = [Run("1-\(state.workspace.panes.count) ", .accent), Run("pane", .muted)]
    // However narrow the screen: how to leave, and how to learn the rest.
    let always = shown.filter { $0.command == .help || $0.command == .quit }
    var room = width - 2 - runs.reduce(0) { $0 + TextWidth.columns(of: $1.text) }
    room -= always.reduce(0) { $0 + columns(of: $1) }
    for binding in shown where binding.command != .help && binding.command != .quit {
      guard columns(of: binding) <= room else { continue }
      runs += self.runs(of: binding)
      room -= columns(of: binding)
    }
    return Line(runs + always.flatMap { self.runs(of: $0) })
  }

  private static func runs(of binding: Binding) -> [Run] {
    [Run("  \(binding.label) ", .accent), Run(binding.word, .muted)]
  }

  private static func columns(of binding: Binding) -> Int {
    runs(of: binding).reduce(0) { $0 + TextWidth.columns(of: $1.text) }
  }
}
