import Domain

/// From the bytes of a CloudEvents `type` to what it means, remembered so that a type costs the
/// search for its catalogue name once.
struct TypeCatalogue {
  /// Distinct types remembered; a feed with more pays the search again, never more memory.
  private static let capacity = 256
  /// Longest type remembered, in bytes.
  private static let longestRemembered = 256

  private let trustedPrefixes: [String]
  private let kinds: NameTable<EventKind>
  private var remembered = NameTable<Int>(capacity: capacity)
  private var types: [EventType] = []

  /// - Parameter trustedPrefixes: the prefixes under which a catalogue name counts, each with its
  ///   last dot; none means any.
  init(trustedPrefixes: [String]) {
    self.trustedPrefixes = trustedPrefixes
    var kinds = NameTable<EventKind>(capacity: EventKind.allCases.count)
    for kind in EventKind.allCases { kinds.insert(kind.rawValue, kind) }
    self.kinds = kinds
  }

  @inline(__always)
  mutating func type(_ name: UnsafeRawBufferPointer) -> EventType {
    if let index = remembered[name] { return types[index] }
    return learn(name)
  }

  @inline(never)
  private mutating func learn(_ name: UnsafeRawBufferPointer) -> EventType {
    let type = search(name)
    guard name.count <= Self.longestRemembered else { return type }
    if types.count == Self.capacity {
      types.removeAll(keepingCapacity: true)
      remembered = NameTable(capacity: Self.capacity)
    }
    if remembered.insert(name, types.count) { types.append(type) }
    return type
  }

  /// Tries what follows each dot, the longest first, so that a prefix may have any number of parts.
  private func search(_ name: UnsafeRawBufferPointer) -> EventType {
    var start = 0
    while start < name.count {
      let suffix = UnsafeRawBufferPointer(rebasing: name[start...])
      if let kind = kinds[suffix] {
        return isTrusted(name[..<start])
          ? .known(kind) : .unmapped(String(decoding: name, as: UTF8.self))
      }
      guard let dot = suffix.firstIndex(of: UInt8(ascii: ".")) else { break }
      start += dot + 1
    }
    return .unmapped(String(decoding: name, as: UTF8.self))
  }

  private func isTrusted(_ prefix: Slice<UnsafeRawBufferPointer>) -> Bool {
    trustedPrefixes.isEmpty || trustedPrefixes.contains { $0.utf8.elementsEqual(prefix) }
  }
}
