import Canvas
package import Domain
import Themes

/// Tasks, what they wait for, and the longest chain that holds others up.
package enum TasksPane: Pane {
  package static let sources: Changes.Collections = .tasks

  private static let columns = [
    Column("ID", width: 8), Column("STATE", width: 7), Column("OWNER", width: 5, dispensable: 2),
    Column("WAITS ON", width: 8, dispensable: 3), Column("AGE", width: 4, .trailing),
    Column("TITLE", width: 8, growth: 1),
  ]

  package static func content(of board: Board, in view: PaneView) -> PaneContent {
    let fleet = board.fleet
    let chain = fleet.blockedChain
    let footer = view.height >= 8 && !chain.isEmpty ? 1 : 0
    let blocks = view.width >= 100 ? 2 : 1
    let limit = view.tableRows(reserving: footer, blocks: blocks)
    let rows = fleet.tasks(from: view.first, limit: limit)
    return PaneContent(
      title: title(fleet, at: view.now),
      table: TableContent(
        columns, rows: rows.map { row($0, in: view) }, first: view.first, total: fleet.taskCount,
        selected: view.selected, emptyText: "no task known yet", blocks: blocks),
      below: footer == 0
        ? [] : [[Run("chain ", .faint), Run(chain.joined(separator: " > "), .warn)]])
  }

  package static func detail(
    of id: String, in board: Board, at now: Timestamp, utcOffset: Span
  ) -> DetailContent? {
    guard let task = board.fleet.task(id) else { return nil }
    let (word, role) = word(task, at: now)
    var lines: [Line] = [
      [
        Run(word, role, .bold), Run("  \(task.basis.rawValue)", .muted),
        Run("  for \(Format.clock(now - task.stateSince))", .muted),
      ],
      fact("title", task.title), fact("owner", task.owner ?? "--"), fact("source", task.source),
    ]
    if !task.dependsOn.isEmpty {
      lines += [.blank, Line("waits for", .faint)]
      lines += task.dependsOn.map { name in
        let state = board.fleet.task(name)?.state.rawValue ?? "never seen"
        return [Run("  \(name) ", .text), Run(state, .muted)]
      }
    }
    if !task.evidence.isEmpty {
      lines += [.blank, Line("evidence", .faint)]
      lines += task.evidence.map { name in
        let state = board.fleet.evidence(name)?.state.rawValue ?? "never seen"
        return [Run("  \(name) ", .text), Run(state, .muted)]
      }
    }
    return DetailContent(title: "Task \(task.id)", lines: lines)
  }

  private static func row(_ task: WorkTask, in view: PaneView) -> TableRow {
    let (word, role) = word(task, at: view.now)
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
  private static func word(_ task: WorkTask, at now: Timestamp) -> (String, Role) {
    if task.isBlocked {
      let isLong = task.blockedSince.map { now - $0 > .minutes(10) } ?? false
      return ("BLOCKED", isLong ? .critical : .warn)
    }
    switch task.state {
    case .pending: return ("pending", .muted)
    case .inProgress: return ("working", .ok)
    case .review: return ("review", .warn)
    case .completed: return ("done", .faint)
    case .failed: return ("FAILED", .critical)
    case .cancelled: return ("cancel", .faint)
    case .rejected: return ("REJECT", .critical)
    }
  }

  private static func title(_ fleet: AgentFleet, at now: Timestamp) -> [Run] {
    let done = fleet.taskCounts[.done] ?? 0
    guard fleet.taskCount > 0 else { return [] }
    var runs = [Run(" \(done)/\(fleet.taskCount)", .text), Run(" done", .muted)]
    let blocked = fleet.taskCounts[.blocked] ?? 0
    if blocked > 0 {
      runs += [Run(" \(blocked)", .critical), Run(" blocked", .muted)]
      if let since = fleet.oldestBlockedSince {
        runs.append(Run(" \(Format.brief(now - since))", .warn))
      }
    }
    return runs
  }
}
