import Domain
import Engine
import Testing
import Wire

@Suite("what commands without a board take in")
struct IntakeTests {
  private static func stream(_ text: String, at milliseconds: Int64 = 0, on connection: Int = 0)
    -> Inbound
  {
    Inbound(
      connection: connection, at: at(milliseconds), body: .frame(.sse, Array(text.utf8)))
  }

  private static func fact(
    _ fact: ConnectionFact, at milliseconds: Int64 = 0, on connection: Int = 0
  )
    -> Inbound
  {
    Inbound(connection: connection, at: at(milliseconds), body: .fact(fact))
  }

  private static func intake(_ names: String...) -> Intake {
    Intake(connections: names, at: at(0))
  }

  private static func ids(_ arrivals: [Inbound], _ intake: inout Intake) -> [String] {
    var ids: [String] = []
    for inbound in arrivals {
      _ = intake.take(inbound) { if case .event(let event, _) = $0 { ids.append(event.id) } }
    }
    return ids
  }

  @Test("the resume point of what arrived is noted in the mailbox, each connection its own")
  func noted() {
    let mailbox = Mailbox()
    var intake = Self.intake("a", "b")
    let event = Feed.event(1, "task.state", "{}")
    let ids = Self.ids(
      [
        Self.stream("id: 7\ndata: \(event)\n\nid: 8\ndata: {"),
        Self.stream("id: 3\nretry: 20\ndata: \(event)\n\n", on: 1),
      ], &intake)
    #expect(ids == ["e1", "e1"])
    #expect(mailbox.resumePoint(of: 0).lastEventID == "")
    intake.note(in: mailbox)
    #expect(mailbox.resumePoint(of: 0).lastEventID == "7")
    #expect(mailbox.resumePoint(of: 1).lastEventID == "3")
    #expect(mailbox.resumePoint(of: 1).retry == .milliseconds(20))
  }

  @Test("what a lost connection cut off is not glued to what the next one brings")
  func restart() {
    var intake = Self.intake("a")
    let event = Feed.event(1, "task.state", "{}")
    let ids = Self.ids(
      [
        Self.fact(.connected(.sse, resumedFrom: nil)), Self.stream("id: 1\ndata: {\"spec"),
        Self.fact(.lost(reason: "cut")), Self.fact(.connected(.sse, resumedFrom: nil)),
        Self.stream("id: 1\ndata: \(event)\n\n"),
      ], &intake)
    #expect(ids == ["e1"])
  }

  @Test("a stream that comes back without a position leaves a stretch unknown")
  func unknown() {
    var intake = Self.intake("a")
    for inbound in [
      Self.fact(.connected(.sse, resumedFrom: nil)), Self.stream(": hi\n\n", at: 2_000),
      Self.fact(.lost(reason: "cut"), at: 3_000), Self.fact(.connecting(attempt: 1), at: 4_000),
      Self.fact(.lost(reason: "cut"), at: 4_500),
    ] {
      #expect(intake.take(inbound) == nil)
    }
    let stretch = intake.take(Self.fact(.connected(.sse, resumedFrom: nil), at: 5_000))
    #expect(stretch?.from == at(2_000))
    #expect(stretch?.to == at(5_000))
    #expect(
      stretch.map { FactLine.text($0) }
        == "not resumed: events between 2026-11-21T06:00:02.000Z and 2026-11-21T06:00:05.000Z are unknown"
    )
  }

  @Test("a resumed stream, a first connection and a poll leave nothing unknown")
  func known() {
    var intake = Self.intake("a")
    #expect(intake.take(Self.fact(.connected(.sse, resumedFrom: nil))) == nil)
    #expect(intake.take(Self.fact(.lost(reason: "cut"), at: 1)) == nil)
    #expect(intake.take(Self.fact(.connected(.sse, resumedFrom: "7"), at: 2)) == nil)
    #expect(intake.take(Self.fact(.lost(reason: "cut"), at: 3)) == nil)
    #expect(intake.take(Self.fact(.connected(.poll, resumedFrom: nil), at: 4)) == nil)
    #expect(intake.take(Self.fact(.connected(.sse, resumedFrom: nil), at: 5)) == nil)
  }

  @Test(
    "it is open until every source has ended, and drops what belongs to none", arguments: [-1, 2])
  func open(stranger: Int) {
    var intake = Self.intake("a", "b")
    #expect(intake.take(Self.fact(.ended, on: stranger)) == nil)
    #expect(intake.take(Self.fact(.ended)) == nil)
    #expect(intake.isOpen)
    #expect(intake.take(Self.fact(.ended, on: 1)) == nil)
    #expect(!intake.isOpen)
    #expect(intake.resumePoint(of: stranger) == ResumePoint())
  }
}

@Suite("events as lines")
struct EventLogTests {
  private static func print(_ lines: [String], limit: Int = .max) -> (
    output: String, said: [String]
  ) {
    var intake = Intake(connections: ["a"], at: at(0))
    var log = EventLog(limit: limit)
    var said: [String] = []
    for line in lines {
      _ = intake.take(Feed.frame(line + "\n", at: 0)) { log.take($0) { said.append($0) } }
    }
    return (String(decoding: log.takeOutput(), as: UTF8.self), said)
  }

  @Test("each event is printed once, as it came")
  func once() {
    let first = Feed.event(1, "task.state", #"{"task":"ü"}"#)
    let second = Feed.event(2, "task.state", "{}")
    #expect(Self.print([first, second, first]).output == "\(first)\n\(second)\n")
    #expect(Self.print([first, second], limit: 1).output == "\(first)\n")
  }

  @Test("what upstream numbers show to be missing is told")
  func gaps() {
    let numbered = { (number: Int, basis: String) in
      """
      {"specversion":"1.0","id":"\(basis)\(number)","source":"/pos","type":"x",\
      "sequence":"\(number)","seqbasis":"\(basis)"}
      """
    }
    let upstream = [56, 61, 58, 62, 64].map { numbered($0, "upstream") }
    #expect(
      Self.print(upstream).said == ["gap: 57-60 missing from /pos", "gap: 63 missing from /pos"])
    #expect(Self.print([1, 5].map { numbered($0, "adapter") }).said == [])
    let extremes = [Int.min + 1, Int.max].map { numbered($0, "upstream") }
    #expect(Self.print(extremes).said.count == 1)
  }

  @Test("what a source says is missing is told")
  func toldGaps() {
    let gap = Feed.event(1, "stream.gap", #"{"from":"57","to":"60"}"#)
    #expect(Self.print([gap, gap]).said == ["gap: 57-60 missing, says /test"])
  }

  @Test("what a hub's feed goes on without is told, in raw output too")
  func feedGap() {
    var intake = Intake(connections: ["a"], at: at(0))
    var log = EventLog()
    var said: [String] = []
    for number in [1, 4, 4, 4] {
      var bytes: [UInt8] = []
      let event = Feed.event(number, "task.state", "{}")
      SSEEncoder.appendCheckedEvent(id: "\(number)-e", data: Array(event.utf8), to: &bytes)
      _ = intake.take(
        Inbound(connection: 0, at: at(0), body: .fact(.connected(.sse, resumedFrom: "1-e"))))
      _ = intake.take(Inbound(connection: 0, at: at(0), body: .frame(.sse, bytes))) { item in
        if case .missing = item { #expect(EventLog.words(fault: item) != nil) }
        log.take(item) { said.append($0) }
      }
    }
    #expect(log.printed == 2)
    #expect(said.count == 3)
    #expect(said.last == "gap: events 2 to 3 missing: the feed went on without")
  }

  @Test("what is no event is told and does not stop the rest")
  func malformed() {
    let event = Feed.event(1, "task.state", "{}")
    let (output, said) = Self.print(["nonsense", event])
    #expect(output == event + "\n")
    #expect(said.count == 1 && said[0].hasPrefix("no event: "))
  }
}

@Suite("raw messages as lines")
struct RawLogTests {
  private static func print(_ bodies: [Inbound.Body], limit: Int = .max) -> String {
    var log = RawLog(limit: limit)
    for body in bodies {
      log.take(Inbound(connection: 0, at: at(0), body: body)) { _ in }
    }
    return String(decoding: log.takeOutput(), as: UTF8.self)
  }

  private static func frame(_ format: FrameFormat, _ text: String) -> Inbound.Body {
    .frame(format, Array(text.utf8))
  }

  @Test(
    "an event of a stream has its type, data and last id, however it is split",
    arguments: [1, 2, 3, 7, 1_000])
  func stream(piece: Int) {
    let text =
      ": hi\nid: 1\nevent: tick\ndata: {\"n\":1}\n\ndata: a\ndata: b\n\nid\ndata: \u{1B}é\n\n"
      + "data: cut"
    let bytes = Array(text.utf8)
    let parts = stride(from: 0, to: bytes.count, by: piece).map {
      Inbound.Body.frame(.sse, Array(bytes[$0..<min(bytes.count, $0 + piece)]))
    }
    #expect(
      Self.print(parts) == #"""
        {"event":"tick","data":"{\"n\":1}","id":"1"}
        {"event":"message","data":"a\nb","id":"1"}
        {"event":"message","data":"\u001bé","id":""}

        """#)
  }

  @Test("repeats stay, a reconnection begins anew and keeps the last id")
  func repeats() {
    #expect(
      Self.print([
        Self.frame(.sse, "id: 1\ndata: x\n\ndata: cu"), .fact(.lost(reason: "cut")),
        .fact(.connected(.sse, resumedFrom: "1")), Self.frame(.sse, "data: x\n\n"),
      ]) == #"""
        {"event":"message","data":"x","id":"1"}
        {"event":"message","data":"x","id":"1"}

        """#)
  }

  @Test("a WebSocket message has its opcode; binary ones are in Base64")
  func messages() {
    #expect(
      Self.print([
        Self.frame(.message(.text), #"{"a":"é"}"#), .frame(.message(.binary), [0, 255, 16]),
        Self.frame(.message(.meta), "id: 1\n\nx"),
      ]) == #"""
        {"opcode":1,"data":"{\"a\":\"é\"}"}
        {"opcode":2,"data":"AP8Q"}
        {"opcode":1,"data":"id: 1\n\nx"}

        """#)
  }

  @Test("a poll's document is a member, on one line; what is not JSON is a string")
  func documents() {
    #expect(
      Self.print([
        Self.frame(.document, "[1,\r\n 2]"), Self.frame(.document, "{\"cut"),
      ]) == #"""
        {"document":[1,   2]}
        {"document":"{\"cut"}

        """#)
  }

  @Test("lines are themselves, a last one without its end included")
  func lines() {
    #expect(
      Self.print([
        Self.frame(.ndjson, "{\"a\":1}\n\nnon"), Self.frame(.ndjson, "sense\nlast"),
        .fact(.ended),
      ]) == "{\"a\":1}\nnonsense\nlast\n")
    #expect(Self.print([Self.frame(.ndjson, "1\n2\n3\n")], limit: 2) == "1\n2\n")
  }
}

@Suite("facts as lines")
struct FactLineTests {
  @Test(
    "news is told, measurements are not",
    arguments: [
      (.connecting(attempt: 2), "connecting, attempt 2"),
      (.connected(.webSocket, resumedFrom: "57-e"), "connected by websocket, resumed after 57-e"),
      (.connected(.sse, resumedFrom: nil), "connected by sse"), (.heartbeat, nil),
      (.roundTrip(.milliseconds(3)), nil), (.compressed(received: 1, inflated: 2), nil),
      (.lost(reason: "cut"), "lost: cut"),
      (
        .waiting(attempt: 2, until: at(2_560), reason: "refused"),
        "will try again in 1.5 s (attempt 2 failed): refused"
      ),
      (.fellBack(.poll, reason: "no stream"), "fell back to poll: no stream"),
      (.refused(reason: "401"), "refused: 401"), (.ended, "ended"),
    ] as [(ConnectionFact, String?)])
  func words(fact: ConnectionFact, words: String?) {
    #expect(FactLine.text(fact, at: at(1_000)) == words)
  }
}
