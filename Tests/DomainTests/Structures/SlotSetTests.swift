import Domain
import Testing

@Suite("Slot set")
struct SlotSetTests {
  @Test("random steps agree with a sorted set", arguments: [11, 12, 13])
  func model(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var set = SlotSet()
    var model: Set<Int> = []
    for _ in 0..<3_000 {
      let slot = Int(random.next() % 20_000)
      if random.next() % 3 == 0 {
        #expect(set.remove(slot) == (model.remove(slot) != nil))
      } else {
        #expect(set.insert(slot) == model.insert(slot).inserted)
      }
    }
    let sorted = model.sorted()
    #expect(set.count == sorted.count)
    for rank in stride(from: 0, to: sorted.count, by: 61) {
      #expect(set.slot(at: rank) == sorted[rank])
      #expect(set.first(from: sorted[rank]) == sorted[rank])
      #expect(set.first(from: sorted[rank] + 1) == sorted.first { $0 > sorted[rank] })
    }
    #expect(set.slot(at: sorted.count) == nil)
  }

  @Test("negative and far slots are harmless")
  func extremes() {
    var set = SlotSet()
    #expect(set.insert(-1) == false)
    #expect(set.remove(-1) == false)
    #expect(set.remove(1 << 20) == false)
    #expect(set.first(from: -5) == nil)
    #expect(set.slot(at: 0) == nil)
    #expect(set.insert(64 * 64 * 3) == true)
    #expect(set.first(from: 0) == 64 * 64 * 3)
    #expect(set.slot(at: 0) == 64 * 64 * 3)
    #expect(set.slot(at: -1) == nil)
  }

  @Test("rows are listed group by group, and a row moves only with its group")
  func groups() {
    var rows = RankedSlots(groups: 3)
    for slot in 0..<6 { rows.insert(slot, in: slot % 3) }
    #expect(rows.slots(from: 0, limit: 9) == [0, 3, 1, 4, 2, 5])
    rows.move(4, from: 1, to: 0)
    #expect(rows.slots(from: 1, limit: 3) == [3, 4, 1])
    rows.move(4, from: 0, to: 0)
    rows.remove(0, from: 0)
    #expect(rows.slots(from: 0, limit: 9) == [3, 4, 1, 2, 5])
    #expect(rows.count == 5)
    #expect(rows.count(in: 7) == 0)
    #expect(rows.slots(from: 5, limit: 1) == [])
  }
}
