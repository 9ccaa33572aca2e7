// What `Decodable` reads from: the counterparts of what it writes to.

struct KeyframeKeyedReader<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let reader: KeyframeReader
  var codingPath: [any CodingKey] { [] }

  /// The case of an enum that comes next. Asked for once, before its payload.
  var allKeys: [Key] {
    guard let name = try? reader.readText(), let key = Key(stringValue: name) else { return [] }
    return [key]
  }

  func contains(_ key: Key) -> Bool { true }
  func decodeNil(forKey key: Key) throws -> Bool { try !reader.readFlag() }

  func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try list.decode(type) }
  func decode(_ type: String.Type, forKey key: Key) throws -> String { try reader.readText() }
  func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try list.decode(type) }
  func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try reader.readInt() }
  func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try reader.readNumber() }
  func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try list.decode(type) }
  func decode(_ type: Float.Type, forKey key: Key) throws -> Float { try list.decode(type) }
  func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try list.decode(type) }
  func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try list.decode(type) }
  func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try list.decode(type) }
  func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try list.decode(type) }
  func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try list.decode(type) }
  func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try list.decode(type) }
  func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try list.decode(type) }
  func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
    try reader.read(type)
  }

  func nestedContainer<NestedKey: CodingKey>(
    keyedBy type: NestedKey.Type, forKey key: Key
  ) -> KeyedDecodingContainer<NestedKey> {
    reader.container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedDecodingContainer { list }
  func superDecoder() -> any Decoder { reader }
  func superDecoder(forKey key: Key) -> any Decoder { reader }

  private var list: KeyframeListReader { KeyframeListReader(reader: reader) }
}

struct KeyframeListReader: UnkeyedDecodingContainer, SingleValueDecodingContainer {
  let reader: KeyframeReader
  var codingPath: [any CodingKey] { [] }
  var count: Int? { nil }
  var isAtEnd: Bool { false }
  var currentIndex: Int { 0 }

  func decodeNil() -> Bool { (try? reader.readFlag()) == false }
  func decode(_ type: Bool.Type) throws -> Bool { try reader.readFlag() }
  func decode(_ type: String.Type) throws -> String { try reader.readText() }
  func decode(_ type: Double.Type) throws -> Double { try reader.readDouble() }
  func decode(_ type: Int.Type) throws -> Int { try reader.readInt() }
  func decode(_ type: Int64.Type) throws -> Int64 { try reader.readNumber() }
  func decode(_ type: UInt64.Type) throws -> UInt64 { try reader.readVarint() }
  func decode(_ type: Float.Type) throws -> Float { Float(try reader.readDouble()) }
  func decode(_ type: Int8.Type) throws -> Int8 { try exactly(try reader.readNumber()) }
  func decode(_ type: Int16.Type) throws -> Int16 { try exactly(try reader.readNumber()) }
  func decode(_ type: Int32.Type) throws -> Int32 { try exactly(try reader.readNumber()) }
  func decode(_ type: UInt.Type) throws -> UInt { try exactly(try reader.readVarint()) }
  func decode(_ type: UInt8.Type) throws -> UInt8 { try reader.readByte() }
  func decode(_ type: UInt16.Type) throws -> UInt16 { try exactly(try reader.readVarint()) }
  func decode(_ type: UInt32.Type) throws -> UInt32 { try exactly(try reader.readVarint()) }
  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try reader.read(type) }

  private func exactly<Number: FixedWidthInteger>(
    _ value: some BinaryInteger
  ) throws(KeyframeError) -> Number {
    guard let number = Number(exactly: value) else {
      throw reader.fault("the number \(value) is too large")
    }
    return number
  }

  func nestedContainer<NestedKey: CodingKey>(
    keyedBy type: NestedKey.Type
  ) -> KeyedDecodingContainer<NestedKey> {
    reader.container(keyedBy: type)
  }

  func nestedUnkeyedContainer() -> any UnkeyedDecodingContainer { self }
  func superDecoder() -> any Decoder { reader }
}
