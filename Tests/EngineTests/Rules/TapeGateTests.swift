import Domain
import Engine
import Rules
import Testing
import Wire

@Suite("gates and rules along a tape")
struct TapeGateTests {
  private let folder = Folder()

  private func report(
    _ expression: String, _ arrivals: [Inbound] = Feed.arrivals, to end: Timestamp? = nil
  ) throws -> GateReport {
    var gate = Gate(try Condition(expression))
    return try gate.pass(playing: try TapeInput(path: folder.tape(arrivals)), to: end)
  }

  @Test("a gate passes at the exact moment, also where time alone brings it about")
  func moments() throws {
    let fired = try report("kds.open = 1")
    #expect(fired.isPassed)
    #expect(fired.at == at(400))
    #expect(
      fired.lines
        == ["kds.open = 1: 204:grill at 06:00:00 UTC, 0:00.4 into the tape; was 0"])
    // Nothing arrives at that moment: a ticket turns late after ten minutes.
    let late = try report("kds.late > 0")
    #expect(late.at == Timestamp(microseconds: at(600_400).microseconds + 1))
    #expect(
      late.lines
        == ["kds.late = 1: 204:grill at 06:10:00 UTC, 10:00.4 into the tape; was 0"])
    let old = try report("kds.oldest_s >= 100")
    #expect(old.at == at(101_000))
  }

  @Test("a gate that does not pass tells how things stood at the end")
  func miss() throws {
    let report = try report("kds.late > 1")
    #expect(!report.isPassed)
    #expect(report.at == at(1_900_000))
    #expect(report.lines == ["kds.late = 1: 204:grill at 06:31:40 UTC, 31:40.0 into the tape"])
    #expect(report.complaint == "kds.late > 1 did not come true")
    let unknown = try self.report("evidence.failed = 0")
    #expect(
      unknown.complaint
        == "evidence.failed = 0 did not come true: evidence.failed is not known yet")
    #expect(unknown.lines.first?.hasPrefix("evidence.failed is unknown at ") == true)
  }

  @Test("a tape is gone along up to a moment")
  func end() throws {
    #expect(try !report("kds.late > 0", to: at(600_000)).isPassed)
    #expect(try report("kds.late > 0", to: at(601_000)).isPassed)
    #expect(try report("stream.idle_s > 3", to: at(2_000_000)).isPassed)
  }

  @Test("an outage on the tape keeps a gate shut until it is over")
  func outage() throws {
    let arrivals = [
      Inbound(connection: 0, at: at(0), body: .fact(.connected(.sse, resumedFrom: nil))),
      Feed.frame(Feed.lines[2].text + "\n", at: 400),
      Inbound(connection: 0, at: at(1_000), body: .fact(.lost(reason: "cut"))),
      Inbound(connection: 0, at: at(700_000), body: .fact(.connected(.sse, resumedFrom: "1"))),
      Inbound(connection: 0, at: at(710_000), body: .fact(.heartbeat)),
    ]
    #expect(try report("kds.late = 1", arrivals).at == at(701_000))
    let asking = try report("kds.late = 1 AND stream.connected = 0", arrivals)
    #expect(asking.at == Timestamp(microseconds: at(600_400).microseconds + 1))
    let lost = try report("kds.late = 1", Array(arrivals.prefix(3)))
    #expect(lost.complaint == "kds.late = 1 did not come true: test is not connected")
  }

  @Test("the outcome as JSON")
  func json() throws {
    #expect(
      String(decoding: try report("kds.open = 1").json, as: UTF8.self)
        == #"{"expression":"kds.open = 1","passed":true,"at":"2026-11-21T06:00:00.400Z","#
        + #""tape_s":0.4,"facts":[{"name":"kds.open","value":1,"evidence":["204:grill"],"#
        + #""was":{"value":0,"evidence":[]}}]}"# + "\n")
    #expect(
      String(decoding: try report("evidence.failed = 0").json, as: UTF8.self)
        == #"{"expression":"evidence.failed = 0","passed":false,"at":"2026-11-21T06:31:40.000Z","#
        + #""tape_s":1900.0,"reason":"evidence.failed is not known yet","#
        + #""facts":[{"name":"evidence.failed","value":null,"evidence":[]}]}"# + "\n")
  }

  @Test("rules rehearsed over a tape tell what would have fired, when and why")
  func rehearsal() throws {
    let (book, faults) = RuleBook.read(
      Array(
        """
        [[rule]]
        name = "LATE"
        when = "kds.late > 0"
        for = "1m"
        [[rule]]
        name = "COOKING"
        when = "kds.open > 0 AND kds.late = 0"
        """.utf8))
    #expect(faults.isEmpty)
    let firings = try book.rehearse(playing: try TapeInput(path: folder.tape()))
    #expect(firings.map(\.rule.name) == ["COOKING", "LATE"])
    #expect(firings.map(\.at) == [at(400), at(660_400) + Span(microseconds: 1)])
    #expect(
      firings.map(\.until) == [at(600_400) + Span(microseconds: 1), nil])
    #expect(firings[1].words == "kds.late = 1: 204:grill")
    #expect(firings[1].since == at(600_400) + Span(microseconds: 1))
    #expect(try book.rehearse(playing: try TapeInput(path: folder.tape()), limit: 1).count == 1)
  }

  @Test("a live session raises the alerts of rules, clears them, and ends at its gate or deadline")
  func live() throws {
    let (book, _) = RuleBook.read(
      Array("[[rule]]\nname = \"BUSY\"\nwhen = \"kds.open > 0\"\nseverity = 5".utf8))
    var watch = BoardWatch(
      rules: book, gate: Gate(try Condition("alerts.critical = 1")), deadline: at(9_000))
    var session = Session.started()
    var ending: BoardWatch.Ending?
    for inbound in Feed.arrivals.prefix(5) {
      session.ingest(inbound)
      let changed = session.takeChanges().collections
      ending = watch.look(at: &session, changed: changed, now: session.now) ?? ending
    }
    let alert = session.board.alerts.alert(Alert.Key(code: "BUSY", subject: "rule"))
    #expect(alert?.severity == 5)
    #expect(alert?.text == "kds.open = 1: 204:grill")
    #expect(alert?.world == .kitchen)
    // The alert is raised by the look that the gate follows.
    guard case .passed(let passage)? = ending else {
      Issue.record("the gate did not pass: \(String(describing: ending))")
      return
    }
    #expect(passage.at == at(400))
    #expect(watch.nextLook == at(9_000))
    let bumped = Feed.event(99, "kds.ticket.bumped", #"{"ticket":"204:grill"}"#)
    session.ingest(Feed.frame(bumped + "\n", at: 8_000))
    let changed = session.takeChanges().collections
    _ = watch.look(at: &session, changed: changed, now: at(8_000))
    let cleared = session.board.alerts.alert(Alert.Key(code: "BUSY", subject: "rule"))
    #expect(cleared?.falseSince == at(8_000))
  }

  @Test("a live session ends when the time for its gate is over, or nothing more can come")
  func endings() throws {
    var watch = BoardWatch(gate: Gate(try Condition("kds.open = 9")), deadline: at(9_000))
    var session = Session.started()
    for inbound in Feed.arrivals.prefix(5) { session.ingest(inbound) }
    #expect(watch.look(at: &session, changed: .all, now: at(8_999)) == nil)
    #expect(watch.nextLook == at(9_000))
    #expect(watch.look(at: &session, changed: .all, now: at(9_000)) == .deadline)
    session.ingest(Inbound(connection: 0, at: at(9_000), body: .fact(.ended)))
    #expect(watch.look(at: &session, changed: .all, now: at(9_000)) == .sourcesEnded)
  }
}
