import Domain
import Settings
import Testing

@testable import Rules

private func book(_ text: String) throws -> RuleBook {
  let (book, faults) = RuleBook.read(Array(text.utf8))
  #expect(faults == [])
  return book
}

@Suite struct RuleFileTests {
  @Test("a file of rules says name, condition, duration, severity and text")
  func reading() throws {
    let rules = try book(
      """
      # What the night shift wants to know.
      [[rule]]
      name = "GRILL_LATE"
      when = "kds.late > 3"
      for = "2m"
      severity = 4
      text = "the grill is behind"

      [[rule]]
      name = "quiet"
      when = 'stream.events_60s = 0'
      for = 90
      """
    ).rules
    #expect(rules.map(\.name) == ["GRILL_LATE", "quiet"])
    #expect(rules.map(\.when.text) == ["kds.late > 3", "stream.events_60s = 0"])
    #expect(rules.map(\.holdsFor) == [.seconds(120), .seconds(90)])
    #expect(rules.map(\.severity) == [4, 3])
    #expect(rules.map(\.text) == ["the grill is behind", nil])
    #expect(rules.map(\.world) == [.kitchen, .stream])
  }

  @Test(
    "every fault is told with its line and key",
    arguments: [
      ("x = 1", "line 1: x: does not belong in a file of rules: [[rule]] does"),
      ("[rule]\nname = \"a\"", "line 1: rule: does not belong in a file of rules: [[rule]] does"),
      ("[[rule]]\nwhen = \"kds.late = 0\"", "line 1: rule.name: is missing from this rule"),
      ("[[rule]]\nname = \"a\"", "line 1: rule.when: is missing from this rule"),
      (
        "[[rule]]\nname = \"a b\"\nwhen = \"kds.late = 0\"",
        "line 2: rule.name: must be of letters, digits, _ and -, and at most 40 of them"
      ),
      (
        "[[rule]]\nname = \"a\"\nwhen = \"kds.lat = 0\"",
        "line 3: rule.when: column 1: there is no fact kds.lat; did you mean kds.late? "
          + "`podium facts` lists them"
      ),
      (
        "[[rule]]\nname = \"a\"\nwhen = \"kds.late = 0\"\nfor = \"soon\"",
        "line 4: rule.for: is no time: write it as 90, \"90s\", \"2m\" or \"1h30m\""
      ),
      (
        "[[rule]]\nname = \"a\"\nwhen = \"kds.late = 0\"\nseverity = 6",
        "line 4: rule.severity: must be 1, 2, 3, 4 or 5; 5 is the worst"
      ),
      (
        "[[rule]]\nname = \"a\"\nwhen = \"kds.late = 0\"\ntest = \"b\"",
        "line 4: rule.test: is not known: name, when, for, severity, text are"
      ),
      (
        "[[rule]]\nname = \"a\"\nwhen = \"kds.late = 0\"\n[[rule]]\nname = \"a\"\nwhen = \"TRUE\"",
        "line 5: rule.name: is the name of another rule too: give each its own"
      ),
      ("[[rule]\n", "line 1: a header lacks its ]"),
    ])
  func faults(text: String, expected: String) {
    #expect(RuleBook.read(Array(text.utf8)).faults.map(\.description) == [expected])
  }

  @Test("all faults are told, in the order of the lines")
  func allFaults() {
    let (book, faults) = RuleBook.read(
      Array(
        "[[rule]]\nname = \"\"\nwhen = \"x\"\n[[rule]]\nname = \"b\"\nwhen = \"y = 1\"\nz = 1".utf8)
    )
    #expect(faults.map(\.line) == [2, 6, 7])
    #expect(book.rules.isEmpty)
  }

  @Test("a file has at most so many rules")
  func bound() {
    let text = (0...256).map { "[[rule]]\nname = \"r\($0)\"\nwhen = \"kds.late > \($0)\"\n" }
    let (book, faults) = RuleBook.read(Array(text.joined().utf8))
    #expect(book.rules.count == 256)
    #expect(faults.map(\.description) == ["line 769: rule: is one too many: at most 256"])
  }
}

@Suite struct RuleWatchTests {
  @Test("a rule fires once its condition held for its time, and clears when it ends")
  func life() throws {
    var house = House()
    var watch = RuleWatch(
      try book("[[rule]]\nname = \"LATE\"\nwhen = \"kds.late >= 1\"\nfor = \"1m\""))
    house.fire("1:grill", at: 0)
    #expect(watch.look(at: &house) == [])
    house.pass(to: 601)
    #expect(watch.look(at: &house) == [])
    #expect(watch.nextLook == at(661))
    house.pass(to: 660)
    #expect(watch.look(at: &house) == [])
    house.pass(to: 661)
    #expect(
      watch.look(at: &house) == ["LATE fired, true since 12:10:01: kds.late = 1: 1:grill"])
    house.fire("2:grill", at: 662)
    #expect(watch.look(at: &house) == [])
    #expect(watch.firing.map(\.at) == [at(661)])
    house.bump("1:grill", at: 663)
    #expect(watch.look(at: &house) == ["LATE cleared"])
    #expect(watch.firing.isEmpty)
  }

  @Test("a condition that ends before its time fires nothing")
  func shortness() throws {
    var house = House()
    var watch = RuleWatch(
      try book("[[rule]]\nname = \"BUSY\"\nwhen = \"kds.open >= 1\"\nfor = 10"))
    house.fire("1:grill", at: 0)
    #expect(watch.look(at: &house) == [])
    house.bump("1:grill", at: 9)
    #expect(watch.look(at: &house) == [])
    house.fire("2:grill", at: 9.5)
    #expect(watch.look(at: &house) == [])
    house.pass(to: 10)
    #expect(watch.look(at: &house) == [])
    house.pass(to: 19.5)
    #expect(watch.look(at: &house).count == 1)
  }

  @Test("without a duration a rule fires at once, and rules do not wait for each other")
  func rules() throws {
    var house = House()
    var watch = RuleWatch(
      try book(
        """
        [[rule]]
        name = "A"
        when = "kds.open = 1"
        [[rule]]
        name = "B"
        when = "kds.open = 2"
        """))
    house.fire("1:grill", at: 0)
    #expect(watch.look(at: &house).map { $0.prefix(7) } == ["A fired"])
    house.fire("2:grill", at: 1)
    #expect(watch.look(at: &house).map { $0.prefix(9) } == ["A cleared", "B fired, "])
  }

  @Test("while a connection is lost nothing fires and nothing clears")
  func outage() throws {
    var house = House()
    var watch = RuleWatch(
      try book(
        """
        [[rule]]
        name = "OPEN"
        when = "kds.open >= 1"
        [[rule]]
        name = "LATE"
        when = "kds.late >= 1"
        [[rule]]
        name = "LOST"
        when = "NOT stream.current"
        """))
    house.fire("1:grill", at: 0)
    #expect(watch.look(at: &house).count == 1)
    house.note(.lost(reason: "reset"), at: 5)
    #expect(
      watch.look(at: &house) == ["LOST fired, true since 12:00:05: stream.current = false: hub"])
    house.pass(to: 700)
    #expect(watch.look(at: &house) == [])
    #expect(watch.firing.map(\.rule.name) == ["OPEN", "LOST"])
    house.note(.connected(.sse, resumedFrom: "1"), at: 701)
    #expect(watch.look(at: &house) == ["LOST cleared"])
    #expect(watch.nextLook == at(702))
    house.pass(to: 702)
    #expect(
      watch.look(at: &house) == ["LATE fired, true since 12:11:42: kds.late = 1: 1:grill"])
  }

  @Test("a fact that becomes unknown clears what it had raised")
  func unknown() throws {
    var house = House()
    var watch = RuleWatch(try book("[[rule]]\nname = \"OLD\"\nwhen = \"kds.oldest_s > 5\""))
    house.fire("1:grill", at: 0)
    _ = watch.look(at: &house)
    house.pass(to: 6)
    #expect(watch.look(at: &house).count == 1)
    house.bump("1:grill", at: 7)
    #expect(watch.look(at: &house) == ["OLD cleared"])
  }
}
