import AsyncHTTPClient
import Domain
import Hub
import NIOCore
import NIOHTTP1
import Testing
import Wire

/// A feed on an ephemeral port for the length of a test.
func withFeed(
  _ configuration: FeedConfiguration = FeedConfiguration(),
  _ body: (FeedServer, String) async throws -> Void
) async throws {
  let server = FeedServer(configuration: configuration)
  try await withThrowingTaskGroup(of: Void.self) { group in
    group.addTask { try await server.run() }
    let port = try await server.port
    do {
      try await body(server, "http://127.0.0.1:\(port)")
    } catch {
      group.cancelAll()
      throw error
    }
    group.cancelAll()
    try await group.waitForAll()
  }
}

func event(_ number: Int) -> Event {
  Event(
    id: "e\(number)", source: "test", type: .known(.ticketFired),
    subject: "ticket/\(number):grill",
    data: Fields([
      .ticket: .string("\(number):grill"), .order: .string("\(number)"), .station: .string("grill"),
    ]))
}

func get(
  _ url: String, _ headers: [(String, String)] = [], method: HTTPMethod = .GET
) async throws -> HTTPClientResponse {
  var request = HTTPClientRequest(url: url)
  request.method = method
  for (name, value) in headers { request.headers.add(name: name, value: value) }
  return try await HTTPClient.shared.execute(request, timeout: .seconds(20))
}

func post(
  _ text: String, to url: String, type: String = "application/cloudevents+json"
) async throws -> HTTPClientResponse {
  var request = HTTPClientRequest(url: url + "/v1/events")
  request.method = .POST
  request.headers.add(name: "Content-Type", value: type)
  request.body = .bytes(Array(text.utf8))
  return try await HTTPClient.shared.execute(request, timeout: .seconds(20))
}

func text(_ response: HTTPClientResponse) async throws -> String {
  String(buffer: try await response.body.collect(upTo: 1 << 22))
}

/// The events of a batch, their checksums checked.
func events(_ answer: HTTPClientResponse) async throws -> [Event] {
  var decoder = FrameDecoder()
  var events: [Event] = []
  decoder.receive(Array(try await text(answer).utf8), format: .document) { item in
    guard case .event(let event, _) = item else {
      Issue.record("\(item)")
      return
    }
    events.append(event)
  }
  return events
}

/// The number in a position.
func sequence(_ position: String?) -> String? {
  position?.split(separator: "-").first.map { String($0) }
}

/// Reads an event stream until `isEnough` of its events.
func read(
  _ response: HTTPClientResponse, until isEnough: ([(id: String, data: String)]) -> Bool
) async throws -> [(id: String, data: String)] {
  var decoder = SSEDecoder()
  var events: [(id: String, data: String)] = []
  for try await chunk in response.body {
    for case .event(_, let data, let id) in decoder.messages(in: Array(chunk.readableBytesView)) {
      events.append((id, data))
    }
    if isEnough(events) { break }
  }
  return events
}

/// How many polls wait.
func waitingPolls(_ url: String) async throws -> Int64 {
  let health = try await text(try await get(url + "/api/health/realtime"))
  return try JSONValue(parsing: Array(health.utf8))["waitingPolls"]?.integer ?? 0
}

/// Expects something to take less than a second: the quickest of a few tries, so that a machine busy
/// with something else proves nothing.
func withinASecond(_ attempt: () async throws -> Duration) async throws {
  var quickest = Duration.seconds(3_600)
  for _ in 0..<5 where quickest >= .seconds(1) { quickest = min(quickest, try await attempt()) }
  #expect(quickest < .seconds(1))
}
