import Domain
import Testing
import Wire

@testable import Transport

@Suite("listening to a transport that is tried")
struct TrialListenerTests {
  private static func at(_ milliseconds: Int64) -> Timestamp {
    Timestamp(seconds: 1_795_240_800) + .milliseconds(milliseconds)
  }

  private static func event(_ number: Int) -> String {
    #"{"specversion":"1.0","id":"\#(number)","source":"s","type":"t"}"#
  }

  private static func listener(_ kind: TransportKind = .sse) -> TrialListener {
    TrialListener(kind, at: at(0))
  }

  private static func note(_ fact: ConnectionFact, at milliseconds: Int64) -> Inbound {
    Inbound(connection: 0, at: at(milliseconds), body: .fact(fact))
  }

  private static func stream(_ text: String, at milliseconds: Int64) -> Inbound {
    Inbound(
      connection: 0, at: at(milliseconds), body: .frame(.sse, Array(text.utf8)))
  }

  @Test("times are counted from the first request, heartbeats by their median")
  func measures() {
    var listener = Self.listener()
    listener.take(Self.note(.connecting(attempt: 1), at: 1))
    listener.take(Self.note(.connected(.sse, resumedFrom: nil), at: 12))
    listener.take(Self.stream(": a\n\n", at: 20))
    listener.take(Self.stream("id: 1\ndata: \(Self.event(1))\n\ndata: noise\n\n", at: 30))
    listener.take(Self.stream(": b\n\n", at: 720))
    listener.take(Self.stream(": c\n\n", at: 1_425))
    let finding = listener.finding(at: Self.at(2_012))
    #expect(finding.accepted == .milliseconds(12))
    #expect(finding.firstByte == .milliseconds(20))
    #expect(finding.firstEvent == .milliseconds(30))
    #expect(finding.events == 1)
    #expect(finding.malformed == 1)
    #expect(finding.heartbeats == 3)
    #expect(finding.heartbeatInterval == .milliseconds(700))
    #expect(finding.listened == .seconds(2))
    #expect(finding.problem == nil)
  }

  @Test("the position after each event is known, however many come at once")
  func positions() {
    var listener = Self.listener()
    let text = (1...3).map { "id: p\($0)\ndata: \(Self.event($0))\n\n" }.joined()
    listener.take(Self.stream(text, at: 1))
    #expect(
      listener.marks == (1...3).map { TrialListener.Mark(event: "s\n\($0)", position: "p\($0)") })
  }

  @Test("it is over when the server refuses, and what comes later does not count")
  func refusal() {
    var listener = Self.listener(.webSocket)
    #expect(!listener.isEnough(at: Self.at(1)))
    listener.take(Self.note(.refused(reason: "not here (404)"), at: 2))
    listener.take(Self.note(.connected(.webSocket, resumedFrom: nil), at: 3))
    #expect(listener.isEnough(at: Self.at(4)))
    #expect(listener.finding(at: Self.at(4)).problem == "not here (404)")
    #expect(listener.finding(at: Self.at(4)).accepted == nil)
  }

  @Test("silence is told as such")
  func silence() {
    let finding = Self.listener().finding(at: Self.at(5_000))
    #expect(finding.problem == "the server did not answer in 5.0 s")
  }

  @Test("it listens until rhythm and events are known, no longer")
  func enough() {
    var listener = Self.listener()
    listener.take(Self.note(.connected(.sse, resumedFrom: nil), at: 0))
    for beat in 1...3 { listener.take(Self.stream(":\n\n", at: Int64(beat) * 100)) }
    #expect(!listener.isEnough(at: Self.at(400)))
    #expect(listener.isEnough(at: Self.at(2_000)))
    let text = (1...8).map { "id: \($0)\ndata: \(Self.event($0))\n\n" }.joined()
    listener.take(Self.stream(text, at: 401))
    #expect(listener.isEnough(at: Self.at(402)))
  }
}

@Suite("testing whether a stream is resumed")
struct ResumeTestTests {
  private static func marks(_ positions: String...) -> [TrialListener.Mark] {
    positions.enumerated().map { TrialListener.Mark(event: "e\($0)", position: $1) }
  }

  @Test("a few events are expected to come again, and only those decide")
  func judged() throws {
    let test = try ResumeTest(Self.marks("1", "2", "3", "4", "5", "6"))
    #expect(test.position == "2")
    #expect(test.expected == ["e2", "e3", "e4", "e5"])
    #expect(test.verdict(["e2", "e3", "e4", "e5", "e6"]) == .exact(events: 4))
    #expect(test.verdict(["e0", "e1", "e2"]) == .replays)
    #expect(test.verdict(["e1", "e2", "e3", "e4", "e5"]) == .replays)
    #expect(test.verdict(["e3", "e4", "e5"]) == .loses)
    #expect(test.verdict(["e6"]) == .loses)
    #expect(test.verdict([]) == .loses)
  }

  @Test("a position that several events share is not used between them")
  func shared() throws {
    let test = try ResumeTest(Self.marks("1", "1", "2"))
    #expect(test.position == "1")
    #expect(test.expected == ["e2"])
    #expect(throws: ResumeTest.Obstacle.tooFew) { try ResumeTest(Self.marks("1", "1")) }
  }

  @Test("without events or positions nothing can be tested")
  func impossible() {
    #expect(throws: ResumeTest.Obstacle.tooFew) { try ResumeTest(Self.marks("1")) }
    #expect(throws: ResumeTest.Obstacle.noPositions) { try ResumeTest(Self.marks("", "")) }
  }
}

@Suite("examining a server")
struct DoctorTests {
  private static func examine(_ script: [ScriptedServer.Answer]) async throws -> Diagnosis {
    let server = try await ScriptedServer.start(script)
    let address = try HTTPAddress(
      afterScheme: "127.0.0.1:\(server.port)/stream", isSecure: false)
    let doctor = Doctor(
      Source(.http(address, .stream)), named: address.name, options: TransportOptions(),
      patience: .seconds(20))
    let diagnosis = await doctor.examine()
    await server.stop()
    return diagnosis
  }

  /// Events and enough signs of life for the examination to end before its patience does.
  private static func stream(_ numbers: ClosedRange<Int>) -> ScriptedServer.Answer {
    let events = numbers.map {
      "id: \($0)\ndata: {\"specversion\":\"1.0\",\"id\":\"\($0)\",\"source\":\"s\",\"type\":\"t\"}\n\n"
    }
    return .stream(events.joined() + String(repeating: ":\n\n", count: 8), end: .hold)
  }

  @Test("nobody listens there")
  func deadPort() async throws {
    let server = try await ScriptedServer.start([])
    let port = server.port
    await server.stop()
    let address = try HTTPAddress(afterScheme: "127.0.0.1:\(port)/", isSecure: false)
    let doctor = Doctor(
      Source(.http(address, .stream)), named: address.name, options: TransportOptions(),
      patience: .milliseconds(300))
    let diagnosis = await doctor.examine()
    #expect(diagnosis.resolution?.addresses == ["127.0.0.1"])
    #expect(diagnosis.reaches.first?.problem?.contains("nobody listens") == true)
    #expect(Verdict(diagnosis).level == .unreachable)
  }

  private static let date = "Sun, 06 Nov 1994 08:49:37 GMT"

  @Test("a stream that resumes is found to, and its clock is read")
  func good() async throws {
    let head = ScriptedServer.Answer.stream("", end: .hold)
    let diagnosis = try await Self.examine([head, Self.stream(1...6), Self.stream(3...6)])
    #expect(diagnosis.head?.status == 200)
    #expect(diagnosis.head?.httpVersion == "1.1")
    #expect(diagnosis.trials.map(\.kind) == [.sse])
    #expect(diagnosis.trials.first?.events == 6)
    #expect(diagnosis.resume == .exact(events: 4))
    #expect(Verdict(diagnosis).transport == .sse)
  }

  @Test("a stream that begins anew each time is found to replay, one that goes on to lose")
  func others() async throws {
    let head = ScriptedServer.Answer.stream("", end: .hold)
    let replaying = try await Self.examine([head, Self.stream(1...6), Self.stream(1...6)])
    #expect(replaying.resume == .replays)
    let losing = try await Self.examine([head, Self.stream(1...6), Self.stream(9...12)])
    #expect(losing.resume == .loses)
  }

  @Test("a server that wants a token is told apart from one that will not have us")
  func credentials() async throws {
    let unknown = try await Self.examine([.status(401), .status(401)])
    #expect(Verdict(unknown).level == .forbidden)
    #expect(Verdict(unknown).text.contains("(401)"))
    let forbidden = try await Self.examine([.status(403), .status(403)])
    #expect(Verdict(forbidden).text.contains("(403)"))
  }

  @Test("a web page is no stream of events")
  func page() async throws {
    let answer = ScriptedServer.Answer.status(
      200, [("Content-Type", "text/html"), ("Date", Self.date)], body: "<html></html>")
    let diagnosis = try await Self.examine([answer, answer])
    #expect(Verdict(diagnosis).level == .noEvents)
    #expect(Verdict(diagnosis).fix?.contains("web page") == true)
    #expect((diagnosis.head?.clock?.ahead ?? .zero) < .seconds(-86_400))
  }
}
