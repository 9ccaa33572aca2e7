/// The fingerprints of the newest (source, id) pairs, to tell an event that comes again.
///
/// Bounded: an event repeated after `bound` others is taken for new. A fingerprint is 64 bits, so
/// that among a billion events one is wrongly taken for a repeat with a chance below one in 10^5.
package struct DuplicateWindow: Sendable {
  private var table: [UInt64]
  private var order: [UInt64] = []
  private var oldest = 0
  private let mask: Int
  /// How many pairs are remembered.
  package let bound: Int

  /// An empty window over the newest `bound` pairs; `bound` is rounded up to a power of two.
  package init(bound: Int = 131_072) {
    var size = 16
    while size < bound { size *= 2 }
    self.bound = size
    mask = size * 2 - 1
    table = Array(repeating: 0, count: size * 2)
  }

  /// Remembers a pair; false when it was there already.
  package mutating func insert(source: UInt64, id: String) -> Bool {
    let print = Self.fingerprint(source: source, id: id)
    var place = Int(truncatingIfNeeded: print) & mask
    while table[place] != 0 {
      if table[place] == print { return false }
      place = (place + 1) & mask
    }
    table[place] = print
    remember(print)
    return true
  }

  /// A seed for `insert(source:id:)` from the source's name.
  package static func seed(_ source: String) -> UInt64 { hash(source, seed: 0) }

  private mutating func remember(_ print: UInt64) {
    guard order.count == bound else {
      order.append(print)
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
    let value = hash(id, seed: source)
    return value == 0 ? 1 : value
  }

  /// 64 bits of a text: eight bytes at a time through the multiply-and-fold step of wyhash.
  private static func hash(_ text: String, seed: UInt64) -> UInt64 {
    var text = text
    return text.withUTF8 { bytes in
      var state = seed ^ 0xA076_1D64_78BD_642F
      var index = 0
      while index < bytes.count {
        var word: UInt64 = 0
        let end = min(index + 8, bytes.count)
        for place in index..<end { word = word << 8 | UInt64(bytes[place]) }
        state = fold(state ^ word, 0xE703_7ED1_A0B4_28DB)
        index = end
      }
      return fold(state ^ UInt64(bytes.count), 0x8EBC_6AF0_9C88_C6E3)
    }
  }

  private static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.high ^ product.low
  }
}
