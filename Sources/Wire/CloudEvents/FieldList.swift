import Domain

/// Fields being gathered, each once. Which are there is kept in bits, so that the usual case, a name
/// not seen before, compares nothing.
struct FieldList {
  private(set) var entries: [Fields.Entry] = []
  private var present = OrdinalSet()
  private var fixed = OrdinalSet()

  init() { entries.reserveCapacity(8) }

  /// Sets a field; a later value replaces an earlier one, but for a fixed one.
  @inline(__always)
  mutating func set(_ field: Field, ordinal: Int, _ value: FieldValue) {
    if present.insert(ordinal) {
      entries.append(Fields.Entry(field, value))
    } else if !fixed.contains(ordinal) {
      replace(field, value)
    }
  }

  /// Sets a field that a delta changes: only another such change replaces it.
  mutating func fix(_ field: Field, ordinal: Int, _ value: FieldValue) {
    if present.insert(ordinal) {
      entries.append(Fields.Entry(field, value))
    } else {
      replace(field, value)
    }
    fixed.insert(ordinal)
  }

  @inline(never)
  private mutating func replace(_ field: Field, _ value: FieldValue) {
    for index in entries.indices where entries[index].field == field {
      entries[index].value = value
      return
    }
    entries.append(Fields.Entry(field, value))
  }
}

/// A set of the numbers 0 to 255; larger ones count as members always, which costs their fields a
/// comparison and no more.
private struct OrdinalSet {
  private var low: UInt128 = 0
  private var high: UInt128 = 0

  func contains(_ ordinal: Int) -> Bool {
    ordinal < 128 ? low &>> ordinal & 1 == 1 : ordinal >= 256 || high &>> (ordinal - 128) & 1 == 1
  }

  /// Adds a number; whether it was not a member before.
  @inline(__always)
  @discardableResult
  mutating func insert(_ ordinal: Int) -> Bool {
    guard !contains(ordinal) else { return false }
    if ordinal < 128 { low |= 1 &<< ordinal } else { high |= 1 &<< (ordinal - 128) }
    return true
  }
}
