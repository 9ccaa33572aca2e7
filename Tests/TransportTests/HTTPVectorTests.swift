import Domain
import Foundation
import NIOHTTP1
import Testing
import Wire

@testable import Transport

/// The connection cases beside the repository (`conformance/sse-http-vectors.json`), each against
/// the real client and its supervisor, with a server that does as the case says.
@Suite(.enabled(if: HTTPVector.areExpected), .timeLimit(.minutes(1)))
struct HTTPVectorTests {
  /// Cases whose letter we depart from: what may pass by itself is tried again, where the standard
  /// gives up on everything but 200.
  private static let triedAgain: Set<String> = ["status-503-fails"]

  @Test("there are as many cases as there were when this was written")
  func count() throws {
    #expect(try HTTPVector.all().count == 33)
  }

  @Test("a connection case ends as it should", arguments: try HTTPVector.all())
  func ends(_ vector: HTTPVector) async throws {
    try await Bench.run(vector.script, mode: .stream) { bench in
      try await vector.play(on: bench)
      if Self.triedAgain.contains(vector.name) {
        await bench.sink.wait(for: \.isWaiting)
      } else {
        await vector.awaitState(on: bench)
        vector.check(bench)
      }
    }
  }
}

/// A connection case.
struct HTTPVector: Sendable, CustomTestStringConvertible {
  let name: String
  let script: [ScriptedServer.Answer]
  private let ends: [String]
  private let expected: JSONValue

  var testDescription: String { name }

  private static let file = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "shared/conformance/sse-http-vectors.json")

  /// Absent, the suite is skipped, except under CI, where it then fails for want of its file.
  static var areExpected: Bool {
    ProcessInfo.processInfo.environment["CI"] != nil
      || FileManager.default.fileExists(atPath: file.path)
  }

  static func all() throws -> [HTTPVector] {
    let tree = try JSONValue(parsing: Array(try Data(contentsOf: file)))
    return try #require(tree.array).map { try HTTPVector($0) }
  }

  private init(_ value: JSONValue) throws {
    name = try #require(value["name"]?.string)
    expected = try #require(value["expect"])
    let connections = try #require(value["connections"]?.array)
    ends = connections.compactMap { $0["end"]?.string }
    script = try connections.map { try Self.answer($0) }
  }

  private static func answer(_ value: JSONValue) throws -> ScriptedServer.Answer {
    var headers: [(String, String)] = []
    if case .object(let members) = value["headers"] {
      headers = members.map { ($0.name, $0.value.string ?? "") }
    }
    let status = Int(try #require(value["status"]?.integer))
    let end = try #require(value["end"]?.string)
    return ScriptedServer.Answer(
      status: status, headers: headers, body: value["body"]?.string.map { Array($0.utf8) } ?? long,
      end: end == "close" ? .close : .hold)
  }

  /// An event of 5 MiB in base64.
  private static let long =
    Array("data: ".utf8) + [UInt8](repeating: UInt8(ascii: "A"), count: 6_990_508)
    + Array("\n\n".utf8)

  /// What the server and the world do besides answering.
  func play(on bench: Bench) async throws {
    if ends.first == "rst" {
      await bench.sink.wait(forText: "\n\n")
      bench.server.drop(isReset: true)
    }
    if let timeout = expected["client"]?["readTimeoutMs"]?.integer {
      await bench.sink.wait(forText: "\n\n")
      bench.sink.learned(patience: .milliseconds(timeout))
      await bench.letTimePass { bench.sink.facts.contains { $0.isLost } }
    }
    if expected["after_close"] != nil {
      bench.clock.stop(after: 0)
      await bench.sink.wait(for: \.isWaiting)
      await bench.group.stop()
    }
  }

  /// Waits until all that should happen has.
  func awaitState(on bench: Bench) async {
    switch expected["state"]?.string {
    case "closed": await bench.sink.wait { $0.facts.contains { $0.isRefused || $0 == .ended } }
    case "open": await bench.sink.wait(for: \.isConnected)
    default: break
    }
    if expected["error"] != nil { await bench.sink.wait(for: \.isRefused) }
    let events = expected["events"]?.array?.count ?? expected["events_len"]?.array?.count ?? 0
    await bench.until { bench.sink.events.count >= events }
    let requests = max(expected["request_count"]?.integer ?? 0, Int64(script.count))
    await bench.until { bench.server.requests.count >= requests }
  }

  func check(_ bench: Bench) {
    check(expected["after_close"] ?? expected, bench)
    if let lengths = expected["events_len"]?.array {
      #expect(bench.sink.events.map { Int64($0.utf8.count) } == lengths.compactMap(\.integer))
    }
    if let ids = expected["last_event_ids"]?.array {
      #expect(bench.sink.eventIDs == ids.compactMap(\.string), "\(name)")
    }
    if let losses = expected["error_events_before_second"]?.integer {
      #expect(bench.sink.facts.count(where: \.isLost) == losses, "\(name)")
    }
    if expected["loops"]?.bool == false { #expect(bench.server.requests.count == 1, "\(name)") }
    if let least = expected["delay_ms_min"]?.integer, let most = expected["delay_ms_max"]?.integer {
      let delays = bench.clock.slept.map { $0.microseconds / 1_000 }
      #expect(delays.count == 1 && delays.allSatisfy { (least...most).contains($0) }, "\(name)")
    }
    for (request, wanted) in zip(bench.server.requests, expected["requests"]?.array ?? []) {
      check(request, wanted)
    }
  }

  private func check(_ expected: JSONValue, _ bench: Bench) {
    if let events = expected["events"]?.array {
      #expect(bench.sink.events == events.compactMap(\.string), "\(name)")
    }
    if let count = expected["request_count"]?.integer {
      #expect(bench.server.requests.count == Int(count), "\(name)")
    }
  }

  private func check(_ request: ScriptedServer.Request, _ wanted: JSONValue) {
    guard case .object(let members) = wanted else { return }
    for member in members {
      switch member.name {
      case "method": #expect(request.method == member.value.string, "\(name)")
      case "Last-Event-ID-hex":
        let hex = request.headers["Last-Event-ID"].joined().utf8
          .map { String($0, radix: 16) }.joined()
        #expect(hex == member.value.string, "\(name)")
      default:
        #expect(
          request.headers[member.name] == [member.value.string].compactMap(\.self), "\(name)")
      }
    }
  }
}

extension [Inbound] {
  fileprivate var facts: [ConnectionFact] { CollectingSink.facts(of: self) }
}
