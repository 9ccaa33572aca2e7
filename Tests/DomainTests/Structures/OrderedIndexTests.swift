import Domain
import Testing

@Suite("Ordered index")
struct OrderedIndexTests {
  @Test("rows come in key order, and equal keys in slot order")
  func order() {
    var index = OrderedIndex<Int>()
    for (key, slot) in [(3, 0), (1, 9), (2, 4), (1, 2)] { index.insert(key, slot: slot) }
    #expect(index.slots(from: 0, limit: 10) == [2, 9, 4, 0])
    #expect(index.first?.key == 1)
    #expect(index.count == 4)
  }

  @Test("a window is cut out of the middle, and a window beyond the end is empty")
  func windows() {
    var index = OrderedIndex<Int>()
    for slot in 0..<2_000 { index.insert(slot, slot: slot) }
    #expect(index.slots(from: 1_023, limit: 3) == [1_023, 1_024, 1_025])
    #expect(index.slots(from: 1_999, limit: 5) == [1_999])
    #expect(index.slots(from: 2_000, limit: 5) == [])
    #expect(index.slots(from: 0, limit: 0) == [])
    #expect(index.slots(from: 0, limit: -1) == [])
    #expect(index.slots(from: -3, limit: 2) == [0, 1])
    #expect(index.slots(from: 1_990, limit: .max).count == 10)
  }

  @Test("a row that is not there is not removed and has no rank")
  func absent() {
    var index = OrderedIndex<Int>()
    #expect(index.remove(1, slot: 1) == false)
    index.insert(1, slot: 1)
    #expect(index.remove(1, slot: 2) == false)
    #expect(index.remove(2, slot: 1) == false)
    #expect(index.rank(of: 2, slot: 1) == nil)
    #expect(index.remove(1, slot: 1) == true)
    #expect(index.first == nil)
    #expect(index.count == 0)
  }

  @Test("a thousand random steps agree with a sorted list", arguments: [1, 2, 3])
  func model(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var index = OrderedIndex<Int>()
    var model: [(key: Int, slot: Int)] = []
    for step in 0..<4_000 {
      if model.isEmpty || random.next() % 5 < 3 {
        let key = Int(random.next() % 300)
        index.insert(key, slot: step)
        model.append((key, step))
      } else {
        let place = Int(random.next() % UInt64(model.count))
        if random.next() % 2 == 0 {
          let row = model.remove(at: place)
          #expect(index.remove(row.key, slot: row.slot) == true)
        } else {
          let key = Int(random.next() % 300)
          index.move(slot: model[place].slot, from: model[place].key, to: key)
          model[place].key = key
        }
      }
    }
    model.sort { ($0.key, $0.slot) < ($1.key, $1.slot) }
    #expect(index.count == model.count)
    #expect(index.slots(from: 0, limit: .max) == model.map(\.slot))
    #expect(index.slots(from: 700, limit: 40) == model[700..<740].map(\.slot))
    for place in stride(from: 0, to: model.count, by: 97) {
      #expect(index.rank(of: model[place].key, slot: model[place].slot) == place)
    }
  }
}
