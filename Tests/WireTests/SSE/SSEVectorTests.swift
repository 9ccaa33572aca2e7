import Testing

@testable import Wire

/// The parser vectors beside the repository (`conformance/sse-vectors.json`), read with Wire's own
/// JSON reader; each case as it is split there, whole, and re-split at every chunk size.
@Suite(.enabled(if: SharedData.isExpected("conformance/sse-vectors.json")))
struct SSEVectorTests {
  private let vectors: [SSEVector]

  init() throws {
    let tree = try JSONValue(parsing: SharedData.bytes("conformance/sse-vectors.json"))
    vectors = try #require(tree.array).map { try SSEVector($0) }
  }

  @Test("every vector decodes as it stands, and as promptly as it demands")
  func asGiven() {
    #expect(vectors.count == 206)
    for vector in vectors {
      let run = SSERun(vector.chunks, after: vector.initialID)
      check(run, vector, "as given")
      if let counts = vector.eventsAfterChunk { #expect(run.counts == counts, "\(vector.name)") }
    }
  }

  /// Every size from 1 to the length of the stream. The two streams of 70 KB, which would take
  /// minutes, are cut at every size to 64 and around each power of two.
  @Test("every vector decodes alike in chunks of any size")
  func resplit() {
    for vector in vectors {
      let stream = vector.chunks.flatMap { $0 }
      for size in Self.sizes(stream.count) {
        let chunks = stride(from: 0, to: stream.count, by: size).map {
          Array(stream[$0..<min($0 + size, stream.count)])
        }
        check(SSERun(chunks, after: vector.initialID), vector, "in \(size)s")
      }
    }
  }

  private static func sizes(_ length: Int) -> [Int] {
    guard length > 8_192 else { return Array(1...max(length, 1)) }
    let powers = sequence(first: 128) { $0 * 2 }.prefix { $0 < length }
    return Array(1...64) + powers.flatMap { [$0 - 1, $0, $0 + 1] } + [length - 1, length]
  }

  @Test("every vector decodes alike in one chunk")
  func whole() {
    for vector in vectors {
      check(SSERun([vector.chunks.flatMap { $0 }], after: vector.initialID), vector, "whole")
    }
  }

  private func check(_ run: SSERun, _ vector: SSEVector, _ split: String) {
    #expect(run.events == vector.expected, "\(vector.name) \(split)")
    #expect(run.lastEventID == vector.finalID, "\(vector.name) \(split)")
    if !vector.anyRetry { #expect(run.retry == vector.expectedRetry, "\(vector.name) \(split)") }
  }
}

/// One decoding of a whole stream, its end included.
private struct SSERun {
  var events: [SSEMessage] = []
  var counts: [Int] = []
  var retry: Int?
  var lastEventID = ""

  init(_ chunks: [[UInt8]], after id: String) {
    var decoder = SSEDecoder(lastEventID: Array(id.utf8))
    for chunk in chunks {
      for message in decoder.messages(in: chunk) {
        if case .event = message { events.append(message) }
      }
      counts.append(events.count)
    }
    decoder.finish()
    retry = decoder.retryMilliseconds
    lastEventID = String(decoding: decoder.lastEventID, as: UTF8.self)
  }
}

private struct SSEVector {
  let name: String
  let chunks: [[UInt8]]
  let expected: [SSEMessage]
  let expectedRetry: Int?
  let anyRetry: Bool
  let initialID: String
  let finalID: String
  let eventsAfterChunk: [Int]?

  init(_ tree: JSONValue) throws {
    name = try #require(tree["name"]?.string)
    chunks = try #require(tree["chunks"]?.array).map {
      let text = try #require($0.string)
      return try #require(Base64.decode(text.utf8))
    }
    expected = try #require(tree["expected"]?.array).map {
      .event(
        type: try #require($0["event"]?.string),
        data: try #require($0["data"]?.string),
        lastEventID: try #require($0["lastEventId"]?.string))
    }
    expectedRetry = tree["expected_retry"]?.integer.map { Int($0) }
    anyRetry = tree["retry_any"]?.bool ?? false
    initialID = tree["initial_last_event_id"]?.string ?? ""
    finalID = try #require(tree["final_last_event_id"]?.string)
    eventsAfterChunk = tree["events_after_chunk"]?.array?.compactMap { $0.integer.map { Int($0) } }
  }
}
