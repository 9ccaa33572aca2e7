/// What one step changed on the board: which collections, and which entities in them.
package struct Changes: Equatable, Sendable {
  /// The collections of the board.
  package struct Collections: OptionSet, Hashable, Sendable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) {
      self.rawValue = rawValue
    }

    package static let mandates = Collections(rawValue: 1 << 0)
    package static let activations = Collections(rawValue: 1 << 1)
    package static let agents = Collections(rawValue: 1 << 2)
    package static let tasks = Collections(rawValue: 1 << 3)
    package static let evidence = Collections(rawValue: 1 << 4)
    package static let stations = Collections(rawValue: 1 << 5)
    package static let orders = Collections(rawValue: 1 << 6)
    package static let tickets = Collections(rawValue: 1 << 7)
    package static let items = Collections(rawValue: 1 << 8)
    package static let tables = Collections(rawValue: 1 << 9)
    package static let servers = Collections(rawValue: 1 << 10)
    package static let presence = Collections(rawValue: 1 << 11)
    package static let voice = Collections(rawValue: 1 << 12)
    package static let alerts = Collections(rawValue: 1 << 13)
    package static let stream = Collections(rawValue: 1 << 14)
    package static let all = Collections(rawValue: (1 << 15) - 1)
  }

  /// One changed entity: its collection and its slot there.
  package struct Entity: Hashable, Sendable {
    /// Exactly one collection.
    package let collection: Collections
    /// The slot in that collection's table.
    package let slot: Int
  }

  /// The most entities named; beyond it only the collections are.
  package static let entityBound = 256

  /// The collections in which something changed.
  package private(set) var collections: Collections = []
  /// The changed entities in order of change, possibly with repeats.
  package private(set) var entities: [Entity] = []
  /// Whether more entities changed than are named.
  package private(set) var isTruncated = false

  /// Nothing changed.
  package init() {}

  /// Whether nothing changed.
  package var isEmpty: Bool { collections.isEmpty }

  /// Notes a change to a collection as a whole.
  package mutating func insert(_ collection: Collections) {
    collections.formUnion(collection)
  }

  /// Notes a change to one entity.
  package mutating func insert(_ collection: Collections, slot: Int) {
    collections.formUnion(collection)
    let entity = Entity(collection: collection, slot: slot)
    if entities.last == entity { return }
    if entities.count < Self.entityBound { entities.append(entity) } else { isTruncated = true }
  }

  /// Adds what another step changed.
  package mutating func merge(_ other: Changes) {
    collections.formUnion(other.collections)
    isTruncated = isTruncated || other.isTruncated
    for entity in other.entities { insert(entity.collection, slot: entity.slot) }
  }

  /// Forgets everything and keeps the memory.
  package mutating func removeAll() {
    collections = []
    entities.removeAll(keepingCapacity: true)
    isTruncated = false
  }
}
