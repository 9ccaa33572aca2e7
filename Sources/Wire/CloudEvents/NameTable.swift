/// A look-up from byte strings to small values, by open addressing over two machine words a name.
///
/// Names of up to 16 bytes, which are nearly all, are compared as two words and their length; the
/// bytes of longer ones are compared in full.
struct NameTable<Value: Sendable>: Sendable {
  private struct Slot {
    var key = NameKey.none
    /// Where the value stands in `values`.
    var index = 0
    /// Where the bytes of a name longer than 16 begin in `longNames`.
    var start = 0
  }

  private var slots: [Slot]
  private var values: [Value] = []
  private var longNames: [UInt8] = []

  /// A table for at most `capacity` names; more are refused.
  init(capacity: Int) {
    var size = 16
    while size < capacity &* 3 { size &*= 2 }
    slots = Array(repeating: Slot(), count: size)
  }

  /// Names in the table.
  var count: Int { values.count }

  /// The value of a name, or nil.
  @inline(__always)
  subscript(name: UnsafeRawBufferPointer) -> Value? {
    let key = NameKey(name)
    let mask = slots.count &- 1
    var place = key.hash & mask
    // The table is never more than half full, so a free slot ends every search.
    while slots[place].key.length >= 0 {
      let slot = slots[place]
      if slot.key == key, key.length <= 16 || isLongName(name, at: slot.start) {
        return values[slot.index]
      }
      place = (place &+ 1) & mask
    }
    return nil
  }

  /// Adds a name that is not there yet; false when the table is full.
  @discardableResult
  mutating func insert(_ name: UnsafeRawBufferPointer, _ value: Value) -> Bool {
    guard count &* 2 < slots.count else { return false }
    let key = NameKey(name)
    let mask = slots.count &- 1
    var place = key.hash & mask
    while slots[place].key.length >= 0 { place = (place &+ 1) & mask }
    slots[place] = Slot(key: key, index: values.count, start: longNames.count)
    values.append(value)
    if key.length > 16 { longNames.append(contentsOf: name) }
    return true
  }

  mutating func insert(_ name: String, _ value: Value) {
    Array(name.utf8).withRawBytes { _ = insert($0, value) }
  }

  @inline(__always)
  private func isLongName(_ name: UnsafeRawBufferPointer, at start: Int) -> Bool {
    longNames.withUnsafeBytes { all in
      name.isSame(as: UnsafeRawBufferPointer(rebasing: all[start..<start &+ name.count]))
    }
  }
}

/// A byte string by its first and last word and its length, which is all of it up to 16 bytes.
struct NameKey: Equatable {
  let first: UInt64
  let last: UInt64
  /// Bytes of the name; -1 for `none`.
  let length: Int

  /// The key of no name at all.
  static let none = NameKey()

  private init() {
    first = 0
    last = 0
    length = -1
  }

  @inline(__always)
  init(_ bytes: UnsafeRawBufferPointer) {
    length = bytes.count
    if length >= 8 {
      first = bytes.loadUnaligned(as: UInt64.self)
      last = bytes.loadUnaligned(fromByteOffset: length &- 8, as: UInt64.self)
    } else if length >= 4 {
      first = UInt64(bytes.loadUnaligned(as: UInt32.self))
      last = UInt64(bytes.loadUnaligned(fromByteOffset: length &- 4, as: UInt32.self))
    } else if length > 0 {
      first = UInt64(bytes[0]) | UInt64(bytes[length / 2]) &<< 8
      last = UInt64(bytes[length &- 1])
    } else {
      first = 0
      last = 0
    }
  }

  @inline(__always)
  var hash: Int {
    let mixed = (first ^ (last &<< 29 | last &>> 35)) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: (mixed ^ UInt64(truncatingIfNeeded: length)) &>> 40)
  }
}
