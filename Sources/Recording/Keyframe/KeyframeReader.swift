import Domain

/// Reads what `KeyframeWriter` wrote, and trusts none of it: every length is compared with what is
/// left, and values within values are followed to a stated depth.
final class KeyframeReader: Decoder, StateReader {
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  /// How deep values may lie in values. Records within records of an event, the deepest there are,
  /// take three of it each, and an event has at most 128.
  private static let depthBound = 640
  /// A count or a place is taken for this at most, so that what is added to it later cannot overflow.
  private static let countBound: Int64 = 1 << 58

  private let bytes: UnsafeRawBufferPointer
  private var place: Int
  private let end: Int
  private var depth = 0
  private var moment: Int64 = 0
  private var kinds = KeyframeKinds()

  /// Reads a part of some bytes, which must outlive this value.
  init(_ bytes: UnsafeRawBufferPointer, in range: Range<Int>) {
    self.bytes = bytes
    place = range.lowerBound
    end = range.upperBound
  }

  /// Whether everything was read.
  var isAtEnd: Bool { place == end }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(KeyframeKeyedReader<Key>(reader: self))
  }

  func unkeyedContainer() -> any UnkeyedDecodingContainer { KeyframeListReader(reader: self) }

  func singleValueContainer() -> any SingleValueDecodingContainer {
    KeyframeListReader(reader: self)
  }

  // MARK: Values

  /// Reads a value of any type.
  func read<Value: Decodable>(_ type: Value.Type) throws -> Value {
    if Value.self == Timestamp.self { return same(try readMoment(), as: type) }
    if Value.self == String.self { return same(try readText(), as: type) }
    if Value.self == [String].self { return same(try readTexts(), as: type) }
    if Value.self == Int.self { return same(try readInt(), as: type) }
    if Value.self == Span.self { return same(try readSpan(), as: type) }
    if Value.self == [UInt8].self { return same(Array(try readRaw()), as: type) }
    if Value.self == [Int].self { return same(try readList(readInt), as: type) }
    if Value.self == [Int64].self { return same(try readList(readNumber), as: type) }
    if Value.self == [UInt64].self { return same(try readWords(), as: type) }
    if Value.self == [Timestamp].self { return same(try readList(readMoment), as: type) }
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.depthBound else { throw fault("values lie too deep in values") }
    guard let contents = kinds.contents(Value.self) else {
      return try Value(from: self)
    }
    return try contents.read(as: type, from: self)
  }

  func readFlag() throws(KeyframeError) -> Bool {
    let byte = try readByte()
    guard byte <= 1 else { throw fault("\(byte) is neither true nor false") }
    return byte == 1
  }

  @inline(__always)
  func readByte() throws(KeyframeError) -> UInt8 {
    guard place < end else { throw fault("it is cut off") }
    defer { place &+= 1 }
    return bytes[place]
  }

  func readVarint() throws(KeyframeError) -> UInt64 {
    var number: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let byte = try readByte()
      guard shift < 63 || byte <= 1 else { throw fault("a number has more than 64 bits") }
      number |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return number }
      shift += 7
    }
  }

  func readNumber() throws(KeyframeError) -> Int64 {
    let folded = try readVarint()
    return Int64(bitPattern: folded >> 1) ^ -Int64(bitPattern: folded & 1)
  }

  func readInt() throws(KeyframeError) -> Int {
    Int(min(Self.countBound, max(-Self.countBound, try readNumber())))
  }

  func readWord() throws(KeyframeError) -> UInt64 {
    guard end - place >= 8 else { throw fault("it is cut off") }
    defer { place &+= 8 }
    return UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
  }

  func readDouble() throws(KeyframeError) -> Double { Double(bitPattern: try readWord()) }

  func readText() throws(KeyframeError) -> String {
    String(decoding: try readRaw(), as: UTF8.self)
  }

  func readTexts() throws(KeyframeError) -> [String] { try readList(readText) }

  func readMoment() throws(KeyframeError) -> Timestamp {
    let moment = Timestamp(microseconds: self.moment &+ (try readNumber()))
    if moment.isOrdinary { self.moment = moment.microseconds }
    return moment
  }

  private func readSpan() throws(KeyframeError) -> Span {
    let bound: Int64 = 1 << 60
    return Span(microseconds: min(bound, max(-bound, try readNumber())))
  }

  // MARK: Lists

  /// A length; each element takes a byte at least.
  func readCount() throws(KeyframeError) -> Int {
    let count = try readVarint()
    guard count <= UInt64(end - place) else {
      throw fault("\(count) elements cannot stand in the \(end - place) bytes that are left")
    }
    return Int(count)
  }

  private func readList<Element>(
    _ element: () throws(KeyframeError) -> Element
  ) throws(KeyframeError) -> [Element] {
    let count = try readCount()
    var list: [Element] = []
    list.reserveCapacity(min(count, 1 << 16))
    for _ in 0..<count { list.append(try element()) }
    return list
  }

  private func readWords() throws(KeyframeError) -> [UInt64] {
    let count = try readCount()
    guard count <= (end - place) / 8 else { throw fault("\(count) words cannot stand here") }
    var words: [UInt64] = []
    words.reserveCapacity(count)
    for _ in 0..<count { words.append(try readWord()) }
    return words
  }

  private func readRaw() throws(KeyframeError) -> UnsafeRawBufferPointer {
    let count = try readCount()
    defer { place += count }
    return UnsafeRawBufferPointer(rebasing: bytes[place..<place + count])
  }

  // MARK: Faults

  func fault(_ problem: String) -> KeyframeError {
    KeyframeError(offset: place, problem: problem)
  }

  /// The fault of an error that a value threw while it was read.
  func fault(_ error: any Error) -> KeyframeError {
    switch error {
    case let error as KeyframeError: error
    case let error as StateFault: fault(error.problem)
    default: fault("what stands there is of another kind")
    }
  }
}

extension [UInt8] {
  /// Hands over a reader of a part of the bytes.
  func withKeyframeReader<Result>(
    in range: Range<Int>, _ body: (KeyframeReader) throws(KeyframeError) -> Result
  ) throws(KeyframeError) -> Result {
    try withUnsafeBufferPointer { (typed) throws(KeyframeError) in
      try body(KeyframeReader(UnsafeRawBufferPointer(typed), in: range))
    }
  }
}

/// A value known to be of a type.
@inline(__always)
private func same<Known, Value>(_ value: Known, as type: Value.Type) -> Value {
  unsafeBitCast(value, to: Value.self)
}
