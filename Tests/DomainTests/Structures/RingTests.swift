import Domain
import Testing

@Suite("Ring")
struct RingTests {
  @Test("the newest elements stay, and the oldest is handed back")
  func bound() {
    var ring = Ring<Int>(bound: 3)
    #expect(ring.append(1) == nil)
    #expect(ring.append(2) == nil)
    #expect(ring.append(3) == nil)
    #expect(ring.append(4) == 1)
    #expect(ring.append(5) == 2)
    #expect(ring.elements == [3, 4, 5])
    #expect(ring.newest(0) == 5)
    #expect(ring.newest(2) == 3)
    #expect(ring.newest(3) == nil)
    #expect(ring.newest(-1) == nil)
  }

  @Test("an element is changed by its age")
  func update() {
    var ring = Ring<Int>(bound: 2)
    for value in 1...5 { ring.append(value) }
    ring.updateNewest(1) { $0 = 40 }
    ring.updateNewest(2) { $0 = 0 }
    #expect(ring.elements == [40, 5])
  }

  @Test("a bound below one keeps one element")
  func smallest() {
    var ring = Ring<Int>(bound: 0)
    ring.append(1)
    #expect(ring.append(2) == 1)
    #expect(ring.elements == [2])
  }

  @Test("an emptied ring begins anew")
  func empty() {
    var ring = Ring<Int>(bound: 2)
    for value in 1...5 { ring.append(value) }
    ring.removeAll()
    #expect(ring.elements == [])
    #expect(ring.newest(0) == nil)
    for value in 6...8 { ring.append(value) }
    #expect(ring.elements == [7, 8])
  }
}
