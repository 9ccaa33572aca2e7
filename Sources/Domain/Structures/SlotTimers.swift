/// One timer a slot: when the entity in it next changes by time alone.
///
/// Moving a timer later costs nothing: the item it has falls due early and whoever takes it looks
/// again. Moving it earlier supersedes that item, so at most one item a slot is ever live.
package struct SlotTimers: Codable, Sendable {
  private static let unarmed = Timestamp(microseconds: .max)
  private var queue = DueQueue<Int>()
  private var armed: [Timestamp] = []

  /// No timers.
  package init() {}

  /// When the first timer falls due.
  package var next: Timestamp? { queue.next }

  /// Makes sure that a slot falls due at `due` or before.
  package mutating func arm(_ slot: Int, at due: Timestamp) {
    if slot >= armed.count {
      armed += [Timestamp](repeating: Self.unarmed, count: slot + 1 - armed.count)
    }
    guard due < armed[slot] else { return }
    armed[slot] = due
    queue.schedule(slot, at: due)
  }

  /// Takes the first slot due at or before `now`, with its due time.
  package mutating func pop(dueBy now: Timestamp) -> (slot: Int, due: Timestamp)? {
    while let (slot, due) = queue.pop(dueBy: now) {
      guard armed[slot] == due else { continue }
      armed[slot] = Self.unarmed
      return (slot, due)
    }
    return nil
  }
}

extension SlotTimers {
  /// Throws when a slot is waited for that has no timer.
  func check() throws(StateFault) {
    try StateFault.check(
      queue.allKeys { armed.indices.contains($0) }, "a slot without a timer falls due")
  }
}
