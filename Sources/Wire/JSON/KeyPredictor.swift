/// The member names that are looked for in a sort of object, with a guess at which comes next.
///
/// A feed writes the members of its objects in the same order again and again. So each name remembers
/// which one followed it last, and that one is compared in place, 16 bytes at once; only a wrong guess
/// is scanned and looked up. What is read is the same either way.
struct KeyPredictor<Value: Sendable>: Sendable {
  /// What the reader came to.
  enum Step {
    /// The object has been left.
    case end
    /// A name that is not looked for; its value must be skipped.
    case unknown
    case known(Value)
  }

  /// A place in an object's order of members: `start`, or after one of the names.
  typealias Place = Int
  static var start: Place { 0 }

  private struct Name {
    let pattern: KeyPattern
    /// Nil at the start alone, whose pattern never matches.
    let value: Value?
    var successor: Place = 0
  }

  private let table: NameTable<Place>
  /// The names, from 1; the entry at 0 stands for the start of an object and matches nothing.
  private var names: [Name]

  init(_ pairs: [(name: String, value: Value)]) {
    var table = NameTable<Place>(capacity: pairs.count)
    for (index, pair) in pairs.enumerated() { table.insert(pair.name, index + 1) }
    self.table = table
    names = [Name(pattern: .none, value: nil)]
    names += pairs.map { Name(pattern: KeyPattern($0.name), value: $0.value) }
  }

  /// The value for a name, or nil.
  subscript(key: JSONString) -> Value? {
    key.withUnescapedBytes { table[$0] }.flatMap { names[$0].value }
  }

  /// Reads the next member name of the innermost object.
  @inline(__always)
  mutating func next(
    _ reader: inout JSONReader, after place: inout Place
  ) throws(JSONError) -> Step {
    guard try reader.advanceToKey() else { return .end }
    let guess = names[place].successor
    guard reader.takeKey(names[guess].pattern), let value = names[guess].value else {
      return try search(&reader, after: &place)
    }
    place = guess
    return .known(value)
  }

  @inline(never)
  private mutating func search(
    _ reader: inout JSONReader, after place: inout Place
  ) throws(JSONError) -> Step {
    let key = try reader.key()
    guard let found = key.withUnescapedBytes({ table[$0] }), let value = names[found].value else {
      return .unknown
    }
    names[place].successor = found
    place = found
    return .known(value)
  }
}

/// A member name and its closing quote as two masked machine words.
struct KeyPattern: Sendable {
  let first: UInt64
  let firstMask: UInt64
  let second: UInt64
  let secondMask: UInt64
  let length: Int

  /// A pattern that no text matches.
  static let none = KeyPattern()

  private init() {
    self.init(first: 1, firstMask: 0, second: 0, secondMask: 0, length: 0)
  }

  private init(
    first: UInt64, firstMask: UInt64, second: UInt64, secondMask: UInt64, length: Int
  ) {
    self.first = first
    self.firstMask = firstMask
    self.second = second
    self.secondMask = secondMask
    self.length = length
  }

  /// The pattern of a name of ASCII letters and such, which JSON writes without escapes. One of more
  /// than 15 bytes matches nothing and so is always looked up.
  init(_ name: String) {
    let text = Array(name.utf8) + [UInt8(ascii: "\"")]
    guard text.count <= 16 else {
      self.init()
      return
    }
    let bytes = text + Array(repeating: 0, count: 16 - text.count)
    let mask = text.map { _ in UInt8.max } + Array(repeating: 0, count: 16 - text.count)
    let (first, second) = KeyPattern.words(bytes)
    let (firstMask, secondMask) = KeyPattern.words(mask)
    self.init(
      first: first, firstMask: firstMask, second: second, secondMask: secondMask,
      length: text.count - 1)
  }

  private static func words(_ bytes: [UInt8]) -> (UInt64, UInt64) {
    bytes.withRawBytes {
      ($0.loadUnaligned(as: UInt64.self), $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    }
  }
}

extension JSONReader {
  /// Whether the innermost object has another member, whose name is then under the cursor; false when
  /// the object has been left.
  @inline(__always)
  mutating func advanceToKey() throws(JSONError) -> Bool {
    guard try advance(past: UInt8(ascii: "}"), or: .expectedCommaOrBrace) else { return false }
    skipWhitespace()
    return true
  }

  /// Consumes a name and the colon right after it where it is the pattern's; else consumes nothing.
  @inline(__always)
  mutating func takeKey(_ pattern: KeyPattern) -> Bool {
    guard end - cursor >= 20, cursor[0] == UInt8(ascii: "\"") else { return false }
    let name = UnsafeRawPointer(cursor + 1)
    guard name.loadUnaligned(as: UInt64.self) & pattern.firstMask == pattern.first,
      name.loadUnaligned(fromByteOffset: 8, as: UInt64.self) & pattern.secondMask == pattern.second,
      cursor[pattern.length &+ 2] == UInt8(ascii: ":")
    else { return false }
    cursor += pattern.length &+ 3
    return true
  }
}
