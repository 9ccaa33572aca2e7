import Domain
import Testing

@testable import Inspection

@Suite("The watch over alerts")
struct AlertWatchTests {
  @Test("keeps each run of an alert with when it fired and when it cleared")
  func runs() {
    var book = AlertBook()
    var watch = AlertWatch()
    var changes = Changes()
    func step(_ seconds: Int64, _ change: (inout AlertBook, inout Changes, Timestamp) -> Void) {
      let now = Timestamp(seconds: seconds)
      changes.removeAll()
      change(&book, &changes, now)
      watch.note(changes, book, RecentEvents(), at: now)
    }
    step(10) { book, changes, now in
      book.raise(
        .ticketLate, subject: "1:grill", text: "late", cause: "e-1", at: now, changes: &changes)
    }
    step(20) { book, changes, now in
      book.withdraw(.ticketLate, subject: "1:grill", at: now, changes: &changes)
    }
    step(50) { book, changes, now in book.tick(now: now, changes: &changes) }
    step(90) { book, changes, now in
      book.raise(
        .ticketLate, subject: "1:grill", text: "late again", cause: nil, at: now, changes: &changes)
    }
    #expect(watch.count == 2)
    #expect(watch.fired.map(\.firedAt) == [Timestamp(seconds: 10), Timestamp(seconds: 90)])
    #expect(watch.fired.map(\.closedAt) == [Timestamp(seconds: 50), nil])
    #expect(watch.fired.map(\.state) == [.resolved, .open])
    #expect(watch.fired.map(\.text) == ["late", "late again"])
    #expect(watch.fired[0].causes == [FiredAlert.Cause(id: "e-1", event: nil)])
  }

  @Test("keeps the severest where there are more than it keeps")
  func bound() {
    var book = AlertBook()
    var watch = AlertWatch(bound: 3)
    let raised: [(AlertCode, String)] = [
      (.rushSpike, "a"), (.ticketLate, "b"), (.rushSpike, "c"), (.allergenWarning, "d"),
      (.ticketLate, "e"), (.rushSpike, "f"), (.ticketLate, "g"),
    ]
    for (second, (code, subject)) in raised.enumerated() {
      var changes = Changes()
      let now = Timestamp(seconds: Int64(second))
      book.raise(code, subject: subject, text: "", cause: nil, at: now, changes: &changes)
      watch.note(changes, book, RecentEvents(), at: now)
    }
    #expect(watch.fired.map(\.subject) == ["d", "b", "e"])
    #expect(watch.count == 7)
    #expect(watch.omitted == 4)
  }

  @Test("does not count a run that was not kept again when it changes")
  func changesOfAnOmittedRun() {
    var book = AlertBook()
    var watch = AlertWatch(bound: 1)
    for (second, subject) in ["a", "b", "b", "b"].enumerated() {
      var changes = Changes()
      let now = Timestamp(seconds: Int64(second))
      book.raise(.ticketLate, subject: subject, text: "", cause: nil, at: now, changes: &changes)
      watch.note(changes, book, RecentEvents(), at: now)
    }
    #expect(watch.count == 2)
    #expect(watch.fired.map(\.subject) == ["a"])
  }
}
