/// A set of slots, listed in slot order.
///
/// A bitmap with a count for every 4,096 slots: a change flips a bit, and finding the slot at a
/// rank walks the counts, so neither grows noticeably with the number of entities.
package struct SlotSet: Sendable {
  private static var wordsPerBlock: Int { 64 }

  private var words: [UInt64] = []
  private var blockCounts: [Int] = []
  /// How many slots are in the set.
  package private(set) var count = 0

  /// The empty set.
  package init() {}

  /// Adds a slot; false when it was there already, or is negative.
  @discardableResult
  package mutating func insert(_ slot: Int) -> Bool {
    guard slot >= 0 else { return false }
    let word = slot >> 6
    grow(to: word)
    let bit: UInt64 = 1 << UInt64(slot & 63)
    guard words[word] & bit == 0 else { return false }
    words[word] |= bit
    blockCounts[word / Self.wordsPerBlock] += 1
    count += 1
    return true
  }

  /// Takes a slot out; false when it was not there.
  @discardableResult
  package mutating func remove(_ slot: Int) -> Bool {
    let word = slot >> 6
    let bit: UInt64 = 1 << UInt64(slot & 63)
    guard words.indices.contains(word), words[word] & bit != 0 else { return false }
    words[word] &= ~bit
    blockCounts[word / Self.wordsPerBlock] -= 1
    count -= 1
    return true
  }

  /// The first slot at or after `slot`, nil when there is none.
  package func first(from slot: Int) -> Int? {
    var word = max(0, slot) >> 6
    guard count > 0, word < words.count else { return nil }
    var bits = words[word] & (UInt64.max << UInt64(max(0, slot) & 63))
    while bits == 0 {
      word += 1
      while word % Self.wordsPerBlock == 0, word < words.count,
        blockCounts[word / Self.wordsPerBlock] == 0
      {
        word += Self.wordsPerBlock
      }
      guard word < words.count else { return nil }
      bits = words[word]
    }
    return word << 6 + bits.trailingZeroBitCount
  }

  /// The slot of a rank, 0 being the lowest; nil beyond the highest.
  package func slot(at rank: Int) -> Int? {
    guard rank >= 0, rank < count else { return nil }
    var left = rank
    var block = 0
    while left >= blockCounts[block] {
      left -= blockCounts[block]
      block += 1
    }
    var word = block * Self.wordsPerBlock
    while left >= words[word].nonzeroBitCount {
      left -= words[word].nonzeroBitCount
      word += 1
    }
    var bits = words[word]
    for _ in 0..<left { bits &= bits - 1 }
    return word << 6 + bits.trailingZeroBitCount
  }

  private mutating func grow(to word: Int) {
    while words.count <= word { words.append(0) }
    while blockCounts.count <= word / Self.wordsPerBlock { blockCounts.append(0) }
  }
}

// The bitmap alone: the counts follow from it.
extension SlotSet: Codable {
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(words)
  }

  package init(from decoder: any Decoder) throws {
    words = try decoder.singleValueContainer().decode([UInt64].self)
    if let last = words.indices.last { grow(to: last) }
    for (index, word) in words.enumerated() {
      blockCounts[index / Self.wordsPerBlock] += word.nonzeroBitCount
      count += word.nonzeroBitCount
    }
  }
}

/// Slots in groups, listed group by group and in slot order within a group.
///
/// A row moves only when its group changes, so that a fast stream does not make rows jump.
package struct RankedSlots: Sendable {
  private var groups: [SlotSet]
  /// How many slots there are in all groups.
  package private(set) var count = 0

  /// No slots, in `groups` groups.
  package init(groups: Int) {
    self.groups = Array(repeating: SlotSet(), count: max(1, groups))
  }

  /// How many slots a group has.
  package func count(in group: Int) -> Int {
    groups.indices.contains(group) ? groups[group].count : 0
  }

  /// The slots of a group from `slot` on: the first of them.
  package func first(in group: Int, from slot: Int = 0) -> Int? {
    groups.indices.contains(group) ? groups[group].first(from: slot) : nil
  }

  /// Adds a slot to a group.
  package mutating func insert(_ slot: Int, in group: Int) {
    guard groups.indices.contains(group), groups[group].insert(slot) else { return }
    count += 1
  }

  /// Takes a slot out of its group.
  package mutating func remove(_ slot: Int, from group: Int) {
    guard groups.indices.contains(group), groups[group].remove(slot) else { return }
    count -= 1
  }

  /// Moves a slot to another group.
  package mutating func move(_ slot: Int, from old: Int, to new: Int) {
    guard old != new else { return }
    remove(slot, from: old)
    insert(slot, in: new)
  }

  /// At most `limit` slots from place `start`, in order.
  package func slots(from start: Int, limit: Int) -> [Int] {
    guard limit > 0, start < count else { return [] }
    var result: [Int] = []
    result.reserveCapacity(min(limit, count))
    var skip = max(0, start)
    for group in groups {
      guard skip < group.count else {
        skip -= group.count
        continue
      }
      var next = group.slot(at: skip)
      skip = 0
      while let slot = next {
        result.append(slot)
        if result.count == limit { return result }
        next = group.first(from: slot + 1)
      }
    }
    return result
  }
}

extension RankedSlots: Codable {
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(groups)
  }

  package init(from decoder: any Decoder) throws {
    groups = try decoder.singleValueContainer().decode([SlotSet].self)
    count = groups.reduce(0) { $0 + $1.count }
  }

  /// Throws unless there are so many groups.
  package func check(groups expected: Int) throws(StateFault) {
    try StateFault.check(groups.count == expected, "a list has \(groups.count) groups")
  }
}
