import Domain

/// Writes values one after another, without names: an encoder whose containers are all the same.
///
/// Whole numbers are varints of seven bits a byte, signed ones folded so that small ones are short;
/// a moment is the distance to the moment before it; texts and lists begin with their length.
final class KeyframeWriter: Encoder {
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  private var storage = UnsafeMutablePointer<UInt8>.allocate(capacity: 1 << 16)
  private var capacity = 1 << 16
  private var count = 0
  /// What the next moment is told from.
  private var moment: Int64 = 0
  private var kinds = KeyframeKinds()

  deinit { storage.deallocate() }

  /// Everything written.
  var bytes: [UInt8] { Array(UnsafeBufferPointer(start: storage, count: count)) }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(KeyframeKeyedWriter<Key>(writer: self))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer { KeyframeListWriter(writer: self) }

  func singleValueContainer() -> any SingleValueEncodingContainer {
    KeyframeListWriter(writer: self)
  }

  // MARK: Values

  /// Writes a value of any type: those that occur by the thousand at once, others as they say.
  func write<Value: Encodable>(_ value: Value) throws {
    if Value.self == Timestamp.self { return write(moment: same(value, as: Timestamp.self)) }
    if Value.self == String.self { return write(same(value, as: String.self)) }
    if Value.self == [String].self { return write(same(value, as: [String].self)) }
    if Value.self == Int.self { return write(Int64(same(value, as: Int.self))) }
    if Value.self == Span.self { return write(same(value, as: Span.self).microseconds) }
    if Value.self == [UInt8].self { return write(bytes: same(value, as: [UInt8].self)) }
    if Value.self == [Int].self { return write(same(value, as: [Int].self)) }
    if Value.self == [Int64].self { return write(same(value, as: [Int64].self)) }
    if Value.self == [UInt64].self { return write(words: same(value, as: [UInt64].self)) }
    if Value.self == [Timestamp].self { return write(same(value, as: [Timestamp].self)) }
    guard let contents = kinds.contents(Value.self) else {
      return try value.encode(to: self)
    }
    try contents.write(same: value, to: self)
  }

  func write(_ flag: Bool) { write(byte: flag ? 1 : 0) }

  @inline(__always)
  func write(byte: UInt8) {
    reserve(1)
    storage[count] = byte
    count &+= 1
  }

  @inline(__always)
  func write(_ number: Int64) {
    write(UInt64(bitPattern: number << 1 ^ number >> 63))
  }

  func write(_ number: UInt64) {
    reserve(10)
    var rest = number
    while rest >= 0x80 {
      storage[count] = UInt8(truncatingIfNeeded: rest) | 0x80
      count &+= 1
      rest >>= 7
    }
    storage[count] = UInt8(truncatingIfNeeded: rest)
    count &+= 1
  }

  /// The eight bytes of a word, for what is random.
  func write(word: UInt64) {
    reserve(8)
    UnsafeMutableRawPointer(storage + count).storeBytes(of: word.littleEndian, as: UInt64.self)
    count &+= 8
  }

  func write(_ number: Double) { write(word: number.bitPattern) }

  func write(_ text: String) {
    var text = text
    text.withUTF8 { write(raw: $0) }
  }

  func write(moment: Timestamp) {
    write(moment.microseconds &- self.moment)
    if moment.isOrdinary { self.moment = moment.microseconds }
  }

  // MARK: Lists

  func write(bytes: [UInt8]) { bytes.withUnsafeBufferPointer { write(raw: $0) } }

  private func write(raw: UnsafeBufferPointer<UInt8>) {
    write(UInt64(raw.count))
    reserve(raw.count)
    if let start = raw.baseAddress { (storage + count).update(from: start, count: raw.count) }
    count &+= raw.count
  }

  private func write(_ texts: [String]) {
    write(UInt64(texts.count))
    for text in texts { write(text) }
  }

  func write(_ numbers: [Int]) {
    write(UInt64(numbers.count))
    for number in numbers { write(Int64(number)) }
  }

  private func write(_ numbers: [Int64]) {
    write(UInt64(numbers.count))
    for number in numbers { write(number) }
  }

  private func write(words: [UInt64]) {
    write(UInt64(words.count))
    for word in words { write(word: word) }
  }

  private func write(_ moments: [Timestamp]) {
    write(UInt64(moments.count))
    for moment in moments { write(moment: moment) }
  }

  @inline(__always)
  private func reserve(_ more: Int) {
    if count &+ more > capacity { grow(more) }
  }

  @inline(never)
  private func grow(_ more: Int) {
    capacity = max(capacity * 2, count + more)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    larger.update(from: storage, count: count)
    storage.deallocate()
    storage = larger
  }
}

/// A value known to be of a type.
@inline(__always)
private func same<Value, Known>(_ value: Value, as type: Known.Type) -> Known {
  unsafeBitCast(value, to: Known.self)
}

extension Timestamp {
  /// Whether it is a moment, and not the end of time that stands for none.
  var isOrdinary: Bool { (-Self.ordinaryBound...Self.ordinaryBound).contains(microseconds) }

  private static let ordinaryBound: Int64 = 1 << 61
}
