import Domain
import Testing

@Suite("Entity table")
struct EntityTableTests {
  @Test("a slot stays its own while its entity lives, and is used again afterwards")
  func slots() {
    var table = EntityTable<String>(bound: 3)
    #expect(table.insert("a", id: "A") == 0)
    #expect(table.insert("b", id: "B") == 1)
    #expect(table.remove(id: "A") == "a")
    #expect(table.slot(of: "B") == 1)
    #expect(table.entity(at: 0) == nil)
    #expect(table.insert("c", id: "C") == 0)
    #expect(table["C"] == "c")
    #expect(table.liveSlots == [0, 1])
    #expect(table.entities == ["c", "b"])
  }

  @Test("a full table and a taken id refuse")
  func refusal() {
    var table = EntityTable<Int>(bound: 2)
    #expect(table.insert(1, id: "A") != nil)
    #expect(table.insert(2, id: "A") == nil)
    #expect(table.insert(2, id: "B") != nil)
    #expect(table.insert(3, id: "C") == nil)
    #expect(table.count == 2)
  }

  @Test("slots out of range and unknown ids are harmless")
  func absent() {
    var table = EntityTable<Int>(bound: 2)
    #expect(table.entity(at: -1) == nil)
    #expect(table.entity(at: 9) == nil)
    #expect(table.remove(id: "A") == nil)
    table.update(9) { $0 = 1 }
    table.update(-1) { $0 = 1 }
    #expect(table["A"] == nil)
  }

  @Test("an entity is changed in place, and everything can be removed")
  func change() {
    var table = EntityTable<[Int]>(bound: 2)
    _ = table.insert([1], id: "A")
    table.update(0) { $0.append(2) }
    #expect(table["A"] == [1, 2])
    table.removeAll()
    #expect(table.count == 0)
    #expect(table.insert([], id: "A") == 0)
  }
}
