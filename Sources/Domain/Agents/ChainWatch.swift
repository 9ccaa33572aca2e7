/// The tasks blocked for 10 minutes, by the task at the root of what they wait for.
///
/// One alert a root. Each slot has at most one item in the queue, which is looked at again when
/// it falls due.
struct ChainWatch: Codable, Sendable {
  /// How long a task may be blocked before it is worth an alert.
  static let patience = Span.minutes(10)

  private var due = DueQueue<Int>()
  private var armed = SlotSet()
  private var rootBySlot: [Int: String] = [:]
  private var slotsByRoot: [String: Set<Int>] = [:]

  /// When the next task may have been blocked for 10 minutes.
  var nextDue: Timestamp? { due.next }

  /// Watches a task that has been blocked since a moment.
  mutating func start(_ slot: Int, since: Timestamp) {
    if armed.insert(slot) { due.schedule(slot, at: since + Self.patience) }
  }

  /// The next slot to look at.
  mutating func pop(dueBy now: Timestamp) -> Int? {
    guard let (slot, _) = due.pop(dueBy: now) else { return nil }
    armed.remove(slot)
    return slot
  }

  /// Counts a task among those that wait for a root.
  mutating func attach(
    _ slot: Int, to root: String, at now: Timestamp, context: inout BoardContext
  ) {
    guard rootBySlot[slot] != root else { return }
    stop(slot, at: now, context: &context)
    rootBySlot[slot] = root
    slotsByRoot[root, default: []].insert(slot)
    context.alerts.raise(
      .chainBlocked, subject: root, text: "\(slotsByRoot[root]?.count ?? 0) waiting", cause: nil,
      at: now, changes: &context.changes)
  }

  /// Forgets a task that is no longer blocked.
  mutating func stop(_ slot: Int, at now: Timestamp, context: inout BoardContext) {
    guard let root = rootBySlot.removeValue(forKey: slot) else { return }
    slotsByRoot[root]?.remove(slot)
    guard slotsByRoot[root]?.isEmpty == true else { return }
    _ = dissolve(root: root, at: now, context: &context)
  }

  /// Withdraws the alert of a root that blocks no longer; the slots that were counted with it.
  mutating func dissolve(
    root: String, at now: Timestamp, context: inout BoardContext
  ) -> [Int] {
    guard let slots = slotsByRoot.removeValue(forKey: root) else { return [] }
    for slot in slots { rootBySlot[slot] = nil }
    context.alerts.withdraw(.chainBlocked, subject: root, at: now, changes: &context.changes)
    return slots.sorted()
  }

  /// Withdraws every alert.
  mutating func withdrawAll(at now: Timestamp, context: inout BoardContext) {
    for root in slotsByRoot.keys.sorted() {
      _ = dissolve(root: root, at: now, context: &context)
    }
  }
}
