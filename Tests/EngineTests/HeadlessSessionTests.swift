import Domain
import Engine
import Testing
import Wire

/// A session without a screen, of which one source may send only so much.
@Suite(.timeLimit(.minutes(1))) struct HeadlessSessionTests {
  private let mailbox = Mailbox()

  private static func headless(_ mailbox: Mailbox, limit: Double?) -> HeadlessSession {
    var session = Session.started()
    session.addConnection("other")
    session.limit(0, to: limit)
    return HeadlessSession(session, from: mailbox, tape: nil)
  }

  private static func task(_ number: Int, connection: Int = 0, at moment: Int64 = 0) -> Inbound {
    let text = """
      {"specversion":"1.0","id":"e\(number)","source":"/test","type":"com.example.task.created",\
      "subject":"task/t\(number)","data":{"task":"t\(number)"}}
      """
    return Feed.frame(text + "\n", at: moment, connection: connection)
  }

  /// Takes what waits at a moment; the ids of the events that were told, in order.
  private func take(_ headless: inout HeadlessSession, at moment: Int64) -> [String] {
    var ids: [String] = []
    headless.take(mailbox.takeAll(), at: at(moment), reconnect: { _ in }) { _, fates in
      ids += fates.map(\.event.id)
    }
    return ids
  }

  @Test("without a limit each event is told as it comes, however many one frame brings")
  func calm() async {
    var headless = Self.headless(mailbox, limit: nil)
    let text = (0..<600).map { Feed.event($0, "task.created", #"{"task":"t\#($0)"}"#) + "\n" }
    _ = await mailbox.deliver(Feed.frame(text.joined(), at: 0))
    _ = await mailbox.deliver(Self.task(0))
    #expect(take(&headless, at: 0) == (0..<600).map { "e\($0)" } + ["e0"])
    #expect(headless.session.board.stream.duplicates == 1)
    #expect(!headless.isWaiting)
  }

  @Test("orders beyond the limit wait, are told when they are applied, and none is lost")
  func orders() async {
    var headless = Self.headless(mailbox, limit: 10)
    for number in 0..<25 { _ = await mailbox.deliver(Self.task(number)) }
    #expect(take(&headless, at: 0).count == 10)
    #expect(headless.isWaiting)
    #expect(headless.nextDue.map { $0 <= at(110) } == true)
    #expect(take(&headless, at: 500) == (10..<15).map { "e\($0)" })
    #expect(take(&headless, at: 1_500) == (15..<25).map { "e\($0)" })
    #expect(!headless.isWaiting)
    #expect(headless.session.board.fleet.taskCount == 25)
    #expect(headless.session.board.stream.dropped == 0)
  }

  @Test("a source beyond its limit is not read meanwhile, and the others are")
  func held() async {
    var headless = Self.headless(mailbox, limit: 10)
    for number in 0..<20 { _ = await mailbox.deliver(Self.task(number)) }
    _ = take(&headless, at: 0)
    #expect(headless.session.board.stream.connections[0].isHeld)
    _ = await mailbox.deliver(Self.task(20, at: 10))
    _ = await mailbox.deliver(Self.task(100, connection: 1, at: 10))
    #expect(take(&headless, at: 100).contains("e100"))
    #expect(mailbox.count == 1)
    _ = take(&headless, at: 2_000)
    #expect(!headless.session.board.stream.connections[0].isHeld)
    // What lay in the mailbox is taken in now, not in the past.
    #expect(take(&headless, at: 2_000) == ["e20"])
    #expect(headless.session.now == at(2_000))
  }

  @Test("of telemetry beyond the limit only the newest is told")
  func telemetry() async {
    var headless = Self.headless(mailbox, limit: 1)
    for number in 0..<50 {
      let text = """
        {"specversion":"1.0","id":"e\(number)","source":"/test",\
        "type":"com.example.kds.station.updated","subject":"station/grill",\
        "data":{"station":"grill","position":\(number)}}
        """
      _ = await mailbox.deliver(Feed.frame(text + "\n", at: 0))
    }
    #expect(take(&headless, at: 0) == ["e0"])
    #expect(take(&headless, at: 1_200) == ["e49"])
    #expect(headless.session.board.kitchen.station("grill")?.position == 49)
    #expect(headless.session.board.stream.coalesced == 48)
  }
}
