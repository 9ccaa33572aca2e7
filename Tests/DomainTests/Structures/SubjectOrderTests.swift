import Domain
import Testing

@Suite("Subject order")
struct SubjectOrderTests {
  private func event(
    version: Int64? = nil, sequence: Int64? = nil, second: Int64? = nil
  ) -> Event {
    var data = Fields()
    if let version { data[.version] = .integer(version) }
    return Event(
      id: "e", source: "/s", type: .known(.taskState), time: second.map(Timestamp.init(seconds:)),
      sequence: sequence, data: data)
  }

  @Test("an older version is late whatever its time says, an equal one is not")
  func versions() {
    var order = SubjectOrder()
    #expect(order.advance(event(version: 5, second: 10), subject: "t", source: 0) == true)
    #expect(order.advance(event(version: 4, second: 99), subject: "t", source: 0) == false)
    #expect(order.advance(event(version: 5, second: 1), subject: "t", source: 0) == true)
    #expect(order.advance(event(version: 1), subject: "other", source: 0) == true)
  }

  @Test("sequence numbers decide only among events of one source, then times")
  func sequences() {
    var order = SubjectOrder()
    #expect(order.advance(event(sequence: 10, second: 10), subject: "t", source: 0) == true)
    #expect(order.advance(event(sequence: 9, second: 20), subject: "t", source: 0) == false)
    #expect(order.advance(event(sequence: 1, second: 20), subject: "t", source: 1) == true)
    #expect(order.advance(event(sequence: 2, second: 19), subject: "t", source: 0) == false)
  }

  @Test("without anything to compare, arrival decides")
  func arrival() {
    var order = SubjectOrder()
    #expect(order.advance(event(second: 10), subject: "t", source: 0) == true)
    #expect(order.advance(event(), subject: "t", source: 0) == true)
    #expect(order.advance(event(second: 1), subject: "t", source: 0) == true)
  }

  @Test("a subject is remembered for at least a generation, and no longer than two")
  func generations() {
    var order = SubjectOrder(bound: 4)
    #expect(order.advance(event(version: 9), subject: "t", source: 0) == true)
    for number in 0..<4 {
      #expect(order.advance(event(version: 1), subject: "a\(number)", source: 0) == true)
    }
    #expect(order.advance(event(version: 8), subject: "t", source: 0) == false)
    for number in 0..<8 { _ = order.advance(event(), subject: "b\(number)", source: 0) }
    #expect(order.advance(event(version: 8), subject: "t", source: 0) == true)
  }
}
