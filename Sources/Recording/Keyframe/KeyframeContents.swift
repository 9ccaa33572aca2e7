/// What would be written in another order each time, or without a mark of where it ends, if it were
/// left to say by itself how it is coded.
protocol KeyframeContents {
  func write(to writer: KeyframeWriter) throws
  init(reading reader: KeyframeReader) throws
}

/// Which types are read and written by their contents. Asking the runtime what a type conforms to
/// goes through all that the program knows of any type: it is asked of containers alone, and once.
struct KeyframeKinds {
  private var known: [ObjectIdentifier: any KeyframeContents.Type] = [:]

  /// The type as one of those; nil for one that says by itself how it is coded.
  mutating func contents(_ type: Any.Type) -> (any KeyframeContents.Type)? {
    guard Self.isContainer(type) else { return nil }
    let identity = ObjectIdentifier(type)
    if let kind = known[identity] { return kind }
    let kind = type as? any KeyframeContents.Type
    known[identity] = kind
    return kind
  }

  private static func isContainer(_ type: Any.Type) -> Bool {
    let generic = descriptor(of: type)
    return generic == array || generic == optional || generic == dictionary || generic == set
  }

  private static let array = descriptor(of: [Int].self), optional = descriptor(of: Int?.self)
  private static let dictionary = descriptor(of: [Int: Int].self)
  private static let set = descriptor(of: Set<Int>.self)

  /// What all types made of one generic type share: the second word of what the runtime knows of a
  /// struct or an enum (the ABI's type metadata). What is coded is never anything else.
  private static func descriptor(of type: Any.Type) -> UInt {
    unsafeBitCast(type, to: UnsafePointer<UInt>.self)[1]
  }
}

// A type that turned out to be one of these is gone through by its type: a nil would not stay what
// it is when it is cast.
extension KeyframeContents {
  /// Writes a value known to be of this type.
  static func write(same value: some Any, to writer: KeyframeWriter) throws {
    try unsafeBitCast(value, to: Self.self).write(to: writer)
  }

  /// Reads a value of this type, as a type known to be the same.
  static func read<Value>(as type: Value.Type, from reader: KeyframeReader) throws -> Value {
    unsafeBitCast(try Self(reading: reader), to: type)
  }
}

extension Array: KeyframeContents where Element: Codable {
  func write(to writer: KeyframeWriter) throws {
    writer.write(UInt64(count))
    for element in self { try writer.write(element) }
  }

  init(reading reader: KeyframeReader) throws {
    self = []
    for _ in 0..<(try reader.readCount()) { append(try reader.read(Element.self)) }
  }
}

extension Optional: KeyframeContents where Wrapped: Codable {
  func write(to writer: KeyframeWriter) throws {
    writer.write(self != nil)
    if let self { try writer.write(self) }
  }

  init(reading reader: KeyframeReader) throws {
    self = try reader.readFlag() ? try reader.read(Wrapped.self) : nil
  }
}

extension Set: KeyframeContents where Element: Codable & Comparable {
  func write(to writer: KeyframeWriter) throws { try writer.write(sorted()) }

  init(reading reader: KeyframeReader) throws {
    let elements = try reader.read([Element].self)
    self.init(elements)
    guard count == elements.count else { throw reader.fault("a member is there twice") }
  }
}

extension Dictionary: KeyframeContents where Key: Codable & Comparable, Value: Codable {
  func write(to writer: KeyframeWriter) throws {
    writer.write(UInt64(count))
    for (key, value) in sorted(by: { $0.key < $1.key }) {
      try writer.write(key)
      try writer.write(value)
    }
  }

  init(reading reader: KeyframeReader) throws {
    let count = try reader.readCount()
    self.init(minimumCapacity: Swift.min(count, 1 << 12))
    for _ in 0..<count {
      let key = try reader.read(Key.self)
      self[key] = try reader.read(Value.self)
    }
    guard self.count == count else { throw reader.fault("a key is there twice") }
  }
}
