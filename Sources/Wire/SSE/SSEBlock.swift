/// A value that lies in the chunk being read, or was kept from an earlier one.
struct SSEValue {
  /// Where the value is.
  enum Place {
    case absent
    case chunk(UnsafeRawBufferPointer)
    case kept
  }

  private(set) var place = Place.absent
  private var bytes: [UInt8] = []

  /// Capacity that is given back once the value it was needed for is done with.
  private static let spareCapacity = 1 << 20

  init() {}

  init(_ kept: [UInt8]) {
    bytes = kept
    place = .kept
  }

  var isAbsent: Bool {
    if case .absent = place { return true }
    return false
  }

  var count: Int {
    switch place {
    case .absent: 0
    case .chunk(let slice): slice.count
    case .kept: bytes.count
    }
  }

  var copy: [UInt8] {
    switch place {
    case .absent: []
    case .chunk(let slice): Array(slice)
    case .kept: bytes
    }
  }

  /// Takes a value that lies in the chunk without copying it.
  @inline(__always)
  mutating func refer(to slice: UnsafeRawBufferPointer) {
    place = .chunk(slice)
  }

  /// Copies what lies in the chunk, which is about to go away.
  mutating func keep() {
    guard case .chunk(let slice) = place else { return }
    bytes.removeAll(keepingCapacity: true)
    bytes.append(contentsOf: slice)
    place = .kept
  }

  /// Adds a LF and another line (the data field's rule).
  mutating func appendLine(_ line: UnsafeRawBufferPointer) {
    keep()
    bytes.append(0x0A)
    bytes.append(contentsOf: line)
  }

  /// Adds bytes to a kept value, or begins one.
  mutating func append(_ more: UnsafeRawBufferPointer) {
    keep()
    if isAbsent { bytes.removeAll(keepingCapacity: true) }
    bytes.append(contentsOf: more)
    place = .kept
  }

  @inline(__always)
  mutating func clear() {
    if case .kept = place { bytes.removeAll(keepingCapacity: bytes.capacity < Self.spareCapacity) }
    place = .absent
  }

  /// Hands over the bytes, none when the value is absent.
  @inline(__always)
  func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    switch place {
    case .absent: body(UnsafeRawBufferPointer(start: nil, count: 0))
    case .chunk(let slice): body(slice)
    case .kept: bytes.withUnsafeBytes(body)
    }
  }
}

// The bytes of a kept value: between chunks there is no other.
extension SSEValue: Codable {
  func encode(to encoder: any Encoder) throws {
    var container = encoder.unkeyedContainer()
    try container.encode(isAbsent)
    try container.encode(copy)
  }

  init(from decoder: any Decoder) throws {
    var container = try decoder.unkeyedContainer()
    let isAbsent = try container.decode(Bool.self)
    let bytes = try container.decode([UInt8].self)
    if !isAbsent { self.init(bytes) } else { self.init() }
  }
}

/// The fields of the block being read (WHATWG HTML section 9.2.6), not yet dispatched.
struct SSEBlock: Codable {
  var type = SSEValue()
  /// Absent until a data line came, which is the standard's "data buffer is the empty string".
  var data = SSEValue()
  /// Absent while the block names no id; then the last event id stays.
  var id = SSEValue()
  /// The checksum that a hub of ours adds; not a field of the standard.
  var checksum = SSEValue()

  /// Copies what lies in the chunk, which is about to go away.
  mutating func keep() {
    type.keep()
    data.keep()
    id.keep()
    checksum.keep()
  }

  mutating func clear() {
    type.clear()
    data.clear()
    id.clear()
    checksum.clear()
  }
}
