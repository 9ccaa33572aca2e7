import Domain
import Testing
import Wire

@testable import Recording

@Suite struct BrokenTapeTests {
  @Test(
    "what is no tape of podium's is refused in words",
    arguments: [
      ("hello\n", "line 1: not a tape: it does not begin with JSON"),
      ("\u{0}\u{1}\n", "line 1: not a tape: it does not begin with JSON"),
      ("[0,\"o\",\"x\"]\n", "line 1: not a tape: expected an asciicast header"),
      ("{}\n", "line 1: not a tape: expected an asciicast header"),
      (
        "{\"version\":2,\"width\":80,\"height\":24}\n", "line 1: an asciicast v2 of another program"
      ),
      ("{\"version\":3,\"term\":{}}\n", "line 1: an asciicast v3 of another program"),
      (
        "{\"version\":3,\"podium\":{\"version\":2,\"start\":0}}\n",
        "line 1: written by a newer podium (tape version 2); upgrade"
      ),
      ("{\"version\":3,\"podium\":{\"version\":1}}\n", "line 1: an asciicast v3 of another"),
    ])
  func headers(text: String, problem: String) throws {
    let error = try #require(Tapes.problem(text))
    #expect(error.description.hasPrefix(problem), "\(error)")
  }

  @Test(
    "a broken line is told by its number",
    arguments: [
      ("nonsense", "not JSON"), ("{}", "expected [interval, code, data]"),
      ("[1,\"d\"]", "expected [interval, code, data]"),
      ("[\"1\",\"d\",\"x\"]", "expected [interval, code, data]"),
      ("[1,\"d\",7]", "expected [interval, code, data]"),
      ("[-0.5,\"m\",\"\"]", "the interval -0.5 is not a time"),
      ("[1e300,\"m\",\"\"]", "the interval 1e+300 is not a time"),
      ("[0,\"d\",\"\"]", "a frame is"), ("[0,\"d\",\"0 sse\"]", "a frame is"),
      ("[0,\"d\",\"x sse u:\"]", "a frame is"), ("[0,\"d\",\"-1 sse u:\"]", "a frame is"),
      ("[0,\"d\",\"0 morse u:\"]", "a frame is"), ("[0,\"d\",\"0  u:\"]", "a frame is"),
      ("[0,\"d\",\"0 sse x:\"]", "a frame's payload begins with u: or b:"),
      ("[0,\"d\",\"0 sse u\"]", "a frame's payload begins with u: or b:"),
      ("[0,\"d\",\"0 sse b:Z\"]", "a frame's base64 is broken"),
      ("[0,\"d\",\"0 sse b:Zg==Zg==\"]", "a frame's base64 is broken"),
      ("[0,\"d\",\"0 sse b:é\"]", "a frame's base64 is broken"),
      ("[0,\"c\",\"\"]", "a connection fact is"), ("[0,\"c\",\"0 {}\"]", "a connection fact is"),
      ("[0,\"c\",\"0 {\\\"fact\\\":\\\"connected\\\"}\"]", "a connection fact is"),
      ("[0,\"c\",\"99999999999999999999 {}\"]", "a connection fact is"),
    ])
  func lines(line: String, problem: String) throws {
    let error = try #require(Tapes.problem("\(Tapes.headerText)\n# note\n\(line)\n"))
    #expect(error.line == 3)
    #expect(error.problem.hasPrefix(problem), "\(error)")
  }

  @Test("unknown codes, comments, blank lines and CRLF are passed over")
  func passedOver() throws {
    let text = """
      # made by hand\r
      \r
      \(Tapes.headerText)\r
      [1.0,"o","text"]\r
      # pause
      [2,"z",""]\r
         \("")
      [0.5,"m","here"]\r

      """
    let expected = TapeEntry(at: Timestamp(microseconds: 3_500_005), body: .marker("here"))
    #expect(try Tapes.entries(Array(text.utf8)) == [expected])
  }

  @Test("a line longer than the bound is refused by its number")
  func tooLong() {
    var reader = TapeReader(maximumLineBytes: 128)
    let bytes = Array("\(Tapes.headerText)\n".utf8) + Array(repeating: 0x20, count: 129)
    let error = TapeError(line: 2, problem: "longer than 128 bytes; this is no tape of podium's")
    #expect(throws: error) {
      try reader.receive(bytes) { _ in }
    }
  }

  @Test("a line as long as the bound is read")
  func asLongAsAllowed() throws {
    var reader = TapeReader(maximumLineBytes: Tapes.headerText.utf8.count)
    try reader.receive(Array("\(Tapes.headerText)\n".utf8)) { _ in }
    #expect(reader.header?.sources == ["a"])
  }

  @Test("a tape that was cut off anywhere opens up to its last whole line")
  func everyPrefix() throws {
    let arrivals = RoundTripTests.facts.map {
      Inbound(connection: 0, at: moment(1), body: .fact($0))
    }
    let bytes = Tapes.bytes(arrivals)
    for end in bytes.indices {
      var reader = TapeReader()
      var count = 0
      try reader.receive(bytes[..<end]) { _ in count += 1 }
      let lines = bytes[..<end].count { $0 == 0x0A }
      #expect(reader.lines == lines)
      #expect(count == max(0, lines - 1))
      #expect(reader.isCutOff == (end > 0 && bytes[end - 1] != 0x0A))
    }
  }

  @Test("no mutation of a tape crashes the reader", arguments: 0..<8 as Range<UInt64>)
  func mutations(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let facts = RoundTripTests.facts.map { Inbound(connection: 0, at: moment(1), body: .fact($0)) }
    let frames = RoundTripTests.payloads.map {
      Inbound(connection: 1, at: moment(2), body: .frame(.claudeCode(file: "a b%"), $0))
    }
    let bytes = Tapes.bytes(facts + frames)
    for _ in 0..<200 {
      var mutant = bytes
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let place = Int.random(in: 0..<mutant.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: mutant[place] = .random(in: 0...255, using: &random)
        case 1: mutant.remove(at: place)
        case 2: mutant.insert(contentsOf: Array("999999999".utf8), at: place)
        default: mutant[place] = Array("\"[]{},:.-\\\n e0".utf8).randomElement(using: &random) ?? 0
        }
      }
      let entries = (try? Tapes.entries(mutant)) ?? []
      #expect(zip(entries, entries.dropFirst()).allSatisfy { $0.at <= $1.at })
    }
  }
}
