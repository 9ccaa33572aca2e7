import Domain

/// Counts events by type. Beyond `bound` types, further ones share the last place.
struct TypeTally {
  /// The most types told apart.
  static let bound = 1_024
  /// The name under which the others are counted.
  static let others = "(other types)"

  private var counts: [TypeCount] = []
  private var known: [EventType: Int] = [:]

  /// The types, the most frequent first.
  var byFrequency: [TypeCount] {
    counts.sorted { $0.count != $1.count ? $0.count > $1.count : $0.name < $1.name }
  }

  mutating func note(_ type: EventType, at now: Timestamp) {
    if let index = known[type] { return count(index, at: now) }
    guard counts.count <= Self.bound else { return count(Self.bound, at: now) }
    let isOther = counts.count == Self.bound
    if !isOther { known[type] = counts.count }
    counts.append(
      TypeCount(name: isOther ? Self.others : type.name, count: 1, first: now, last: now))
  }

  private mutating func count(_ index: Int, at now: Timestamp) {
    counts[index].count += 1
    counts[index].last = now
  }
}
