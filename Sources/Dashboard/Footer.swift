import Canvas
import Panes
import Themes

/// The last row: a prompt, what is to be told of the last key, or the keys that do something now.
enum Footer {
  static func line(_ state: DashboardState, _ width: Int) -> Line {
    if case .prompt(let prompt) = state.mode { return line(prompt, state.language) }
    let shown = ranked.filter { $0.isEnabled(state) && ($0.footer?.isShown(state) ?? false) }
    let always = shown.filter { $0.isAlways }
    if let notice = state.notice {
      return Line(
        [Run(KeyWords.text(notice.text, in: state.language), notice.isFault ? .warn : .info)],
        trailing: width >= 60 ? always.flatMap { runs(of: $0, state.language) } : [])
    }
    return keys(state, shown, always, width)
  }

  private static func line(_ prompt: Prompt, _ language: Language) -> Line {
    let tail: Run =
      prompt.fault.map { Run("  \($0)", .warn) }
      ?? Run("  " + KeyWords.text(prompt.question.hint, in: language), .faint)
    return [
      Run(KeyWords.text(prompt.question.words, in: language) + ": ", .accent),
      Run(prompt.text, .text),
      Run(" ", .text, .reverse), tail,
    ]
  }

  private static func keys(
    _ state: DashboardState, _ shown: [Binding], _ always: [Binding], _ width: Int
  ) -> Line {
    var runs: [Run] = [
      Run("1-\(state.workspace.panes.count) ", .accent),
      Run(state.language.text(.pane), .muted),
    ]
    // However narrow the screen: how to leave, and how to learn the rest.
    var room = width - 2 - columns(of: runs)
    room -= always.reduce(0) { $0 + columns(of: self.runs(of: $1, state.language)) }
    for binding in shown where !binding.isAlways {
      let new = self.runs(of: binding, state.language)
      let columns = columns(of: new)
      guard columns <= room else { continue }
      runs += new
      room -= columns
    }
    return Line(runs + always.flatMap { self.runs(of: $0, state.language) })
  }

  /// What may stand in a footer, the most telling first.
  private static let ranked = Keymap.bindings.filter { $0.footer != nil }
    .sorted { ($0.footer?.rank ?? 0) < ($1.footer?.rank ?? 0) }

  private static func runs(of binding: Binding, _ language: Language) -> [Run] {
    [
      Run("  \(binding.footer?.label ?? binding.label) ", .accent),
      Run(KeyWords.text(binding.word, in: language), .muted),
    ]
  }

  private static func columns(of runs: [Run]) -> Int {
    runs.reduce(0) { $0 + TextWidth.columns(of: $1.text) }
  }
}

extension Binding {
  /// Whether it stands in every footer.
  fileprivate var isAlways: Bool { command == .help || command == .quit }
}
