import Domain
import Testing
import Wire

@testable import Recording

@Suite("Keyframes on a tape")
struct KeyframeLineTests {
  private func line(_ writer: inout TapeWriter, _ state: [UInt8]) throws -> [UInt8] {
    var bytes: [UInt8] = []
    let payload = try #require(KeyframePayload(format: 3, state: state))
    writer.append(payload, at: moment(40), before: writer.place, to: &bytes)
    return Array(bytes.dropLast())
  }

  private func read(_ line: [UInt8]) -> TapeKeyframe? {
    line.withUnsafeBytes { KeyframeLine.keyframe($0) }
  }

  @Test(
    "a state comes back as it went",
    arguments: [[], [0], Array(0...255), Array(repeating: 7, count: 100_000)] as [[UInt8]])
  func roundTrip(state: [UInt8]) throws {
    var writer = TapeWriter(Tapes.header)
    let place = writer.place
    let keyframe = try #require(read(try line(&writer, state)))
    #expect(keyframe.state == state)
    #expect(keyframe.head.format == 3)
    #expect(keyframe.head.at == moment(40))
    #expect(keyframe.head.place == place)
    #expect(keyframe.head.back == [])
  }

  @Test("a keyframe is the documented line")
  func literal() throws {
    var writer = TapeWriter(TapeHeader(start: moment(0), sources: [], columns: 80, rows: 24))
    let text = String(decoding: try line(&writer, [1, 2, 3]), as: UTF8.self)
    #expect(
      text == #"""
        [0.000000,"k","{\"format\":3,\"at\":1770000000000040,\"line\":2,\"offset\":154,\#
        \"clock\":1770000000000000,\"back\":[],\"size\":3,\"crc32c\":\"26981b55\"} b:Y2RiBgA="]
        """#)
  }

  @Test("it names others before it so that any is a logarithm of hops away")
  func skipList() throws {
    var writer = TapeWriter(Tapes.header)
    let heads = try (0..<300).map { _ in try #require(read(try line(&writer, [1]))).head }
    let lines = heads.indices.map { $0 + 2 }
    for (number, head) in heads.enumerated() {
      #expect(head.back.first?.line == (number > 0 ? lines[number - 1] : nil))
      #expect(head.back.last?.line == (number > 0 ? lines[0] : nil))
      #expect(head.back.count <= 10)
    }
    for target in heads.indices {
      var place = heads.count - 1
      var hops = 0
      while place > target {
        let farthest = heads[place].back.last { $0.line >= lines[target] }
        place = try #require(farthest).line - 2
        hops += 1
      }
      #expect(place == target)
      #expect(hops <= 18)
    }
  }

  @Test("every bit of it counts")
  func damage() throws {
    var writer = TapeWriter(Tapes.header)
    let line = try line(&writer, Array("state".utf8))
    let whole = try #require(read(line))
    for place in line.indices {
      var other = line
      other[place] ^= 1
      guard let keyframe = read(other) else { continue }
      // What is left are the digits of its head, which the reader checks against the file.
      #expect(keyframe.state == whole.state)
      #expect(place < (line.lastIndex(of: UInt8(ascii: ":")) ?? 0))
    }
    for end in line.indices { #expect(read(Array(line[..<end])) == nil) }
  }

  @Test("a state is never given the room that a stranger claims for it")
  func bomb() throws {
    var writer = TapeWriter(Tapes.header)
    let text = String(decoding: try line(&writer, [1, 2, 3]), as: UTF8.self)
    let greedy = text.replacing(#"\"size\":3"#, with: #"\"size\":268435456"#)
    #expect(greedy != text)
    #expect(read(Array(greedy.utf8)) == nil)
    #expect(RawDeflate.inflated([0x63, 0x64, 0x62, 6, 0], size: .max) == nil)
    #expect(RawDeflate.inflated([0x63, 0x64, 0x62, 6, 0], size: -1) == nil)
    #expect(RawDeflate.inflated([], size: 0) == nil)
  }

  @Test("a schedule asks for one in time, and never for more than half")
  func schedule() {
    var schedule = KeyframeSchedule(offset: 100, at: moment(0))
    let later = moment(30_000_000)
    #expect(!schedule.isDue(offset: 100, at: later, events: 0))
    #expect(schedule.isDue(offset: 101, at: later, events: 0))
    #expect(!schedule.isDue(offset: 5_000, at: moment(29_999_999), events: 19_999))
    #expect(schedule.isDue(offset: 5_000, at: moment(0), events: 20_000))
    #expect(schedule.isDue(offset: 100 + 8 << 20, at: moment(0), events: 0))
    let tooEarly = schedule.admits(2_000, offset: 2_099)
    #expect(!tooEarly)
    #expect(!schedule.isDue(offset: 2_099, at: later, events: 0))
    #expect(schedule.isDue(offset: 2_100, at: later, events: 0))
    let inTime = schedule.admits(2_000, offset: 2_100)
    #expect(inTime)
    schedule.note(offset: 4_100, at: later, events: 7)
    #expect(!schedule.isDue(offset: 5_000, at: later + .seconds(31), events: 8))
    #expect(schedule.isDue(offset: 6_100, at: later + .seconds(31), events: 8))
  }

  @Test("the exit line is read as the moment of leaving")
  func exit() throws {
    var writer = TapeWriter(Tapes.header)
    let bytes = TapeWriter.headerLine(Tapes.header) + writer.exit(at: moment(5_000_000))
    #expect(try Tapes.entries(bytes) == [TapeEntry(at: moment(5_000_000), body: .exit)])
  }

  @Test("a segment's header comes back as it went")
  func segment() throws {
    var header = Tapes.header
    header.segment = TapeSegment(
      run: "20260101T000000Z-a", number: 3, linesBefore: 77, previous: "20260101T000000Z-a.2.cast")
    var reader = TapeReader()
    try reader.receive(TapeWriter.headerLine(header)) { _ in }
    #expect(reader.header == header)
    #expect(TapeSegment.fileName(run: "a", number: 1) == "a.cast")
    #expect(TapeSegment.fileName(run: "a", number: 2) == "a.2.cast")
  }
}
