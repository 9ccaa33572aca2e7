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
