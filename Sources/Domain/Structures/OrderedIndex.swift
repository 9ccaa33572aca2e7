/// The slots of a collection kept in display order, so that a pane can take the rows in view
/// without sorting or scanning the rest.
///
/// A sorted list cut into chunks of at most 512 keys: inserting and removing cost a binary search
/// and one short move, taking the row at a rank costs a walk over the chunks.
package struct OrderedIndex<Key: Comparable & Sendable>: Sendable {
  /// One row: the key it is ordered by and the slot it stands for; ties go by slot.
  package struct Entry: Comparable, Sendable {
    package let key: Key
    package let slot: Int

    package static func < (left: Entry, right: Entry) -> Bool {
      if left.key < right.key { return true }
      if right.key < left.key { return false }
      return left.slot < right.slot
    }
  }

  private static var chunkBound: Int { 512 }

  private var chunks: [[Entry]] = []
  /// How many rows there are.
  package private(set) var count = 0

  /// No rows.
  package init() {}

  /// Adds a row.
  package mutating func insert(_ key: Key, slot: Int) {
    let entry = Entry(key: key, slot: slot)
    count += 1
    guard !chunks.isEmpty else {
      chunks = [[entry]]
      return
    }
    let index = min(chunkIndex(for: entry), chunks.count - 1)
    chunks[index].insert(entry, at: Self.position(of: entry, in: chunks[index]))
    if chunks[index].count > Self.chunkBound { split(index) }
  }

  /// Removes a row by the key it was inserted with; false when there is none.
  @discardableResult
  package mutating func remove(_ key: Key, slot: Int) -> Bool {
    let entry = Entry(key: key, slot: slot)
    let index = chunkIndex(for: entry)
    guard index < chunks.count else { return false }
    let position = Self.position(of: entry, in: chunks[index])
    guard position < chunks[index].count, chunks[index][position] == entry else { return false }
    chunks[index].remove(at: position)
    if chunks[index].isEmpty { chunks.remove(at: index) }
    count -= 1
    return true
  }

  /// Moves a row to its new key; does nothing when the key is the same.
  package mutating func move(slot: Int, from old: Key, to new: Key) {
    guard old < new || new < old else { return }
    if remove(old, slot: slot) { insert(new, slot: slot) }
  }

  /// The slots of at most `limit` rows from rank `start`, in order.
  package func slots(from start: Int, limit: Int) -> [Int] {
    guard limit > 0, start < count else { return [] }
    var result: [Int] = []
    result.reserveCapacity(min(limit, count))
    var skip = max(0, start)
    for chunk in chunks {
      guard skip < chunk.count else {
        skip -= chunk.count
        continue
      }
      for entry in chunk[skip...] {
        result.append(entry.slot)
        if result.count == limit { return result }
      }
      skip = 0
    }
    return result
  }

  /// The first row's key, nil when there are no rows.
  package var first: Entry? { chunks.first?.first }

  /// The rank of a row, nil when it is not there.
  package func rank(of key: Key, slot: Int) -> Int? {
    let entry = Entry(key: key, slot: slot)
    let index = chunkIndex(for: entry)
    guard index < chunks.count else { return nil }
    let position = Self.position(of: entry, in: chunks[index])
    guard position < chunks[index].count, chunks[index][position] == entry else { return nil }
    return chunks[..<index].reduce(0) { $0 + $1.count } + position
  }

  /// The first chunk whose last entry is not before `entry`.
  private func chunkIndex(for entry: Entry) -> Int {
    var low = 0
    var high = chunks.count
    while low < high {
      let middle = (low + high) / 2
      if let last = chunks[middle].last, last < entry {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low
  }

  private static func position(of entry: Entry, in chunk: [Entry]) -> Int {
    var low = 0
    var high = chunk.count
    while low < high {
      let middle = (low + high) / 2
      if chunk[middle] < entry { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private mutating func split(_ index: Int) {
    let half = chunks[index].count / 2
    let tail = Array(chunks[index][half...])
    chunks[index].removeSubrange(half...)
    chunks.insert(tail, at: index + 1)
  }
}

// Written by its owner as the slots in order: the keys follow from what is in the slots.
extension OrderedIndex {
  /// The slots of all rows, in order.
  package var allSlots: [Int] { chunks.flatMap { $0.map(\.slot) } }

  /// The rows of some slots, which are in order already; throws when a slot has no key, or when
  /// they are not in order.
  package init(slots: [Int], key: (_ slot: Int) -> Key?) throws(StateFault) {
    var last: Entry?
    for slot in slots {
      guard let key = key(slot) else {
        throw StateFault(problem: "a list names slot \(slot), which is not of it")
      }
      let entry = Entry(key: key, slot: slot)
      if let last, !(last < entry) { throw StateFault(problem: "a list is not in its order") }
      last = entry
      if chunks.isEmpty || count % Self.filling == 0 { chunks.append([]) }
      chunks[chunks.count - 1].append(entry)
      count += 1
    }
  }

  /// How far chunks are filled at first: there is room for what comes next.
  private static var filling: Int { chunkBound / 2 }
}
