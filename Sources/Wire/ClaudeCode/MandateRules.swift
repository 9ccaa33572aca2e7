import Domain

/// The mandates that Claude Code's tool calls show, judged by rules of our own.
///
/// Claude Code knows no mandates: every event made here is an inference, carries `basis: inferred`
/// and names the rows it came from. The rules, one activation each time they apply:
///
/// | Mandate | Applies to | Satisfied when |
/// |---|---|---|
/// | 2 `deploy` | an edit by the main agent | it called Task before |
/// | 3 `todowrite` | an edit by the main agent | it wrote a task list before |
/// | 4 `evidence` | a task completed by an agent that edited | a check passed after its last edit |
/// | 5 `context7` | an edit of a dependency manifest | web documentation or an MCP tool was read before |
/// | 7 `quality` | an edit of a source file | a test file was touched before, since the last commit |
/// | 9 `git` | the end of a turn with edits | a commit came after the last edit |
/// | 10 `parallel` | a Task call | at most ten run at once |
///
/// The others are not observable here and get no event. A violation is opened once a turn and rule.
struct MandateRules: Codable, Sendable {
  /// Sub-agents that may run at once.
  static let parallelBound = 10

  private struct Ledger: Codable, Sendable {
    var hasDelegated = false, hasPlanned = false, hasRead = false, hasTested = false
    var lastEdit: String?
    var editedInTurn = false, isCommitted = false
    var opened: Set<Rule> = []
  }

  private var ledgers = RecentTable<Ledger>(bound: 1_024)

  /// A tool call began.
  mutating func toolStarted(
    _ tool: String, id: String, of agent: String, openTasks: Int, to events: inout RowEvents
  ) {
    var ledger = ledgers[agent] ?? Ledger()
    if ToolNames.planning.contains(tool) { ledger.hasPlanned = true }
    if ToolNames.reading.contains(tool) || tool.hasPrefix("mcp__") { ledger.hasRead = true }
    if ToolNames.delegating.contains(tool) {
      ledger.hasDelegated = true
      judge(.parallel, openTasks <= Self.parallelBound, agent, id, &ledger, to: &events)
    }
    ledgers[agent] = ledger
  }

  /// An agent changed a file.
  mutating func edited(
    _ file: String, id: String, by agent: String, to events: inout RowEvents
  ) {
    var ledger = ledgers[agent] ?? Ledger()
    ledger.lastEdit = events.row
    ledger.editedInTurn = true
    ledger.isCommitted = false
    if agent == events.origin.root {
      judge(.delegation, ledger.hasDelegated, agent, id, &ledger, to: &events)
      judge(.planning, ledger.hasPlanned, agent, id, &ledger, to: &events)
    }
    switch ProjectFile(file) {
    case .manifest: judge(.research, ledger.hasRead, agent, id, &ledger, to: &events)
    case .test: ledger.hasTested = true
    case .source: judge(.testFirst, ledger.hasTested, agent, id, &ledger, to: &events)
    case .other: break
    }
    ledgers[agent] = ledger
  }

  /// A command ended with 0.
  mutating func commandSucceeded(_ command: String, by agent: String) {
    guard ShellCommand(command).runs("git", "commit") else { return }
    ledgers[agent]?.isCommitted = true
    ledgers[agent]?.hasTested = false
  }

  /// An agent called a task completed.
  mutating func taskCompleted(
    by agent: String, isProven: Bool, lastEdit: String?, to events: inout RowEvents
  ) {
    guard let lastEdit, var ledger = ledgers[agent] else { return }
    judge(.proof, isProven, agent, lastEdit, &ledger, causes: [lastEdit], to: &events)
    ledgers[agent] = ledger
  }

  /// A person gave the agent something new to do.
  mutating func promptGiven(to agent: String) {
    ledgers[agent]?.opened = []
    ledgers[agent]?.editedInTurn = false
  }

  /// The agent's turn is over.
  mutating func turnEnded(of agent: String, to events: inout RowEvents) {
    guard var ledger = ledgers[agent], ledger.editedInTurn, let edit = ledger.lastEdit else {
      return
    }
    ledger.editedInTurn = false
    judge(.commit, ledger.isCommitted, agent, edit, &ledger, causes: [edit], to: &events)
    ledgers[agent] = ledger
  }

  private func judge(
    _ rule: Rule, _ isSatisfied: Bool, _ agent: String, _ part: String, _ ledger: inout Ledger,
    causes: [String] = [], to events: inout RowEvents
  ) {
    let causes = FieldValue.strings(causes + [events.row])
    let basis = FieldValue.string(Basis.inferred.rawValue)
    events.add(
      .mandatePointActivated, .mandate, rule.mandate, part: "\(rule.mandate).\(part)",
      [
        .mandate: .string(rule.mandate), .point: .string(rule.point(isSatisfied)),
        .agent: .string(agent), .state: .string(isSatisfied ? "satisfied" : "violated"),
        .ruleId: .string(rule.rawValue), .causeIds: causes, .basis: basis,
      ])
    guard !isSatisfied, ledger.opened.insert(rule).inserted else { return }
    let id = "\(events.row)/\(rule.violation)"
    events.add(
      .mandateViolationOpened, .mandate, rule.mandate, part: "\(rule.mandate).\(part)",
      [
        .mandate: .string(rule.mandate), .violation: .string(id),
        .type: .string(rule.violation), .severity: .integer(rule.severity),
        .agent: .string(agent), .ruleId: .string(rule.rawValue), .causeIds: causes, .basis: basis,
      ])
  }
}
