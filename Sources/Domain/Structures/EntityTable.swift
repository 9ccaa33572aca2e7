/// Entities of one kind by id, each in a slot that stays its own while it lives.
///
/// Looking up, inserting and removing cost the same however many there are. The bound is stated
/// by the owner: an insertion beyond it is refused, and the owner counts that.
package struct EntityTable<Entity: Sendable>: Sendable {
  private var slots: [Entity?] = []
  private var slotByID: [String: Int] = [:]
  private var free: [Int] = []
  /// The most entities held at once.
  package let bound: Int

  /// An empty table that holds at most `bound` entities.
  package init(bound: Int) {
    self.bound = bound
  }

  /// How many entities live.
  package var count: Int { slotByID.count }

  /// The slot of an id, nil when unknown.
  package func slot(of id: String) -> Int? { slotByID[id] }

  /// The entity in a slot, nil when the slot is empty or out of range.
  package func entity(at slot: Int) -> Entity? {
    slots.indices.contains(slot) ? slots[slot] : nil
  }

  /// The entity of an id.
  package subscript(id: String) -> Entity? {
    slotByID[id].flatMap { slots[$0] }
  }

  /// Adds an entity under a new id; nil when the table is full or the id is taken.
  package mutating func insert(_ entity: Entity, id: String) -> Int? {
    guard count < bound, slotByID[id] == nil else { return nil }
    let slot: Int
    if let reused = free.popLast() {
      slot = reused
      slots[slot] = entity
    } else {
      slot = slots.count
      slots.append(entity)
    }
    slotByID[id] = slot
    return slot
  }

  /// Changes the entity in a slot in place; does nothing for an empty slot.
  package mutating func update(_ slot: Int, _ change: (inout Entity) -> Void) {
    guard slots.indices.contains(slot), slots[slot] != nil else { return }
    // In place: taking the entity out and putting it back would copy it twice.
    // swift-format-ignore: NeverForceUnwrap
    change(&slots[slot]!)
  }

  /// Removes an entity and frees its slot.
  @discardableResult
  package mutating func remove(id: String) -> Entity? {
    guard let slot = slotByID.removeValue(forKey: id) else { return nil }
    let entity = slots[slot]
    slots[slot] = nil
    free.append(slot)
    return entity
  }

  /// Removes every entity.
  package mutating func removeAll() {
    slots = []
    slotByID = [:]
    free = []
  }

  /// The live slots in slot order. Costs as much as there are slots: not for the hot path.
  package var liveSlots: [Int] {
    slots.indices.filter { slots[$0] != nil }
  }

  /// The live entities in slot order. Costs as much as there are slots: not for the hot path.
  package var entities: [Entity] { slots.compactMap(\.self) }
}

// Slot by slot, each with its id: the owner alone knows how an entity tells it.
extension EntityTable: Codable where Entity: Codable {
  package func encode(to encoder: any Encoder) throws {
    var ids = [String?](repeating: nil, count: slots.count)
    for (id, slot) in slotByID { ids[slot] = id }
    var container = encoder.unkeyedContainer()
    try container.encode(bound)
    try container.encode(free)
    try container.encode(slots.count)
    for (id, entity) in zip(ids, slots) {
      guard let id, let entity else {
        try container.encode(false)
        continue
      }
      try container.encode(true)
      try container.encode(id)
      try container.encode(entity)
    }
  }

  package init(from decoder: any Decoder) throws {
    var container = try decoder.unkeyedContainer()
    self.init(bound: try container.decode(Int.self))
    free = try container.decode([Int].self)
    let count = try container.decode(Int.self)
    slotByID.reserveCapacity(max(0, min(count, 4_096)))
    while slots.count < count {
      guard try container.decode(Bool.self) else {
        slots.append(nil)
        continue
      }
      let id = try container.decode(String.self)
      slots.append(try container.decode(Entity.self))
      try StateFault.check(
        slotByID.updateValue(slots.count - 1, forKey: id) == nil, "an id is taken twice: \(id)")
    }
    try StateFault.check(
      slots.count == count && free.count + slotByID.count == count && slotByID.count <= bound
        && Set(free).count == free.count
        && free.allSatisfy { slots.indices.contains($0) && slots[$0] == nil },
      "the slots of a table do not add up")
  }
}

extension EntityTable {
  /// How many slots there are, empty ones included.
  package var slotCount: Int { slots.count }
}
