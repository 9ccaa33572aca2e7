import Canvas
package import Domain
import Themes

/// Tasks, what they wait for, and the longest chain that holds others up.
package enum TasksPane: Pane {
  package static let sources: Changes.Collections = .tasks

  private static let columns = [
    Column(.idColumn, width: 8), Column(.stateColumn, width: 7, arabic: 12),
    Column(.ownerColumn, width: 5, arabic: 7, dispensable: 2),
    Column(.waitsOnColumn, width: 8, dispensable: 3),
    Column(.ageColumn, width: 4, arabic: 5, .trailing), Column(.titleColumn, width: 8, growth: 1),
  ]

  package static func content(of board: Board, in view: PaneView) -> PaneContent {
    let fleet = board.fleet
    let chain = fleet.blockedChain
    let footer = view.height >= 8 && !chain.isEmpty ? 1 : 0
    let blocks = view.width >= 100 ? 2 : 1
    let limit = view.tableRows(reserving: footer, blocks: blocks)
    let rows = fleet.tasks(from: view.first, limit: limit)
    return PaneContent(
      title: title(fleet, in: view),
      table: TableContent(
        columns, rows: rows.map { row($0, in: view) }, first: view.first, total: fleet.taskCount,
        selected: view.selected, emptyText: view.text(.noTask), blocks: blocks),
      below: footer == 0
        ? [] : [[Run(view.text(.chain) + " ", .faint), Run(chain.joined(separator: " > "), .warn)]])
  }

  package static func detail(
    of id: String, in board: Board, for view: DetailView
  ) -> DetailContent? {
    guard let task = board.fleet.task(id) else { return nil }
    let language = view.language
    let (word, role) = word(task, at: view.now, language)
    var lines: [Line] = [
      [
        Run(word, role, .bold), Run("  \(language.word(task.basis))", .muted),
        Run("  \(language.lasting(view.now - task.stateSince))", .muted),
      ],
      view.fact(.title, task.title), view.fact(.owner, task.owner ?? "--"),
      view.fact(.source, task.source),
    ]
    if !task.dependsOn.isEmpty {
      lines += view.heading(.waitsFor)
      lines += task.dependsOn.map { name in
        let state =
          board.fleet.task(name).map { language.word($0.state) } ?? language.text(.neverSeen)
        return [Run("  \(name) ", .text), Run(state, .muted)]
      }
    }
    if !task.evidence.isEmpty {
      lines += view.heading(.evidence)
      lines += task.evidence.map { name in
        let state =
          board.fleet.evidence(name).map { language.word($0.state) } ?? language.text(.neverSeen)
        return [Run("  \(name) ", .text), Run(state, .muted)]
      }
    }
    return DetailContent(title: language.text(.taskTitle, task.id), lines: lines)
  }

  private static func row(_ task: WorkTask, in view: PaneView) -> TableRow {
    let (word, role) = word(task, at: view.now, view.language)
    let since = task.isBlocked ? task.blockedSince ?? task.stateSince : task.stateSince
    return TableRow(
      id: task.id,
      [
        .text(task.id, task.state.isTerminal ? .muted : .text),
        .text(word, role), .text(task.owner ?? "-", .muted),
        .text(task.isBlocked ? waits(task) : "-", task.isBlocked ? .text : .faint),
        .text(Format.brief(view.age(since: since)), .muted),
        .text(task.title, task.state.isTerminal ? .faint : .text),
      ])
  }

  private static func waits(_ task: WorkTask) -> String {
    guard let first = task.dependsOn.first else { return "-" }
    return task.dependsOn.count > 1 ? "\(first) +\(task.dependsOn.count - 1)" : first
  }

  /// Blocked tasks turn red after ten minutes.
  private static func word(
    _ task: WorkTask, at now: Timestamp, _ language: Language
  ) -> (String, Role) {
    let (quality, role) = quality(task, at: now)
    return (language.text(quality, .feminine), role)
  }

  private static func quality(_ task: WorkTask, at now: Timestamp) -> (Quality, Role) {
    if task.isBlocked {
      let isLong = task.blockedSince.map { now - $0 > .minutes(10) } ?? false
      return (.blockedLoud, isLong ? .critical : .warn)
    }
    switch task.state {
    case .pending: return (.pendingTask, .muted)
    case .inProgress: return (.workingTask, .ok)
    case .review: return (.review, .warn)
    case .completed: return (.done, .faint)
    case .failed: return (.failedLoud, .critical)
    case .cancelled: return (.cancelBrief, .faint)
    case .rejected: return (.rejectedLoud, .critical)
    }
  }

  private static func title(_ fleet: AgentFleet, in view: PaneView) -> [Run] {
    let done = fleet.taskCounts[.done] ?? 0
    guard fleet.taskCount > 0 else { return [] }
    var runs = [
      Run(" \(done)/\(fleet.taskCount)", .text),
      Run(" " + view.language.text(.done, .feminine), .muted),
    ]
    let blocked = fleet.taskCounts[.blocked] ?? 0
    if blocked > 0 {
      runs += [
        Run(" \(blocked)", .critical),
        Run(" " + view.language.text(.blocked, .feminine), .muted),
      ]
      if let since = fleet.oldestBlockedSince {
        runs.append(Run(" \(Format.brief(view.now - since))", .warn))
      }
    }
    return runs
  }
}
