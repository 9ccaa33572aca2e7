import Domain
import Testing

@Suite("Alert book")
struct AlertBookTests {
  private var book = AlertBook()
  private var changes = Changes()
  private let key = Alert.Key(code: "TICKET_LATE", subject: "1")

  private func at(_ seconds: Int64) -> Timestamp { Timestamp(seconds: seconds) }

  private mutating func raise(
    _ seconds: Int64, _ code: AlertCode = .ticketLate, _ subject: String = "1"
  ) {
    book.raise(
      code, subject: subject, text: "late", cause: "e\(seconds)", at: at(seconds),
      changes: &changes)
  }

  private mutating func withdraw(_ seconds: Int64) {
    book.withdraw(.ticketLate, subject: "1", at: at(seconds), changes: &changes)
  }

  private mutating func pass(_ seconds: Int64, minus microseconds: Int64 = 0) {
    book.tick(
      now: Timestamp(microseconds: at(seconds).microseconds - microseconds), changes: &changes)
  }

  @Test("a code and subject have one alert, which counts")
  mutating func one() {
    raise(0)
    raise(10)
    raise(20, .ticketLate, "2")
    #expect(book.count == 2)
    #expect(book.openCount == 2)
    #expect(book.alert(key)?.count == 2)
    #expect(book.alert(key)?.raisedAt == at(0))
    #expect(book.alert(key)?.lastAt == at(10))
    #expect(book.alert(key)?.causes == ["e0", "e10"])
  }

  @Test("an alert clears exactly 30 s after its condition ended")
  mutating func clears() {
    raise(0)
    withdraw(100)
    #expect(book.nextDue == at(130))
    pass(130, minus: 1)
    #expect(book.alert(key)?.state == .open)
    pass(130)
    #expect(book.alert(key)?.state == .resolved)
    #expect(book.openCount == 0)
    #expect(book.openBySeverity[3] == 0)
  }

  @Test("a condition that comes back within 30 s is the same alert")
  mutating func comesBack() {
    raise(0)
    withdraw(10)
    raise(39)
    pass(60)
    #expect(book.alert(key)?.state == .open)
    #expect(book.alert(key)?.raisedAt == at(0))
    withdraw(61)
    pass(90)
    #expect(book.alert(key)?.state == .open)
    pass(91)
    #expect(book.alert(key)?.state == .resolved)
  }

  @Test("a condition that comes back after 30 s opens the alert anew, also before a tick")
  mutating func reopens() {
    raise(0)
    withdraw(10)
    pass(40)
    raise(50)
    #expect(book.alert(key)?.state == .open)
    #expect(book.alert(key)?.raisedAt == at(50))
    #expect(book.openCount == 1)
    withdraw(60)
    raise(95)
    #expect(book.alert(key)?.raisedAt == at(95))
  }

  @Test("a repeated withdrawal does not put off the clearing")
  mutating func withdrawnTwice() {
    raise(0)
    withdraw(10)
    withdraw(30)
    pass(40)
    #expect(book.alert(key)?.state == .resolved)
  }

  @Test("an ignored alert stays closed for 30 minutes, however often its condition is found")
  mutating func ignored() {
    raise(0)
    book.change(key, to: .ignored, at: at(100), changes: &changes)
    for second in stride(from: Int64(160), to: 1_900, by: 60) {
      raise(second)
      pass(second)
    }
    #expect(book.alert(key)?.state == .ignored)
    #expect(book.openCount == 0)
    raise(1_899)
    #expect(book.alert(key)?.state == .ignored)
    raise(1_900)
    #expect(book.alert(key)?.state == .open)
    #expect(book.alert(key)?.raisedAt == at(1_900))
  }

  @Test("a false positive whose condition ended is forgotten after 30 minutes")
  mutating func forgotten() {
    raise(0)
    book.change(key, to: .falsePositive, at: at(10), changes: &changes)
    withdraw(20)
    pass(1_810, minus: 1)
    #expect(book.count == 1)
    pass(1_810)
    #expect(book.count == 0)
    #expect(book.nextDue == nil)
  }

  @Test("an alert under investigation clears as an open one does")
  mutating func investigating() {
    raise(0)
    book.change(key, to: .investigating, at: at(5), changes: &changes)
    #expect(book.openCount == 1)
    raise(6)
    #expect(book.alert(key)?.state == .investigating)
    withdraw(10)
    pass(40)
    #expect(book.alert(key)?.state == .resolved)
  }

  @Test("someone may open a closed alert again, which then stays open")
  mutating func openedByHand() {
    raise(0)
    withdraw(10)
    pass(40)
    book.change(key, to: .open, at: at(50), changes: &changes)
    pass(10_000)
    #expect(book.alert(key)?.state == .open)
    #expect(book.openCount == 1)
  }

  @Test("open alerts come before closed ones, the severest first, then the newest")
  mutating func order() {
    raise(0, .rushSpike, "a")
    raise(1, .ticketLate, "b")
    raise(2, .ticketLate, "c")
    raise(3, .allergenWarning, "d")
    raise(4, .allergenWarning, "e")
    book.change(
      Alert.Key(code: "ALLERGEN_WARNING", subject: "e"), to: .ignored, at: at(5),
      changes: &changes)
    #expect(book.alerts(from: 0, limit: 9).map(\.key.subject) == ["d", "c", "b", "a", "e"])
    #expect(book.alerts(from: 1, limit: 2).map(\.key.subject) == ["c", "b"])
    #expect(book.openBySeverity == [0, 0, 1, 2, 0, 1])
  }

  @Test("an alert keeps its newest 8 causes")
  mutating func causes() {
    for second in 1...20 { raise(Int64(second)) }
    #expect(book.alert(key)?.causes.count == 8)
    #expect(book.alert(key)?.causes.last == "e20")
  }

  @Test("a full book gives up closed alerts, but refuses and counts new ones when all are open")
  mutating func bound() {
    for number in 0..<10_000 { raise(0, .ticketLate, "\(number)") }
    raise(1, .ticketLate, "more")
    #expect(book.count == 10_000)
    #expect(book.refused == 1)
    #expect(book.openBySeverity[3] == 10_000)
    book.change(
      Alert.Key(code: "TICKET_LATE", subject: "7"), to: .ignored, at: at(2), changes: &changes)
    raise(3, .allergenWarning, "new")
    #expect(book.count == 10_000)
    #expect(book.openBySeverity[5] == 1)
    #expect(book.alert(Alert.Key(code: "TICKET_LATE", subject: "7")) == nil)
  }

  @Test("a condition that flaps for an hour is one alert, which clears 30 s after the last time")
  mutating func flapping() {
    for second in stride(from: Int64(0), to: 3_600, by: 2) {
      raise(second)
      withdraw(second + 1)
      pass(second + 1)
    }
    #expect(book.count == 1)
    #expect(book.alert(key)?.raisedAt == at(0))
    #expect(book.nextDue.map { $0 <= at(3_629) } == true)
    pass(3_629)
    #expect(book.alert(key)?.state == .resolved)
    #expect(book.alert(key)?.closedAt == at(3_629))
  }
}
