import Domain
import Engine
import Recording
import TestSupport
import Testing
import Wire

/// The arrivals of a tape, and sessions of them.
private struct Script {
  let sources: [String]
  let start: Timestamp
  let arrivals: [Inbound]

  init(_ tape: Tape) throws {
    let input = try TapeInput(path: tape.path)
    sources = input.header.sources
    start = input.header.start
    var arrivals: [Inbound] = []
    while let entry = try input.next() {
      guard case .inbound(let connection, let body) = entry.body else { continue }
      arrivals.append(Inbound(connection: connection, at: entry.at, body: body))
    }
    self.arrivals = arrivals
  }

  init(_ arrivals: [Inbound]) {
    sources = ["test"]
    start = at(0)
    self.arrivals = arrivals
  }

  /// The session of the first arrivals.
  func session(_ count: Int) -> Session {
    var session = Session(start: start)
    for source in sources { session.addConnection(source) }
    for inbound in arrivals.prefix(count) { session.ingest(inbound) }
    return session
  }

  /// The same session, written and read back before an arrival.
  func session(cutBefore line: Int) throws -> Session {
    var session = try Session(decoding: session(line).encoded())
    for inbound in arrivals.dropFirst(line) { session.ingest(inbound) }
    return session
  }
}

@Suite("a session is written as bytes and read back exactly")
struct KeyframeTests {
  @Test("a session read back goes on as the one that was written", arguments: Tape.allCases)
  func goesOn(tape: Tape) throws {
    let script = try Script(tape)
    let whole = script.session(.max)
    let (bytes, shown) = (whole.encoded(), try whole.everything())
    let count = script.arrivals.count
    for line in stride(from: 0, through: count, by: max(1, count / 5)) {
      let restored = try script.session(cutBefore: line)
      #expect(try restored.everything() == shown, "cut before arrival \(line)")
      #expect(restored.encoded() == bytes, "cut before arrival \(line)")
    }
  }

  @Test("at each moment the bytes of a session read back are its bytes", arguments: Tape.allCases)
  func stable(tape: Tape) throws {
    let script = try Script(tape)
    var session = script.session(0)
    var restored = session
    for (line, inbound) in script.arrivals.enumerated() {
      session.ingest(inbound)
      restored.ingest(inbound)
      guard line % 13 == 0 else { continue }
      let bytes = session.encoded()
      restored = try Session(decoding: restored.encoded())
      #expect(restored.encoded() == bytes, "after arrival \(line)")
    }
    session.advance(to: session.now + .minutes(40))
    restored.advance(to: restored.now + .minutes(40))
    #expect(restored.encoded() == session.encoded())
    #expect(try restored.everything() == session.everything())
  }

  @Test("an event that is cut in two by the keyframe arrives whole", arguments: Format.allCases)
  func splitEvent(format: Format) throws {
    let text = format.text
    let bytes = Array(text.utf8)
    for cut in 0...bytes.count {
      let script = Script([
        Inbound(connection: 0, at: at(0), body: .frame(format.frame, Array(bytes[..<cut]))),
        Inbound(connection: 0, at: at(100), body: .frame(format.frame, Array(bytes[cut...]))),
        Inbound(connection: 0, at: at(200), body: .fact(.ended)),
      ])
      let restored = try script.session(cutBefore: 1)
      #expect(restored.encoded() == script.session(.max).encoded(), "cut at byte \(cut)")
      #expect(restored.board.stream.malformed == 0)
      #expect(restored.board.stream.received > 0)
      #expect(restored.resumePoint(of: 0) == script.session(.max).resumePoint(of: 0))
    }
  }

  @Test("repeats, late ones and what waits under overload are known again")
  func overload() throws {
    var session = Session.started()
    session.setOverloaded(true)
    session.limit(0, to: 2)
    for inbound in Feed.arrivals.prefix(6) { session.ingest(inbound) }
    #expect(!session.isSettled)
    var restored = try Session(decoding: session.encoded())
    #expect(restored.encoded() == session.encoded())
    for number in 0..<8 as Range<Int64> {
      for inbound in Feed.arrivals.prefix(9) {
        session.ingest(inbound)
        restored.ingest(inbound)
      }
      session.settle(at: at(2_000 * number))
      restored.settle(at: at(2_000 * number))
      #expect(restored.encoded() == session.encoded())
      #expect(restored.nextSettling == session.nextSettling)
    }
    #expect(restored.board.stream.duplicates == session.board.stream.duplicates)
  }

  @Test("everything counts as changed in a session read back")
  func changed() throws {
    var session = Script(Feed.arrivals).session(.max)
    _ = session.takeChanges()
    var restored = try Session(decoding: session.encoded())
    #expect(restored.takeChanges().collections == .all)
  }

  @Test("the shape of a keyframe is that of its format number")
  func format() throws {
    var bytes = Script(Feed.arrivals).session(.max).encoded()
    for tape in [Tape.agentsBusy, .kitchenRush] {
      let script = try Script(tape)
      bytes += script.session(script.arrivals.count / 2).encoded()
    }
    let digest = SHA256.digest(bytes).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
    #expect(
      digest.joined() == "47f9a6971cdf11dd53652c31ef01c12fe31cc3c89510d1f302bae1ce2f788e78",
      """
      What a keyframe holds has changed. Raise Keyframe.format, so that older keyframes are passed \
      over instead of misread, and put the new digest here.
      """)
    #expect(Keyframe.format == 2)
  }
}

@Suite("a keyframe that was damaged is refused or harmless")
struct DamagedKeyframeTests {
  @Test("cut off anywhere it is refused")
  func cutOff() {
    let bytes = Script(Feed.arrivals).session(.max).encoded()
    for count in 0..<bytes.count {
      #expect(throws: KeyframeError.self) { try Session(decoding: Array(bytes.prefix(count))) }
      let values = Array(bytes.dropFirst().prefix(count))
      guard values.count < bytes.count - 5 else { continue }
      #expect(throws: KeyframeError.self) { try Session(decoding: Keyframe.seal(values)) }
    }
  }

  @Test("any flipped bit shows in the checksum")
  func checksum() {
    let bytes = Script(Feed.arrivals).session(4).encoded()
    for place in 0..<bytes.count * 8 {
      var damaged = bytes
      damaged[place / 8] ^= 1 << (place % 8)
      #expect(throws: KeyframeError.self) { try Session(decoding: damaged) }
    }
  }

  @Test("with a checksum that fits it still does no harm", arguments: Tape.allCases)
  func hostile(tape: Tape) throws {
    let script = try Script(tape)
    let count = min(script.arrivals.count, 60)
    let bytes = script.session(count).encoded()
    let values = Array(bytes[1..<(bytes.count - 4)])
    var random = SplitMix64(seed: 4)
    var taken = 0
    for _ in 0..<400 {
      let damaged = Self.damage(values, &random)
      guard var session = try? Session(decoding: Keyframe.seal(damaged)) else { continue }
      taken += 1
      for inbound in script.arrivals.dropFirst(count).prefix(20) { session.ingest(inbound) }
      session.advance(to: session.now + .minutes(5))
      _ = try session.everything()
      _ = try Session(decoding: session.encoded())
    }
    #expect(taken > 0)
  }

  /// Some bytes changed, left out or repeated.
  private static func damage(_ values: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
    var damaged = values
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      let place = Int.random(in: 0..<damaged.count, using: &random)
      switch Int.random(in: 0..<4, using: &random) {
      case 0: damaged[place] = .random(in: 0...255, using: &random)
      case 1: damaged[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      case 2: damaged.removeSubrange(place..<min(damaged.count, place + 3))
      default: damaged.insert(contentsOf: damaged[place..<min(damaged.count, place + 9)], at: place)
      }
    }
    return damaged
  }

  @Test("an error says where and what")
  func words() {
    func problem(_ bytes: [UInt8]) -> String? {
      do throws(KeyframeError) {
        _ = try Session(decoding: bytes)
        return nil
      } catch {
        return error.description
      }
    }
    #expect(problem([]) == "a keyframe cannot be read at byte 0: it is cut off")
    #expect(
      problem([9, 0, 0, 0, 0, 0])
        == "a keyframe cannot be read at byte 0: it has format 9, and this podium reads 2")
    #expect(
      problem([2, 0, 0, 0, 0, 0])
        == "a keyframe cannot be read at byte 2: it differs from its checksum")
    #expect(problem(Keyframe.seal([0])) == "a keyframe cannot be read at byte 2: it is cut off")
    let more = Script([]).session(0).encoded().dropFirst().dropLast(4) + [0]
    #expect(
      problem(Keyframe.seal(Array(more)))?.hasSuffix("more follows than there should be") == true)
  }
}

/// The formats that may be cut anywhere, with something in each.
enum Format: CaseIterable, Sendable {
  case sse, ndjson, claudeCode

  var frame: FrameFormat {
    switch self {
    case .sse: .sse
    case .ndjson: .ndjson
    case .claudeCode: .claudeCode(file: "main.jsonl")
    }
  }

  var text: String {
    let data = Feed.event(1, "kds.order.created", #"{"order":"204","number":204,"table":"7"}"#)
    switch self {
    case .sse:
      return ": hello\r\nid: 3\r\nretry: 500\r\ndata: \(data)\r\n\r\nid: 4\ndata: \(data)\n\n"
    case .ndjson: return "\(data)\r\n\(data)\n"
    case .claudeCode:
      return #"""
        {"type":"user","uuid":"u1","sessionId":"0b21f3a4-0000","cwd":"/w","message":{"role":"user","content":"go"},"timestamp":"2026-11-21T06:00:00.000Z"}
        {"type":"assistant","uuid":"u2","sessionId":"0b21f3a4-0000","message":{"id":"m1","role":"assistant","content":[{"type":"tool_use","id":"t1","name":"Bash","input":{"command":"make check"}}]},"timestamp":"2026-11-21T06:00:01.000Z"}

        """#
    }
  }
}
