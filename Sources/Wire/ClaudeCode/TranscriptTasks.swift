import Domain

/// What a TaskCreate or TaskUpdate call asks for; it counts once its result came.
struct TaskChange: Codable, Sendable {
  let isCreation: Bool
  let task: String?
  let subject: String?
  let status: String?
  let owner: String?
  let blockedBy: [String]

  /// Nil for other tools.
  init?(_ tool: String, _ input: ToolInput) {
    guard tool == "TaskCreate" || tool == "TaskUpdate" else { return nil }
    isCreation = tool == "TaskCreate"
    task = input["taskId"]?.firstLine()
    subject = input["subject"]?.firstLine(limit: 256)
    status = input["status"]?.firstLine()
    owner = input["owner"]?.firstLine()
    blockedBy = input.blockedBy.map { $0.firstLine() }
  }
}

/// The tasks of the agents, from TodoWrite lists and from TaskCreate and TaskUpdate calls.
///
/// TodoWrite writes its whole list each time and numbers nothing. An entry is known again by its
/// text; a task's id is its agent and the order of first appearance, so it survives rewrites.
struct TranscriptTasks: Codable, Sendable {
  /// Entries taken of one TodoWrite list.
  static let listBound = 256

  private struct Entry: Codable, Sendable {
    let id: String
    var state: String
  }

  /// Entries ever listed, by agent and text.
  private var entries = RecentTable<Entry>(bound: 4_096)
  /// The keys of each agent's list as last written.
  private var lists = RecentTable<[String]>(bound: 1_024)
  private var counts = RecentTable<Int>(bound: 1_024)
  private var blockers = RecentTable<[String]>(bound: 4_096)

  /// Takes an agent's new list and gives how many tasks it completes.
  mutating func rewrite(
    _ todos: [TodoItem], of agent: String, to events: inout RowEvents
  ) -> Int {
    var keys: [String] = []
    var completed = 0
    for todo in todos {
      guard let content = todo.content?.firstLine(limit: 256) else { continue }
      let state = todo.status?.string ?? "pending"
      let stem = "\(agent)\n\(content)\n"
      let twins = keys.count { $0.hasPrefix(stem) }
      let key = "\(stem)\(twins)"
      keys.append(key)
      if list(key, content, state, of: agent, to: &events), state == "completed" { completed += 1 }
    }
    for key in lists[agent] ?? [] where !keys.contains(key) { withdraw(key, to: &events) }
    lists[agent] = keys
    return completed
  }

  /// Lists one entry; false when nothing about it changed.
  private mutating func list(
    _ key: String, _ content: String, _ state: String, of agent: String,
    to events: inout RowEvents
  ) -> Bool {
    guard let known = entries[key] else {
      let number = (counts[agent] ?? 0) + 1
      counts[agent] = number
      let entry = Entry(id: "\(agent).todo-\(number)", state: state)
      entries[key] = entry
      events.add(
        .taskCreated, .task, entry.id,
        [
          .task: .string(entry.id), .subject: .string(content), .owner: .string(agent),
          .state: .string(state),
        ])
      return true
    }
    guard known.state != state else { return false }
    entries[key]?.state = state
    tell(known.id, state, basis: .asserted, to: &events)
    return true
  }

  /// An unfinished entry that the new list leaves out is not going to be done.
  private mutating func withdraw(_ key: String, to events: inout RowEvents) {
    guard let entry = entries[key], entry.state != "completed" else { return }
    entries[key]?.state = "cancelled"
    tell(entry.id, "cancelled", basis: .inferred, to: &events)
  }

  /// Takes a TaskCreate or TaskUpdate that succeeded; true when it completes the task.
  mutating func apply(
    _ change: TaskChange, _ outcome: ToolOutcome, _ result: ToolResult, of agent: String,
    to events: inout RowEvents
  ) -> Bool {
    guard let number = outcome.task?.string ?? change.task ?? result.text?.taskNumber else {
      return false
    }
    let id = "\(events.origin.root).task-\(number)"
    var data = Fields([.task: .string(id)])
    data.set(.subject, change.subject ?? outcome.taskSubject?.string)
    if !change.blockedBy.isEmpty {
      let all = (blockers[id] ?? []) + change.blockedBy.map { "\(events.origin.root).task-\($0)" }
      blockers[id] = Array(all.suffix(64))
      data[.dependsOn] = .strings(blockers[id] ?? [])
    }
    let status = change.isCreation ? "pending" : change.status ?? outcome.taskState?.string
    data.set(.owner, change.owner ?? (status == "in_progress" ? agent : nil))
    data.set(.state, status == "deleted" ? "cancelled" : status)
    events.add(change.isCreation ? .taskCreated : .taskState, .task, id, data)
    return status == "completed"
  }

  private func tell(
    _ id: String, _ state: String, basis: Basis, to events: inout RowEvents
  ) {
    events.add(
      .taskState, .task, id,
      [.task: .string(id), .state: .string(state), .basis: .string(basis.rawValue)])
  }
}

extension JSONString {
  /// The number in `Task #12 created successfully`.
  fileprivate var taskNumber: String? {
    guard starts(with: "Task #") else { return nil }
    let digits = firstLine().dropFirst(6).prefix { $0.isASCII && $0.isNumber }
    return digits.isEmpty ? nil : String(digits)
  }
}
