/// The fingerprints of the newest (source, id) pairs, to tell an event that comes again.
///
/// Bounded: an event repeated after `bound` others is taken for new. A fingerprint is 64 bits, so
/// that among a billion events one is wrongly taken for a repeat with a chance below one in 10^5.
package struct DuplicateWindow: Sendable {
  /// By open addressing, at most half full. It grows with what it holds: most windows stay small.
  private var table = [UInt64](repeating: 0, count: 32)
  private var order: [UInt64] = []
  private var oldest = 0
  private var mask: Int { table.count - 1 }
  /// How many pairs are remembered.
  package let bound: Int

  /// An empty window over the newest `bound` pairs; `bound` is rounded up to a power of two.
  package init(bound: Int = 65_536) {
    var size = 16
    while size < bound { size *= 2 }
    self.bound = size
  }

  /// Remembers a pair; false when it was there already.
  package mutating func insert(source: UInt64, id: String) -> Bool {
    let print = Self.fingerprint(source: source, id: id)
    guard add(print) else { return false }
    remember(print)
    return true
  }

  /// A seed for `insert(source:id:)` from the source's name.
  package static func seed(_ source: String) -> UInt64 { Fingerprint.of(source) }

  /// Puts a fingerprint into the table; false when it is there.
  private mutating func add(_ print: UInt64) -> Bool {
    var place = Int(truncatingIfNeeded: print) & mask
    while table[place] != 0 {
      if table[place] == print { return false }
      place = (place + 1) & mask
    }
    table[place] = print
    return true
  }

  /// Makes a table of so many places of what is remembered; false where that has one twice.
  private mutating func rebuild(places: Int) -> Bool {
    table = Array(repeating: 0, count: places)
    for print in order where !add(print) { return false }
    return true
  }

  private mutating func remember(_ print: UInt64) {
    guard order.count == bound else {
      order.append(print)
      if order.count * 2 > table.count { _ = rebuild(places: table.count * 2) }
      return
    }
    let forgotten = order[oldest]
    order[oldest] = print
    oldest = (oldest + 1) & (bound - 1)
    remove(forgotten)
  }

  /// Takes a fingerprint out of the open addressing table and closes the hole behind it.
  private mutating func remove(_ print: UInt64) {
    var hole = Int(truncatingIfNeeded: print) & mask
    while table[hole] != print {
      if table[hole] == 0 { return }
      hole = (hole + 1) & mask
    }
    var probe = (hole + 1) & mask
    while table[probe] != 0 {
      let home = Int(truncatingIfNeeded: table[probe]) & mask
      if (probe - home) & mask >= (probe - hole) & mask {
        table[hole] = table[probe]
        hole = probe
      }
      probe = (probe + 1) & mask
    }
    table[hole] = 0
  }

  private static func fingerprint(source: UInt64, id: String) -> UInt64 {
    let value = Fingerprint.of(id, seed: source)
    return value == 0 ? 1 : value
  }
}

// The fingerprints in order of age; the table is made of them again.
extension DuplicateWindow: Codable {
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.unkeyedContainer()
    try container.encode(bound)
    try container.encode(Array(order[oldest...] + order[..<oldest]))
  }

  package init(from decoder: any Decoder) throws {
    var container = try decoder.unkeyedContainer()
    let bound = try container.decode(Int.self)
    try StateFault.check(
      (16...65_536).contains(bound) && bound.nonzeroBitCount == 1,
      "there is no window of \(bound) duplicates")
    self.init(bound: bound)
    order = try container.decode([UInt64].self)
    try StateFault.check(order.count <= bound, "more duplicates are known than there is room for")
    var places = table.count
    while places < order.count * 2 { places *= 2 }
    try StateFault.check(
      !order.contains(0) && rebuild(places: places), "a duplicate is known twice")
  }
}
