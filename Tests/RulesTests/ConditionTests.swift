import CESQL
import Domain
import Testing

@testable import Rules

private func complaint(_ text: String) -> String? {
  do throws(CESQLError) {
    _ = try Condition(text)
    return nil
  } catch {
    return "\(error)"
  }
}

@Suite struct ConditionTests {
  @Test(
    "a condition that can never be judged is refused, with its column",
    arguments: [
      (
        "kds.lates = 0",
        "column 1: there is no fact kds.lates; did you mean kds.late? `podium facts` lists them"
      ),
      (
        "kds.late = 0 AND zzzzzzzzz > 1",
        "column 18: there is no fact zzzzzzzzz: `podium facts` lists them"
      ),
      (
        "kds.late",
        "column 1: is a number, not true or false: compare it, as in kds.late = 0"
      ),
      (
        "CONCAT('a')", "column 1: is a text, not true or false: compare it, as in kds.late = 0"
      ),
      (
        "kds.late = ",
        "column 12: expected a name, a number, a text, TRUE, FALSE or \"(\", not the end"
      ),
      ("kds.late > 'x'", "column 10: \"x\" cannot be read as a number"),
      ("LENGHT('a') = 1", "column 1: there is no function LENGHT; did you mean LENGTH?"),
    ])
  func complaints(text: String, expected: String) {
    #expect(complaint(text) == expected)
  }

  @Test("a fact that is not known yet makes a condition unknown, not true")
  func unknown() throws {
    let house = House()
    let condition = try Condition("kds.late = 0")
    #expect(
      condition.outcome(on: house.board, at: house.now) == .unknown("kds.late is not known yet"))
    #expect(
      try Condition("EXISTS kds.late").outcome(on: house.board, at: house.now) == .fails)
    #expect(
      try Condition("stream.events = 0").outcome(on: house.board, at: house.now) == .holds)
  }

  @Test("facts are found in any case, numbers and truths are compared")
  func facts() throws {
    var house = House()
    house.fire("1:grill", at: 1)
    let condition = try Condition("KDS.OPEN = 1 AND stream.current AND kds.open < 2")
    #expect(condition.facts.map(\.name) == ["kds.open", "stream.current"])
    #expect(condition.outcome(on: house.board, at: house.now) == .holds)
    #expect(condition.asksOfStreams)
    #expect(condition.collections == [.tickets, .orders, .stations, .stream])
    #expect(try !Condition("kds.open = 1").isTimed)
    #expect(try Condition("kds.oldest_s > 1").isTimed)
  }

  @Test("the board of a lost connection is not believed, unless the streams are asked about")
  func doubts() throws {
    var house = House()
    house.fire("1:grill", at: 1)
    let condition = try Condition("kds.open = 1")
    func outcome() -> Condition.Outcome { condition.outcome(on: house.board, at: house.now) }
    #expect(outcome() == .holds)
    house.note(.lost(reason: "reset"), at: 2)
    #expect(outcome() == .unknown("hub is not connected"))
    #expect(
      try Condition("kds.open = 1 AND stream.connected = 0").outcome(
        on: house.board, at: house.now) == .holds)
    house.note(.waiting(attempt: 1, until: at(4), reason: "refused"), at: 3)
    #expect(outcome() == .unknown("hub is not connected: refused"))
    house.note(.connected(.sse, resumedFrom: "7"), at: 4)
    #expect(outcome() == .unknown("hub has only just come back"))
    house.pass(to: 4.9)
    #expect(outcome() == .unknown("hub has only just come back"))
    house.pass(to: 5)
    #expect(outcome() == .holds)
    house.note(.ended, at: 6)
    #expect(outcome() == .holds)
  }

  @Test("a connection that came back without resuming is believed after a snapshot")
  func unaccounted() throws {
    var house = House()
    house.fire("1:grill", at: 1)
    house.board.receive(bytes: 10, connection: 0, at: at(1))
    house.note(.lost(reason: "reset"), at: 2)
    house.note(.connected(.sse, resumedFrom: nil), at: 10)
    house.pass(to: 20)
    let condition = try Condition("kds.open = 1")
    #expect(
      condition.outcome(on: house.board, at: house.now)
        == .unknown("what happened at hub between 12:00:01 and 12:00:10 UTC is not known"))
    house.board.noteResynced(connection: 0, at: house.now)
    #expect(condition.outcome(on: house.board, at: house.now) == .holds)
  }
}
