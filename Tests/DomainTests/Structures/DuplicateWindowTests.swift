import Domain
import Testing

@Suite("Duplicate window")
struct DuplicateWindowTests {
  @Test("the same source and id are new once; the same id of another source is new too")
  func pairs() {
    var window = DuplicateWindow(bound: 16)
    let one = DuplicateWindow.seed("/one")
    let two = DuplicateWindow.seed("/two")
    #expect(window.insert(source: one, id: "7") == true)
    #expect(window.insert(source: one, id: "7") == false)
    #expect(window.insert(source: two, id: "7") == true)
    #expect(window.insert(source: one, id: "") == true)
    #expect(window.insert(source: one, id: "") == false)
    #expect(window.insert(source: one, id: "\u{0}") == true)
  }

  @Test("ids that differ only past the eighth byte or in length are told apart")
  func longIDs() {
    var window = DuplicateWindow()
    for length in 0..<40 {
      #expect(window.insert(source: 1, id: String(repeating: "a", count: length)) == true)
      #expect(window.insert(source: 1, id: String(repeating: "a", count: length) + "b") == true)
    }
  }

  @Test("a bound is rounded up to a power of two, and the oldest pair is forgotten first")
  func bound() {
    var window = DuplicateWindow(bound: 17)
    #expect(window.bound == 32)
    for number in 0..<33 { _ = window.insert(source: 1, id: "\(number)") }
    #expect(window.insert(source: 1, id: "1") == false)
    #expect(window.insert(source: 1, id: "0") == true)
    #expect(window.insert(source: 1, id: "1") == true)
  }

  @Test("random ids agree with a list of the newest", arguments: [41, 42])
  func model(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var window = DuplicateWindow(bound: 64)
    var newest: [String] = []
    for _ in 0..<20_000 {
      let id = String(random.next() % 150)
      let isNew = !newest.contains(id)
      #expect(window.insert(source: 9, id: id) == isNew)
      guard isNew else { continue }
      newest.append(id)
      if newest.count > 64 { newest.removeFirst() }
    }
  }
}
