/// What falls due when: a binary heap of keys by time, earliest first.
///
/// The board schedules each time-driven fact (a ticket turning yellow, an agent stalled) at its
/// exact moment, so that time costs nothing until it matters. Items are not removed when the fact
/// no longer holds; whoever pops one looks again. Equal times come out in the order scheduled.
package struct DueQueue<Key: Sendable>: Sendable {
  private struct Item: Sendable {
    var due: Timestamp
    var order: UInt64
    var key: Key

    func precedes(_ other: Item) -> Bool {
      (due, order) < (other.due, other.order)
    }
  }

  private var heap: [Item] = []
  private var scheduled: UInt64 = 0

  /// An empty queue.
  package init() {}

  /// How many items wait.
  package var count: Int { heap.count }

  /// The earliest due time, nil when nothing waits.
  package var next: Timestamp? { heap.first?.due }

  /// Adds a key that falls due at a time.
  package mutating func schedule(_ key: Key, at due: Timestamp) {
    scheduled &+= 1
    heap.append(Item(due: due, order: scheduled, key: key))
    siftUp(heap.count - 1)
  }

  /// Takes the earliest key due at or before `now`, with its due time.
  package mutating func pop(dueBy now: Timestamp) -> (key: Key, due: Timestamp)? {
    guard let first = heap.first, first.due <= now else { return nil }
    let last = heap.removeLast()
    if !heap.isEmpty {
      heap[0] = last
      siftDown()
    }
    return (first.key, first.due)
  }

  private mutating func siftUp(_ start: Int) {
    var child = start
    while child > 0 {
      let parent = (child - 1) / 2
      guard heap[child].precedes(heap[parent]) else { return }
      heap.swapAt(child, parent)
      child = parent
    }
  }

  private mutating func siftDown() {
    var parent = 0
    while true {
      let left = 2 * parent + 1
      guard left < heap.count else { return }
      let right = left + 1
      let child = right < heap.count && heap[right].precedes(heap[left]) ? right : left
      guard heap[child].precedes(heap[parent]) else { return }
      heap.swapAt(child, parent)
      parent = child
    }
  }
}

// Item by item as the heap lies: what is restored goes on with the same layout.
extension DueQueue: Codable where Key: Codable {
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.unkeyedContainer()
    try container.encode(scheduled)
    try container.encode(heap.map(\.due))
    try container.encode(heap.map { Int(truncatingIfNeeded: scheduled &- $0.order) })
    try container.encode(heap.map(\.key))
  }

  package init(from decoder: any Decoder) throws {
    var container = try decoder.unkeyedContainer()
    scheduled = try container.decode(UInt64.self)
    let due = try container.decode([Timestamp].self)
    let ages = try container.decode([Int].self)
    let keys = try container.decode([Key].self)
    try StateFault.check(
      due.count == keys.count && ages.count == keys.count, "what falls due is not complete")
    heap = keys.indices.map { index in
      let order = scheduled &- UInt64(truncatingIfNeeded: ages[index])
      return Item(due: due[index], order: order, key: keys[index])
    }
  }

  /// Whether every key that waits passes a test. Costs as much as there are keys.
  package func allKeys(satisfy test: (Key) -> Bool) -> Bool { heap.allSatisfy { test($0.key) } }
}
