import Domain
import Testing

@Suite("Due queue")
struct DueQueueTests {
  @Test("keys come out at their time, earliest first, and not before")
  func order() {
    var queue = DueQueue<String>()
    queue.schedule("late", at: Timestamp(seconds: 30))
    queue.schedule("soon", at: Timestamp(seconds: 10))
    #expect(queue.next == Timestamp(seconds: 10))
    #expect(queue.pop(dueBy: Timestamp(microseconds: 9_999_999)) == nil)
    #expect(queue.pop(dueBy: Timestamp(seconds: 10))?.key == "soon")
    #expect(queue.pop(dueBy: Timestamp(seconds: 29)) == nil)
    #expect(queue.pop(dueBy: Timestamp(seconds: 99))?.due == Timestamp(seconds: 30))
    #expect(queue.next == nil)
    #expect(queue.count == 0)
  }

  @Test("equal times come out in the order scheduled")
  func ties() {
    var queue = DueQueue<Int>()
    for key in 0..<50 { queue.schedule(key, at: Timestamp(seconds: 5)) }
    var popped: [Int] = []
    while let (key, _) = queue.pop(dueBy: Timestamp(seconds: 5)) { popped.append(key) }
    #expect(popped == Array(0..<50))
  }

  @Test("random schedules agree with a stable sort", arguments: [4, 5, 6])
  func model(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var queue = DueQueue<Int>()
    var model: [(due: Int64, key: Int)] = []
    for key in 0..<2_000 {
      let due = Int64(random.next() % 500)
      queue.schedule(key, at: Timestamp(seconds: due))
      model.append((due, key))
    }
    model.sort { ($0.due, $0.key) < ($1.due, $1.key) }
    var popped: [Int] = []
    while let (key, _) = queue.pop(dueBy: Timestamp(seconds: 250)) { popped.append(key) }
    #expect(popped == model.filter { $0.due <= 250 }.map(\.key))
    while let (key, _) = queue.pop(dueBy: Timestamp(seconds: 500)) { popped.append(key) }
    #expect(popped == model.map(\.key))
  }
}
