/// The newest elements of a sequence, in a fixed number of places.
package struct Ring<Element: Sendable>: Sendable {
  private var storage: [Element] = []
  private var start = 0
  /// The most elements kept.
  package let bound: Int

  /// An empty ring that keeps the newest `bound` elements (at least one).
  package init(bound: Int) {
    self.bound = max(1, bound)
  }

  /// How many elements are kept.
  package var count: Int { storage.count }

  /// Adds an element; returns the oldest one when it had to give way.
  @discardableResult
  package mutating func append(_ element: Element) -> Element? {
    guard storage.count == bound else {
      storage.append(element)
      return nil
    }
    let dropped = storage[start]
    storage[start] = element
    start = (start + 1) % bound
    return dropped
  }

  /// The element `age` places back: 0 is the newest. Nil beyond the oldest.
  package func newest(_ age: Int) -> Element? {
    guard age >= 0, age < storage.count else { return nil }
    return storage[(start + storage.count - 1 - age) % storage.count]
  }

  /// Changes the element `age` places back in place, if there is one.
  package mutating func updateNewest(_ age: Int, _ change: (inout Element) -> Void) {
    guard age >= 0, age < storage.count else { return }
    change(&storage[(start + storage.count - 1 - age) % storage.count])
  }

  /// The elements, oldest first.
  package var elements: [Element] {
    Array(storage[start...] + storage[..<start])
  }

  /// Forgets every element.
  package mutating func removeAll() {
    storage = []
    start = 0
  }
}

// The elements by age; where in the storage they lie is of no account.
extension Ring: Codable where Element: Codable {
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.unkeyedContainer()
    try container.encode(bound)
    try container.encode(elements)
  }

  package init(from decoder: any Decoder) throws {
    var container = try decoder.unkeyedContainer()
    self.init(bound: try container.decode(Int.self))
    storage = try container.decode([Element].self)
    try StateFault.check(storage.count <= bound, "a ring has more elements than places")
  }
}
