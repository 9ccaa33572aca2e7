import Domain
import Testing

@testable import Wire

@Suite struct CloudEventEncoderTests {
  private func text(_ event: Event, prefix: String = "dev.podium.") -> String {
    var bytes: [UInt8] = []
    CloudEventEncoder(prefix: prefix).append(event, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test("members stand in a fixed order and absent ones are left out")
  func order() {
    let full = Event(
      id: "1", source: "/s", type: .known(.taskState), subject: "task/T-1",
      time: Timestamp(microseconds: 1_750_534_928_112_000), sequence: 7,
      sequenceBasis: .upstream,
      data: [
        .task: .string("T-1"), .owner: .null, .causeIds: .strings(["a"]),
        .items: .records([[.qty: .integer(2), .active: .bool(false), .cost: .number(1)]]),
      ])
    #expect(
      text(full)
        == #"{"id":"1","source":"/s","specversion":"1.0","type":"dev.podium.task.state","#
        + #""subject":"task/T-1","time":"2025-06-21T19:42:08.112Z","sequence":"7","#
        + #""seqbasis":"upstream","data":{"task":"T-1","owner":null,"causeIds":["a"],"#
        + #""items":[{"qty":2,"active":false,"cost":1.0}]}}"#)
    #expect(
      text(Event(id: "1", source: "/s", type: .unmapped("x.y")), prefix: "p.")
        == #"{"id":"1","source":"/s","specversion":"1.0","type":"x.y"}"#)
  }

  @Test("a batch is an array and is appended to what is there")
  func batch() throws {
    let events = [
      Event(id: "1", source: "/s", type: .known(.agentLost)),
      Event(id: "2", source: "/s", type: .unmapped("t")),
    ]
    var bytes = Array("data: ".utf8)
    CloudEventEncoder().append(batch: events, to: &bytes)
    #expect(String(decoding: bytes.prefix(7), as: UTF8.self) == "data: [")
    var decoder = FrameDecoder()
    var read: [Event] = []
    decoder.receive(Array(bytes.dropFirst(6)), format: .document) {
      if case .event(let event, _) = $0 { read.append(event) }
    }
    #expect(read == events)
  }

  @Test("an event of any kind survives encoding and decoding")
  func roundTrip() throws {
    var generator = SplitMix64(seed: 17)
    var decoder = CloudEventDecoder()
    for round in 0..<40 {
      for kind in EventKind.allCases {
        let event = randomEvent(kind, round, &generator)
        var bytes: [UInt8] = []
        CloudEventEncoder().append(event, to: &bytes)
        #expect(try decoder.decode(bytes) == event)
      }
    }
  }

  private func randomEvent(
    _ kind: EventKind, _ round: Int, _ generator: inout SplitMix64
  ) -> Event {
    let isKnown = round % 8 != 0
    return Event(
      id: "i" + randomText(&generator), source: "/" + randomText(&generator),
      type: isKnown ? .known(kind) : .unmapped("odd.\(kind.rawValue).v\(round)"),
      subject: Bool.random(using: &generator) ? "s" + randomText(&generator) : nil,
      time: Bool.random(using: &generator)
        ? Timestamp(
          microseconds: .random(
            in: -62_167_219_200_000_000...253_402_300_799_999_999, using: &generator))
        : nil,
      sequence: Bool.random(using: &generator) ? Int64(bitPattern: generator.next()) : nil,
      sequenceBasis: [.upstream, .adapter, .unstated][round % 3],
      data: randomFields(&generator, depth: 0))
  }

  private func randomFields(_ generator: inout SplitMix64, depth: Int) -> Fields {
    var fields = Fields()
    for _ in 0..<Int.random(in: 0...6, using: &generator) {
      guard let field = Field.allCases.randomElement(using: &generator) else { continue }
      fields[field] = randomValue(&generator, depth: depth)
    }
    return fields
  }

  private func randomValue(_ generator: inout SplitMix64, depth: Int) -> FieldValue {
    switch Int.random(in: 0..<(depth < 3 ? 7 : 6), using: &generator) {
    case 0: return .string(randomText(&generator))
    case 1: return .integer(Int64(bitPattern: generator.next()))
    case 2:
      let number = Double(bitPattern: generator.next())
      return .number(number.isFinite ? number : 0.5)
    case 3: return .bool(Bool.random(using: &generator))
    case 4: return .null
    case 5:
      let count = Int.random(in: 0...3, using: &generator)
      return .strings((0..<count).map { _ in randomText(&generator) })
    default:
      let count = Int.random(in: 1...3, using: &generator)
      return .records((0..<count).map { _ in randomFields(&generator, depth: depth + 1) })
    }
  }

  private func randomText(_ generator: inout SplitMix64) -> String {
    let scalars = Array("az09\"\\/\n\t\u{0}\u{1F}\u{7F}é\u{301}مطبخ火😀\u{2028} .:".unicodeScalars)
    let count = Int.random(in: 0...24, using: &generator)
    var text = String.UnicodeScalarView()
    for _ in 0..<count {
      text.append(scalars[Int.random(in: 0..<scalars.count, using: &generator)])
    }
    return String(text)
  }
}
