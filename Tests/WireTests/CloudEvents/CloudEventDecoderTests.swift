import Domain
import Testing

@testable import Wire

@Suite struct CloudEventDecoderTests {
  private func decode(_ text: String) throws(CloudEventError) -> Event {
    var decoder = CloudEventDecoder()
    return try decoder.decode(Array(text.utf8))
  }

  /// An event whose attributes other than the required ones are the given members.
  private func event(_ members: String) throws(CloudEventError) -> Event {
    try decode(#"{"id":"1","source":"/s","specversion":"1.0","type":"x.task.state",\#(members)}"#)
  }

  @Test("a delta's changed fields go before same-named ones beside it and unset ones are withdrawn")
  func fixture() throws {
    var decoder = CloudEventDecoder()
    let event = try decoder.decode(SharedData.fixture("wire/cloudevents/ticket-bumped.json"))
    let expected = Event(
      id: "tk-204-v6", source: "plate/main/kds_order_routing", type: .known(.ticketBumped),
      subject: "ticket/204:grill", time: Timestamp(microseconds: 1_750_534_928_112_000),
      sequence: 9120, sequenceBasis: .adapter,
      data: [
        .ticket: .string("204:grill"), .order: .string("204"), .station: .string("grill"),
        .by: .string("kds-grl"), .version: .integer(6), .state: .string("bumped"),
        .bumpedAt: .string("2025-06-21T19:42:08.074Z"), .prepS: .integer(542),
        .recalledAt: .null,
      ])
    #expect(event == expected)
  }

  @Test("an event stream carries an event in its data")
  func stream() throws {
    var sse = SSEDecoder()
    let messages = sse.messages(in: try SharedData.fixture("wire/sse/task-state.sse"))
    guard case .event(_, let data, "1") = messages.last else {
      Issue.record("no event in \(messages)")
      return
    }
    let event = try decode(data)
    #expect(event.type == .known(.taskState))
    #expect(event.subject == "task/T-000007")
    #expect(event.sequence == 2)
    #expect(event.sequenceBasis == .upstream)
    #expect(event.data.text(.subject) == "K000001")
    #expect(event.data.integer(.version) == 2)
  }

  @Test("the order of members is of no matter and a repeated one counts last")
  func order() throws {
    let event = try decode(
      #"""
      {"data":{"unset":["owner"],"set":{"state":"b"},"state":"a","owner":"x","set":{"state":"c"}},
       "type":"task.state","id":"0","id":"\u0031","sourc\u0065":"/s","specversion":"1.0"}
      """#)
    #expect(event.type == .known(.taskState))
    #expect(event.id == "1")
    #expect(event.data == [.state: .string("c"), .owner: .null])
  }

  @Test(
    "a faulty attribute is named with what is wrong",
    arguments: [
      (#"{}"#, .specversion, .missing),
      (#"{"specversion":"0.3"}"#, .specversion, .notVersion1),
      (#"{"specversion":1.0}"#, .specversion, .notAString),
      (#"{"specversion":"1.0"}"#, .type, .missing),
      (#"{"specversion":"1.0","type":""}"#, .type, .empty),
      (#"{"specversion":"1.0","type":"t"}"#, .id, .missing),
      (#"{"specversion":"1.0","type":"t","id":null}"#, .id, .missing),
      (#"{"specversion":"1.0","type":"t","id":7}"#, .id, .notAString),
      (#"{"specversion":"1.0","type":"t","id":"i"}"#, .source, .missing),
      (#"{"specversion":"1.0","type":"t","id":"i","source":"s","time":"now"}"#, .time, .notRFC3339),
      (#"{"specversion":"1.0","type":"t","id":"i","source":"s","time":5}"#, .time, .notAString),
      (
        #"{"specversion":"1.0","type":"t","id":"i","source":"s","time":"2025-06-21T19:42:08"}"#,
        .time, .notRFC3339
      ),
      (
        #"{"specversion":"1.0","type":"t","id":"i","source":"s","sequence":[1]}"#, .sequence,
        .notASequence
      ),
      (
        #"{"specversion":"1.0","type":"t","id":"i","source":"s","data_base64":"?"}"#, .dataBase64,
        .notBase64
      ),
    ] as [(String, CloudEventAttribute, CloudEventError.Problem)])
  func faults(text: String, attribute: CloudEventAttribute, problem: CloudEventError.Problem) {
    #expect(throws: CloudEventError.attribute(attribute, problem)) { try decode(text) }
  }

  @Test("a fault says what to mend")
  func faultText() {
    #expect(
      CloudEventError.attribute(.dataBase64, .notBase64).description
        == "CloudEvent attribute \"data_base64\" is not base64; mend it at the source")
    #expect(
      CloudEventError.syntax(JSONError(offset: 3, reason: .expectedColon)).description
        == "JSON byte 3: a colon is expected after the member name")
  }

  @Test(
    "a text that is no JSON object is a syntax error",
    arguments: [
      ("", 0, .unexpectedEnd), ("[]", 0, .expectedObject), ("7", 0, .expectedObject),
      (#"{"id":"1"}x"#, 10, .trailingBytes), (#"{"x":[1,}"#, 8, .expectedValue),
      (#"{"data":{"cost":1e999}}"#, 16, .numberOutOfRange),
    ] as [(String, Int, JSONError.Reason)])
  func syntax(text: String, offset: Int, reason: JSONError.Reason) {
    #expect(throws: CloudEventError.syntax(JSONError(offset: offset, reason: reason))) {
      try decode(text)
    }
  }

  @Test(
    "a time keeps its offset and its microseconds",
    arguments: [
      ("2025-06-21T19:42:08.112Z", 1_750_534_928_112_000),
      ("2025-06-21T19:42:59.999Z", 1_750_534_979_999_000),
      ("2025-06-21T19:42:60.000Z", 1_750_534_980_000_000),
      ("2025-06-21T21:42:08.112345+02:00", 1_750_534_928_112_345),
      ("2025-06-21T19:42:08Z", 1_750_534_928_000_000), ("1969-12-31T23:59:59.999Z", -1_000),
    ])
  func times(text: String, microseconds: Int64) throws {
    var decoder = CloudEventDecoder()
    let json = #"{"id":"1","source":"/s","specversion":"1.0","type":"t","time":"\#(text)"}"#
    for _ in 0..<2 {
      #expect(try decoder.decode(Array(json.utf8)).time?.microseconds == microseconds)
    }
  }

  @Test("times within a remembered minute are read digit by digit")
  func minute() throws {
    var cache = MinuteCache()
    let times = ["10:20:30.400Z", "10:20:59.001Z", "10:20:00.000Z", "10:21:00.000Z"]
    let moments = times.map { time in
      Array("2025-06-21T\(time)".utf8).withUnsafeBytes { cache.moment($0)?.rfc3339 }
    }
    #expect(moments == times.map { "2025-06-21T\($0)" })
    for bad in ["10:21:0x.000Z", "10:21:61.000Z", "10:21:00.00 Z", "10:21:00.0000"] {
      let text = Array("2025-06-21T\(bad)".utf8)
      #expect(text.withUnsafeBytes { cache.moment($0) } == nil, "\(bad)")
    }
  }

  @Test(
    "a sequence is a number, however it is written",
    arguments: [
      (#""sequence":"007""#, 7), (#""sequence":-3"#, -3), (#""sequence":"a7""#, nil),
      (#""sequence":"""#, nil), (#""sequence":null"#, nil),
      (#""sequence":"99999999999999999999""#, nil),
    ] as [(String, Int64?)])
  func sequences(member: String, sequence: Int64?) throws {
    #expect(try event(member).sequence == sequence)
  }

  @Test(
    "data is read where it is a JSON object, in any of the ways it may come",
    arguments: [
      (#""data":{"state":"s"}"#, true),
      (#""data":{"state":"s"},"datacontenttype":"text/x-a""#, false),
      (#""datacontenttype":"application/VND.x+json; charset=utf-8","data":{"state":"s"}"#, true),
      (#""datacontenttype":"text/json","data":{"state":"s"}"#, true),
      (#""datacontenttype":"text/plain","data":"{\"state\":\"s\"}""#, false),
      (#""data":"{\"state\":\"s\"}""#, false), (#""data":null"#, false), (#""data":[{}]"#, false),
      (#""data_base64":"eyJzdGF0ZSI6InMifQ==""#, true),
      (#""data_base64":"eyJzdGF0ZSI6InMifQ""#, true), (#""data_base64":"AAEC""#, false),
      (#""data_base64":"""#, false),
    ])
  func data(members: String, hasState: Bool) throws {
    let event = try event(members)
    #expect(event.data == (hasState ? [.state: .string("s")] : Fields()))
  }

  @Test(
    "token counts are read however they are written",
    arguments: [
      #""data":{"agent":"a","tokensIn":1,"tokensOut":2,"tokensCache":3}"#,
      #""data":{"agent":"a","in":1,"out":2,"cache":3}"#,
      #""data":{"agent":"a","tokens":{"in":1,"out":2,"cache":3,"zzz":4}}"#,
    ])
  func tokens(member: String) throws {
    let expected: Fields = [
      .agent: .string("a"), .tokensIn: .integer(1), .tokensOut: .integer(2),
      .tokensCache: .integer(3),
    ]
    #expect(try event(member).data == expected)
  }

  @Test("members in ever changing order are told apart")
  func changingOrder() throws {
    var generator = SplitMix64(seed: 19)
    var decoder = CloudEventDecoder()
    for _ in 0..<2_000 {
      let data = [#""task":"T""#, #""version":1"#, #""owner" : "o""#, #""x":{}"#, #""state":"s""#]
        .shuffled(using: &generator).joined(separator: ",")
      let members = [
        #""id":"1""#, #""source":"/s""#, #""specversion":"1.0""#, #""type":"task.state""#,
        #""unknown":[]"#, #""idx":"2""#, #""datacontenttype":"text/json""#, #""data":{\#(data)}"#,
      ]
      let text = "{\(members.shuffled(using: &generator).joined(separator: ","))}"
      let event = try decoder.decode(Array(text.utf8))
      #expect(event.id == "1")
      #expect(event.type == .known(.taskState))
      #expect(event.data.text(.task) == "T")
      #expect(event.data.integer(.version) == 1)
      #expect(event.data.text(.owner) == "o")
      #expect(event.data.text(.state) == "s")
      #expect(event.data.entries.count == 4)
    }
  }

  @Test("fields keep the shape of their values and unknown names are passed over")
  func shapes() throws {
    let event = try event(
      #"""
      "data":{"zzz":{"state":1},"state":null,"active":true,"cost":0.5,"qty":2,"at":"x",
       "causeIds":["a","b"],"tables":[1,2.50],"seats":[],"text":[null,["x"],"y"],
       "items":[{"id":"i1","modifiers":["no ice"],"zzz":1},7,{}],"item":{"id":"i2","id":"i3"}}
      """#)
    let expected: Fields = [
      .state: .null, .active: .bool(true), .cost: .number(0.5), .qty: .integer(2),
      .at: .string("x"), .causeIds: .strings(["a", "b"]), .tables: .strings(["1", "2.50"]),
      .seats: .strings([]), .text: .strings(["y"]),
      .items: .records([[.id: .string("i1"), .modifiers: .strings(["no ice"])], Fields()]),
      .item: .records([[.id: .string("i3")]]),
    ]
    #expect(event.data == expected)
  }

  @Test(
    "a type is known by what follows its prefix, and an unknown one is kept whole",
    arguments: [
      ("com.example.task.state", .known(.taskState)), ("task.state", .known(.taskState)),
      ("dev.podium.kds.menu.item86", .known(.menuItem86)),
      ("a.b.c.d.agent.tool.failed", .known(.agentToolFailed)),
      ("com.example.state", .unmapped("com.example.state")), ("x", .unmapped("x")),
      ("com.exampletask.state", .unmapped("com.exampletask.state")),
      ("com.example.task.state.", .unmapped("com.example.task.state.")),
      ("...", .unmapped("...")), ("com.example.Task.state", .unmapped("com.example.Task.state")),
    ] as [(String, EventType)])
  func types(text: String, type: EventType) throws {
    let json = #"{"id":"1","source":"/s","specversion":"1.0","type":"\#(text)"}"#
    var decoder = CloudEventDecoder()
    for _ in 0..<2 { #expect(try decoder.decode(Array(json.utf8)).type == type) }
  }

  @Test("a prefix that is not trusted makes a type unknown")
  func trust() throws {
    var decoder = CloudEventDecoder(trustedPrefixes: ["com.example."])
    func type(_ text: String) throws -> EventType {
      try decoder.decode(
        Array(#"{"id":"1","source":"/s","specversion":"1.0","type":"\#(text)"}"#.utf8)
      ).type
    }
    #expect(try type("com.example.task.state") == .known(.taskState))
    #expect(try type("org.other.task.state") == .unmapped("org.other.task.state"))
    #expect(try type("task.state") == .unmapped("task.state"))
  }

  @Test("more types than are remembered are still told apart")
  func manyTypes() throws {
    var decoder = CloudEventDecoder()
    for round in 0..<2 {
      for number in 0..<700 {
        let known = number % 3 == 0
        let text = known ? "p\(number).task.state" : "p\(number).x\(round)"
        let json = #"{"id":"1","source":"/s","specversion":"1.0","type":"\#(text)"}"#
        let type = try decoder.decode(Array(json.utf8)).type
        #expect(type == (known ? .known(.taskState) : .unmapped(text)))
      }
    }
  }

  @Test("the place in the feed is read beside the event, and forgotten with the next")
  func feedPosition() throws {
    var decoder = CloudEventDecoder()
    func position(_ member: String) throws -> String? {
      let text = #"{"id":"1","source":"/s","specversion":"1.0","type":"t"\#(member)}"#
      _ = try decoder.decode(Array(text.utf8))
      return decoder.withFeedPosition { $0.map { String(decoding: $0, as: UTF8.self) } }
    }
    #expect(try position("") == nil)
    #expect(try position(#","feedposition":"57-e""#) == "57-e")
    #expect(try position(#","feedposition":"1","feedposition":"2\u0041""#) == "2A")
    #expect(try position(#","feedposition":null"#) == nil)
    #expect(try position(#","feedposition":"\#(String(repeating: "x", count: 257))""#) == nil)
  }

  @Test("no mutation of an event crashes the decoder")
  func mutations() throws {
    let seed = try SharedData.fixture("wire/cloudevents/ticket-bumped.json")
    var generator = SplitMix64(seed: 13)
    var decoder = CloudEventDecoder()
    for _ in 0..<5_000 {
      let bytes = mutated(seed, &generator)
      _ = try? decoder.decode(bytes)
    }
    #expect(throws: Never.self) { try decoder.decode(seed) }
  }
}
