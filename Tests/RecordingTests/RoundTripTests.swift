import Domain
import Recording
import Testing
import Wire

@Suite struct RoundTripTests {
  static let formats: [FrameFormat] = [
    .sse, .ndjson, .document, .message(.text), .message(.binary), .message(.meta),
    .claudeCode(file: "a.jsonl"), .claudeCode(file: ""),
    .claudeCode(file: "my project/100%25 %20 done.jsonl"), .claudeCode(file: "%2"),
    .claudeCode(file: "e\u{301} \u{301}%\u{301}ü\"\\\n"),
  ]

  static let payloads: [[UInt8]] = [
    [], Array("data: {}\n\n".utf8), [0xFF, 0xFE, 0x00], Array("é".utf8.prefix(1)),
    Array("é".utf8.dropFirst()), Array(0x00...0x1F), [0x7F, 0x0A, 0x0D, 0x0A],
    Array("\u{301}x".utf8),
    Array("u:b: \\\"[]{}\u{2028}\u{FEFF}👩‍🍳".utf8), [0xED, 0xA0, 0x80], [0xC0, 0x80],
    [0xF4, 0x90, 0x80, 0x80], Array(0...255),
  ]

  static let facts: [ConnectionFact] = [
    .connecting(attempt: 1), .connecting(attempt: .max), .connected(.sse, resumedFrom: nil),
    .connected(.webSocket, resumedFrom: ""), .connected(.longPoll, resumedFrom: "7 \"x\"\n"),
    .connected(.poll, resumedFrom: "9"), .connected(.standardInput, resumedFrom: nil),
    .connected(.file, resumedFrom: nil), .connected(.tape, resumedFrom: nil), .heartbeat,
    .roundTrip(Span(microseconds: 1_234)), .compressed(received: 1_000, inflated: .max),
    .lost(reason: ""), .lost(reason: "\u{301}reset\u{0}"),
    .waiting(attempt: 3, until: moment(.max / 4), reason: "refused"),
    .fellBack(.poll, reason: "404"), .refused(reason: "401"), .ended,
  ]

  @Test("every frame comes back as it went", arguments: Self.formats)
  func frames(format: FrameFormat) throws {
    let arrivals = Self.payloads.enumerated().map {
      Inbound(connection: $0.offset, at: moment(Int64($0.offset)), body: .frame(format, $0.element))
    }
    #expect(try Tapes.entries(Tapes.bytes(arrivals)) == arrivals.map(Self.entry))
  }

  @Test("every fact comes back as it went", arguments: Self.facts)
  func everyFact(fact: ConnectionFact) throws {
    let arrival = Inbound(connection: 1, at: moment(9), body: .fact(fact))
    #expect(try Tapes.entries(Tapes.bytes([arrival])) == [Self.entry(arrival)])
  }

  @Test("markers come back as they went", arguments: ["", "rush begins", "\u{301}\n\"\\"])
  func markers(label: String) throws {
    var writer = TapeWriter(Tapes.header)
    let bytes = TapeWriter.headerLine(Tapes.header) + writer.marker(label, at: moment(3))
    #expect(try Tapes.entries(bytes) == [TapeEntry(at: moment(3), body: .marker(label))])
  }

  @Test("the header comes back as it went")
  func headerRoundTrip() throws {
    var reader = TapeReader()
    try reader.receive(TapeWriter.headerLine(Tapes.header)) { _ in }
    #expect(reader.header == Tapes.header)
  }

  @Test("a tape is the documented asciicast")
  func literal() {
    let header = TapeHeader(start: moment(0), sources: ["-"], columns: 80, rows: 24)
    var writer = TapeWriter(header)
    let lines = [
      TapeWriter.headerLine(header),
      writer.line(
        Inbound(connection: 0, at: moment(1_500_000), body: .frame(.ndjson, Array("{}\n".utf8)))),
      writer.line(Inbound(connection: 0, at: moment(1_500_001), body: .frame(.sse, [0xFF]))),
      writer.line(Inbound(connection: 2, at: moment(1_500_001), body: .fact(.heartbeat))),
    ]
    #expect(
      String(decoding: lines.joined(), as: UTF8.self) == """
        {"version":3,"term":{"cols":80,"rows":24},"timestamp":1770000000,\
        "title":"podium recording",\
        "podium":{"version":1,"start":1770000000000000,"sources":["-"]}}
        [1.500000,"d","0 ndjson u:{}\\n"]
        [0.000001,"d","0 sse b:/w=="]
        [0.000000,"c","2 {\\"fact\\":\\"heartbeat\\"}"]

        """)
  }

  @Test("times stay exact to the microsecond over a long tape")
  func longTape() throws {
    var random = SplitMix64(seed: 7)
    var at = moment(0)
    let arrivals = (0..<20_000).map { number -> Inbound in
      let longest: Int64 = number % 1_000 == 0 ? 900_000_000_000_000 : 3_000_000
      at = at + Span(microseconds: .random(in: 0...longest, using: &random))
      return Inbound(connection: 0, at: at, body: .fact(.heartbeat))
    }
    #expect(try Tapes.entries(Tapes.bytes(arrivals)).map(\.at) == arrivals.map(\.at))
  }

  @Test("time that steps back stands still on the tape until it is passed")
  func backwards() throws {
    let times: [Int64] = [10, 5, -1_000_000, 9, 11]
    let arrivals = times.map { Inbound(connection: 0, at: moment($0), body: .fact(.heartbeat)) }
    let read = try Tapes.entries(Tapes.bytes(arrivals)).map(\.at)
    #expect(read == [moment(10), moment(10), moment(10), moment(10), moment(11)])
  }

  @Test("a clock that was never set is read back", arguments: [Int64.min, 0, 1])
  func farStart(start: Int64) throws {
    let header = TapeHeader(
      start: Timestamp(microseconds: start), sources: [], columns: 1, rows: 1)
    var writer = TapeWriter(header)
    let line = writer.line(Inbound(connection: 0, at: moment(0), body: .fact(.ended)))
    #expect(try Tapes.entries(TapeWriter.headerLine(header) + line).count == 1)
  }

  @Test("any split of the bytes reads the same", arguments: [1, 2, 3, 7, 64])
  func splits(piece: Int) throws {
    let arrivals = Self.facts.map { Inbound(connection: 0, at: moment(1), body: .fact($0)) }
    let bytes = Tapes.bytes(arrivals)
    #expect(try Tapes.entries(bytes, piece: piece) == Tapes.entries(bytes))
  }

  private static func entry(_ inbound: Inbound) -> TapeEntry {
    TapeEntry(at: inbound.at, body: .inbound(connection: inbound.connection, inbound.body))
  }
}
