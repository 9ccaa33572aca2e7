import Domain
import Testing
import Wire

@testable import Transport

/// A moment for diagnoses.
private let start = Timestamp(seconds: 1_795_240_800)

/// The diagnosis of a hub where all is well.
private func healthy() -> Diagnosis {
  var diagnosis = Diagnosis(
    source: "https://feed.example",
    subject: .server(isSecure: true, isHub: true, isLoopback: false), at: start)
  diagnosis.resolution = Diagnosis.Resolution(
    addresses: ["192.0.2.7"], took: .milliseconds(12), problem: nil)
  diagnosis.reaches = [
    Diagnosis.Reach(address: "192.0.2.7", port: 443, took: .milliseconds(20), problem: nil)
  ]
  diagnosis.encryption = Diagnosis.Encryption(
    version: "TLS 1.3", applicationProtocol: "http/1.1", chain: [certificate(days: 60)],
    took: .milliseconds(41), problem: nil, isPinned: false)
  diagnosis.head = head(200)
  diagnosis.trials = [.webSocket, .sse, .longPoll, .poll].map(accepted)
  diagnosis.resume = .exact(events: 4)
  return diagnosis
}

private func head(_ status: Int) -> Diagnosis.Head {
  Diagnosis.Head(
    status: status, httpVersion: "1.1", contentType: "text/event-stream", contentEncoding: nil,
    server: nil, took: .milliseconds(30),
    clock: Diagnosis.ClockDifference(ahead: .milliseconds(120), uncertainty: .milliseconds(515)),
    answersNotModified: nil)
}

private func certificate(days: Int64) -> CertificateFacts {
  CertificateFacts(
    subject: "feed.example", issuer: "Example CA", names: ["feed.example"],
    notBefore: start - .seconds(86_400), notAfter: start + .seconds(days * 86_400), pin: nil)
}

private func accepted(_ kind: TransportKind) -> Diagnosis.Trial {
  var trial = Diagnosis.Trial(kind)
  trial.accepted = .milliseconds(9)
  trial.firstEvent = .milliseconds(10)
  trial.events = 8
  trial.heartbeats = 3
  trial.heartbeatInterval = .milliseconds(700)
  trial.listened = .seconds(2)
  return trial
}

private func refused(_ kind: TransportKind, _ problem: String) -> Diagnosis.Trial {
  var trial = Diagnosis.Trial(kind)
  trial.problem = problem
  return trial
}

@Suite("the verdict on a source")
struct VerdictTests {
  @Test("where all is well the best transport is named and nothing is to be fixed")
  func good() {
    let verdict = Verdict(healthy())
    #expect(verdict.level == .healthy)
    #expect(verdict.transport == .webSocket)
    #expect(verdict.text == "Podium will use the WebSocket.")
    #expect(verdict.fix == nil)
  }

  @Test("a lesser transport serves where the best is not served")
  func lesser() {
    var diagnosis = healthy()
    diagnosis.trials[0] = refused(.webSocket, "no WebSocket there (404)")
    #expect(Verdict(diagnosis).transport == .sse)
    #expect(Verdict(diagnosis).level == .healthy)
    #expect(diagnosis.rows.first { $0.label == "websocket" }?.mark == .neutral)
  }

  @Test("the first obstacle on the way decides")
  func obstacles() {
    var diagnosis = healthy()
    diagnosis.trials = [refused(.sse, "not there")]
    for (status, level) in [
      (401, .forbidden), (403, .forbidden), (407, .forbidden), (503, .unreachable),
      (404, .noEvents), (200, .noEvents),
    ] as [(Int, Verdict.Level)] {
      diagnosis.head = head(status)
      #expect(Verdict(diagnosis).level == level)
      #expect(Verdict(diagnosis).fix != nil)
    }
    diagnosis.head = nil
    #expect(Verdict(diagnosis).level == .unreachable)
    diagnosis.encryption?.problem = "expired"
    #expect(Verdict(diagnosis).level == .forbidden)
    #expect(Verdict(diagnosis).fix == "expired")
    diagnosis.reaches[0].problem = "nobody listens"
    #expect(Verdict(diagnosis).fix == "nobody listens")
    diagnosis.resolution?.problem = "no host"
    #expect(Verdict(diagnosis).fix == "no host")
  }

  @Test("401 and 403 are told apart")
  func credentials() {
    var diagnosis = healthy()
    diagnosis.trials = [refused(.sse, "refused")]
    diagnosis.head = head(401)
    #expect(Verdict(diagnosis).text == "The server wants to know who asks (401).")
    diagnosis.head = head(403)
    #expect(Verdict(diagnosis).text == "The server knows who asks and does not allow it (403).")
  }

  @Test("what would be better otherwise leaves a source usable, and is named first")
  func warnings() {
    var diagnosis = healthy()
    diagnosis.resume = .loses
    #expect(Verdict(diagnosis).level == .usable)
    #expect(Verdict(diagnosis).fix?.contains("Last-Event-ID") == true)
    diagnosis.encryption?.chain = [certificate(days: 3)]
    #expect(Verdict(diagnosis).fix == "renew the server's certificate before it expires")
  }

  @Test("messages that are no events are no events")
  func foreign() {
    var diagnosis = healthy()
    for place in diagnosis.trials.indices {
      diagnosis.trials[place].events = 0
      diagnosis.trials[place].malformed = 2
    }
    #expect(Verdict(diagnosis).level == .noEvents)
  }

  @Test("a file is judged by what it holds")
  func files() {
    var diagnosis = Diagnosis(source: "x", subject: .file, at: start)
    diagnosis.file = Diagnosis.FileFacts(contents: "a tape")
    #expect(Verdict(diagnosis).level == .healthy)
    diagnosis.file = Diagnosis.FileFacts(contents: "a tape", problem: "line 3: not JSON")
    #expect(Verdict(diagnosis).level == .noEvents)
    let line = #"{"specversion":"1.0","id":"1","source":"s","type":"t"}"#
    diagnosis.file = Diagnosis.FileFacts(eventLines: Array("\(line)\nnoise\n{\"cut".utf8))
    #expect(diagnosis.file?.events == 1)
    #expect(diagnosis.file?.malformed == 1)
    #expect(Verdict(diagnosis).level == .usable)
    #expect(
      Verdict(Diagnosis(source: "-", subject: .standardInput, at: start)).level == .healthy)
  }
}

@Suite("a diagnosis in words")
struct DiagnosisTextTests {
  @Test("the page is aligned, calm and ends in the verdict")
  func page() {
    var diagnosis = healthy()
    diagnosis.trials.removeLast(2)
    let page = DiagnosisText(diagnosis, Verdict(diagnosis), isASCII: true)
    #expect(
      page.lines.map(\.text).joined(separator: "\n") == """
        https://feed.example

          + address     a hub's address: four transports
          + name        192.0.2.7                                                     12 ms
          + connect     192.0.2.7 port 443                                            20 ms
          + encryption  TLS 1.3, http/1.1, feed.example by Example CA, expires in 60 days  41 ms
          + answer      200 in HTTP/1.1, text/event-stream                            30 ms
          + websocket   first event after 10 ms                                       9.0 ms
          + stream      first event after 10 ms                                       9.0 ms
          + heartbeat   every 700 ms, heard 3 times
          + resume      resumes without loss: exactly the 4 events after it
          + clocks      agree within 515 ms

        Healthy: Podium will use the WebSocket.
        """)
  }

  @Test("what fails has its advice below it")
  func advice() {
    var diagnosis = healthy()
    diagnosis.reaches = [
      Diagnosis.Reach(
        address: "192.0.2.7", port: 443, took: .zero, problem: "nobody listens: start the server")
    ]
    diagnosis.encryption = nil
    diagnosis.head = nil
    diagnosis.trials = []
    let page = DiagnosisText(diagnosis, Verdict(diagnosis))
    #expect(page.lines.contains { $0.text.hasPrefix("  ✗ connect") && $0.tone == .bad })
    #expect(page.lines.contains { $0.text == "             nobody listens: start the server" })
    #expect(page.lines.last?.text == "→ First: nobody listens: start the server")
  }

  @Test(
    "clocks that differ by more than was measurable are told",
    arguments: [
      (2_000, 500, "the server's is 2.0 s ahead of ours, give or take 500 ms"),
      (-7_500, 500, "the server's is 7.5 s behind ours, give or take 500 ms"),
      (400, 500, "agree within 500 ms"),
    ] as [(Int64, Int64, String)])
  func clocks(ahead: Int64, uncertainty: Int64, words: String) {
    var diagnosis = healthy()
    diagnosis.head?.clock = Diagnosis.ClockDifference(
      ahead: .milliseconds(ahead), uncertainty: .milliseconds(uncertainty))
    #expect(diagnosis.rows.first { $0.label == "clocks" }?.text == words)
  }

  @Test(
    "times are as short as they can be told",
    arguments: [
      (-5, "0.0 ms"), (420, "0.4 ms"), (9_999, "9.9 ms"), (12_800, "12 ms"),
      (1_450_000, "1.4 s"), (180_000_000, "3 min"), (90_000_000_000, "25 h"),
    ] as [(Int64, String)])
  func durations(microseconds: Int64, words: String) {
    #expect(duration(Span(microseconds: microseconds)) == words)
  }

  @Test(
    "days left are whole days, negative once it has expired",
    arguments: [(0, 0), (86_399, 0), (86_400, 1), (-1, -1), (-86_401, -2)] as [(Int64, Int64)])
  func days(seconds: Int64, days: Int64) {
    var facts = certificate(days: 0)
    facts.notAfter = start + .seconds(seconds)
    #expect(facts.daysLeft(at: start) == days)
  }
}

@Suite("a diagnosis as JSON")
struct DiagnosisJSONTests {
  @Test("it is one object with every fact that is known and none that is not")
  func object() throws {
    let json = try JSONValue(parsing: healthy().json)
    #expect(json["verdict"]?.string == "healthy")
    #expect(json["transport"]?.string == "websocket")
    #expect(json["resume"]?.string == "exact")
    #expect(json["proxy"] == nil)
    #expect(json["tls"]?["chain"] != nil)
    guard case .array(let transports)? = json["transports"] else {
      Issue.record("no transports")
      return
    }
    #expect(transports.count == 4)
    #expect(transports[0]["heartbeatMs"] == .number(700))
    #expect(transports[0]["problem"] == nil)
  }
}
