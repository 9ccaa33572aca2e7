// What `Encodable` writes to. No names are written but those of an enum's case with a payload, which
// is a container within one.

struct KeyframeKeyedWriter<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let writer: KeyframeWriter
  var codingPath: [any CodingKey] { [] }

  func encodeNil(forKey key: Key) { writer.write(false) }
  func encode(_ value: Bool, forKey key: Key) { writer.write(value) }
  func encode(_ value: String, forKey key: Key) { writer.write(value) }
  func encode(_ value: Double, forKey key: Key) { writer.write(value) }
  func encode(_ value: Int, forKey key: Key) { writer.write(Int64(value)) }
  func encode(_ value: Int64, forKey key: Key) { writer.write(value) }
  func encode(_ value: UInt64, forKey key: Key) { writer.write(value) }
  func encode(_ value: Float, forKey key: Key) { writer.write(Double(value)) }
  func encode(_ value: Int8, forKey key: Key) { writer.write(Int64(value)) }
  func encode(_ value: Int16, forKey key: Key) { writer.write(Int64(value)) }
  func encode(_ value: Int32, forKey key: Key) { writer.write(Int64(value)) }
  func encode(_ value: UInt, forKey key: Key) { writer.write(UInt64(value)) }
  func encode(_ value: UInt8, forKey key: Key) { writer.write(byte: value) }
  func encode(_ value: UInt16, forKey key: Key) { writer.write(UInt64(value)) }
  func encode(_ value: UInt32, forKey key: Key) { writer.write(UInt64(value)) }
  func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws { try writer.write(value) }

  // Each by itself: what the protocol would do writes nothing for nil.
  func encodeIfPresent(_ value: Bool?, forKey key: Key) throws { try mark(value) }
  func encodeIfPresent(_ value: String?, forKey key: Key) throws {
    writer.write(value != nil)
    if let value { writer.write(value) }
  }
  func encodeIfPresent(_ value: Double?, forKey key: Key) throws { try mark(value) }
  func encodeIfPresent(_ value: Float?, forKey key: Key) throws { try mark(value) }
  func encodeIfPresent(_ value: Int?, forKey key: Key) throws { try mark(value) }
  func encodeIfPresent(_ value: Int8?, forKey key: Key) throws { try mark(value) }
  func encodeIfPresent(_ value: Int16?, forKey key: Key) throws { try mark(value) }
  func encodeIfPresent(_ value: Int32?, forKey key: Key) throws { try mark(value) }
  func encodeIfPresent(_ value: Int64?, forKey key: Key) throws {
    writer.write(value != nil)
    if let value { writer.write(value) }
  }
  func encodeIfPresent(_ value: UInt?, forKey key: Key) throws { try mark(value) }
  func encodeIfPresent(_ value: UInt8?, forKey key: Key) throws { try mark(value) }
  func encodeIfPresent(_ value: UInt16?, forKey key: Key) throws { try mark(value) }
  func encodeIfPresent(_ value: UInt32?, forKey key: Key) throws { try mark(value) }
  func encodeIfPresent(_ value: UInt64?, forKey key: Key) throws { try mark(value) }
  func encodeIfPresent<Value: Encodable>(_ value: Value?, forKey key: Key) throws {
    try mark(value)
  }

  private func mark<Value: Encodable>(_ value: Value?) throws {
    writer.write(value != nil)
    if let value { try writer.write(value) }
  }

  func nestedContainer<NestedKey: CodingKey>(
    keyedBy keyType: NestedKey.Type, forKey key: Key
  ) -> KeyedEncodingContainer<NestedKey> {
    writer.write(key.stringValue)
    return writer.container(keyedBy: keyType)
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    writer.unkeyedContainer()
  }

  func superEncoder() -> any Encoder { writer }
  func superEncoder(forKey key: Key) -> any Encoder { writer }
}

struct KeyframeListWriter: UnkeyedEncodingContainer, SingleValueEncodingContainer {
  let writer: KeyframeWriter
  var codingPath: [any CodingKey] { [] }
  var count: Int { 0 }

  func encodeNil() { writer.write(false) }
  func encode(_ value: Bool) { writer.write(value) }
  func encode(_ value: String) { writer.write(value) }
  func encode(_ value: Double) { writer.write(value) }
  func encode(_ value: Int) { writer.write(Int64(value)) }
  func encode(_ value: Int64) { writer.write(value) }
  func encode(_ value: UInt64) { writer.write(value) }
  func encode(_ value: Float) { writer.write(Double(value)) }
  func encode(_ value: Int8) { writer.write(Int64(value)) }
  func encode(_ value: Int16) { writer.write(Int64(value)) }
  func encode(_ value: Int32) { writer.write(Int64(value)) }
  func encode(_ value: UInt) { writer.write(UInt64(value)) }
  func encode(_ value: UInt8) { writer.write(byte: value) }
  func encode(_ value: UInt16) { writer.write(UInt64(value)) }
  func encode(_ value: UInt32) { writer.write(UInt64(value)) }
  func encode<Value: Encodable>(_ value: Value) throws { try writer.write(value) }

  func nestedContainer<NestedKey: CodingKey>(
    keyedBy keyType: NestedKey.Type
  ) -> KeyedEncodingContainer<NestedKey> {
    writer.container(keyedBy: keyType)
  }

  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { self }
  func superEncoder() -> any Encoder { writer }
}
