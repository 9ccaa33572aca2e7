import Testing

@testable import Wire

@Suite("WebSocket frames")
struct WebSocketMachineTests {
  /// What a client's pong, ping or close looks like on the wire.
  private func masked(_ first: UInt8, _ payload: [UInt8] = []) -> [UInt8] {
    Frame.bytes(first, payload, key: testKey())
  }

  @Test("the examples of RFC 6455 section 5.7 read as the RFC says")
  func examples() {
    let hello = Array("Hello".utf8)
    let key: UInt32 = 0x3D21_FA37
    #expect(Frame.text("Hello", key: key) == [UInt8](hex: "81 85 37 fa 21 3d 7f 9f 4d 51 58"))
    #expect(Conversation.run([.init(hex: "81 05 48 65 6c 6c 6f")]).items == [.text(hello)])
    #expect(
      Conversation.run([.init(hex: "81 85 37 fa 21 3d 7f 9f 4d 51 58")], role: .server).items
        == [.text(hello)])
    #expect(
      Conversation.run([.init(hex: "01 03 48 65 6c 80 02 6c 6f")]).items == [.text(hello)])
    let ping = Conversation.run([.init(hex: "89 05 48 65 6c 6c 6f")])
    #expect(ping.items == [.ping(hello)])
    #expect(ping.sent == .init(hex: "8a 85 37 fa 21 3d 7f 9f 4d 51 58"))
    let binary = [UInt8](repeating: 7, count: 65_536)
    #expect(
      Conversation.run([Frame.bytes(0x82, Array(binary.prefix(256))), Frame.bytes(0x82, binary)])
        .items == [.binary(Array(binary.prefix(256))), .binary(binary)])
  }

  @Test("any split of a stream gives the same items and answers", arguments: [true, false])
  func splits(isClient: Bool) {
    let key = isClient ? nil : UInt32(0xA1B2_C3D4)
    let stream =
      Frame.text("grüße 🍕", key: key) + Frame.bytes(0x02, [1, 2], key: key)
      + Frame.bytes(0x89, [9], key: key) + Frame.bytes(0x00, [], key: key)
      + Frame.bytes(0x80, [3, 4, 5, 6, 7], key: key) + Frame.bytes(0x8A, [1, 2, 3], key: key)
      + Frame.bytes(0x82, [UInt8](repeating: 0x61, count: 130), key: key)
      + Frame.bytes(0x88, [0x03, 0xE9] + Array("bye ✓".utf8), key: key)
      + Frame.text("never read", key: key)
    let role = isClient ? WebSocketMachine.Role.client : .server
    let expected: [WebSocketItem] = [
      .text(Array("grüße 🍕".utf8)), .ping([9]), .binary([1, 2, 3, 4, 5, 6, 7]), .pong([1, 2, 3]),
      .binary([UInt8](repeating: 0x61, count: 130)), .close(code: 1001, reason: "bye ✓"),
    ]
    let ownKey = isClient ? testKey() : nil
    let sent = Frame.bytes(0x8A, [9], key: ownKey) + Frame.bytes(0x88, [0x03, 0xE9], key: ownKey)
    for chunks in stream.everySplit {
      #expect(Conversation.run(chunks, role: role) == Conversation(items: expected, sent: sent))
    }
  }

  @Test(
    "what breaks the protocol is refused with 1002 at the first byte that shows it",
    arguments: [
      ("91", "the server set a reserved bit of a frame"),
      ("a1", "the server set a reserved bit of a frame"),
      ("c1", "the server sent a compressed frame without our consent"),
      ("83", "the server sent a frame of the reserved kind 3"),
      ("87", "the server sent a frame of the reserved kind 7"),
      ("8b", "the server sent a frame of the reserved kind 11"),
      ("8f", "the server sent a frame of the reserved kind 15"),
      ("09", "the server fragmented a control frame"),
      ("08", "the server fragmented a control frame"),
      ("89 7e", "the server sent a control frame longer than 125 bytes"),
      ("88 7f", "the server sent a control frame longer than 125 bytes"),
      ("81 80", "the server sent a masked frame"),
      ("81 7e 00 7d", "the server wrote a frame's length in more bytes than it needs"),
      (
        "81 7f 00 00 00 00 00 00 ff ff",
        "the server wrote a frame's length in more bytes than it needs"
      ),
      ("81 7f ff 00 00 00 00 00 00 00", "the server gave a frame a negative length"),
      ("80 01", "the server continued no message"),
      ("00 00", "the server continued no message"),
      ("01 01 61 81 01", "the server began a message inside another"),
      ("02 01 61 01 01", "the server began a message inside another"),
      ("88 01 03", "the server sent half a close code"),
      ("88 02 03 ed", "the server closed with 1005, which is no code for the wire"),
      ("88 02 00 00", "the server closed with 0, which is no code for the wire"),
      ("88 02 27 0f", "the server closed with 9999, which is no code for the wire"),
    ])
  func violations(hex: String, reason: String) {
    for chunks in [UInt8](hex: hex).everySplit {
      let result = Conversation.run(chunks + [Frame.text("never read")])
      #expect(result.items == [.failure(code: 1002, reason: reason)])
      #expect(result.sent == masked(0x88, [0x03, 0xEA]))
    }
  }

  @Test("a frame without a mask is refused by a server")
  func unmasked() {
    let result = Conversation.run([Frame.text("hi")], role: .server)
    #expect(
      result.items == [.failure(code: 1002, reason: "the client sent a frame without a mask")])
    #expect(result.sent == Frame.bytes(0x88, [0x03, 0xEA]))
  }

  @Test(
    "text that is not UTF-8 fails at its first bad byte, inside a frame too",
    arguments: [
      "80", "c0", "c1", "e0 80", "e0 9f", "ed a0", "f0 8f", "f4 90", "f5", "ff", "61 62 fe",
      "ce ba e1 bd b9 cf 83 ce bc ce b5 f4 90", "c3 28", "e2 82 41", "f0 9f 41",
      "61 61 61 61 61 61 61 61 61 80",
    ])
  func badText(hex: String) {
    let bytes = [UInt8](hex: hex)
    let fault: [WebSocketItem] = [
      .failure(code: 1007, reason: "the server sent a text message that is not valid UTF-8")
    ]
    for place in 0...bytes.count {
      // The frame promises 100 bytes and stops at the bad one.
      let whole = Frame.bytes(0x81, bytes, length: 100)
      #expect(
        Conversation.run([Array(whole[..<(2 + place)]), Array(whole[(2 + place)...])]).items
          == fault)
      let fragments =
        Frame.bytes(0x01, Array(bytes[..<place]))
        + Frame.bytes(0x00, Array(bytes[place...]), length: 90)
      #expect(Conversation.run([fragments]).items == fault)
    }
    let early = Frame.bytes(0x81, Array(bytes.dropLast()), length: 100)
    #expect(Conversation.run(early.map { [$0] }).items.isEmpty)
  }

  @Test("a text cut inside a character fails at its end")
  func cutText() {
    let result = Conversation.run([Frame.bytes(0x81, [0xE2, 0x82])])
    #expect(result.sent == masked(0x88, [0x03, 0xEF]))
  }

  @Test("a close reason must be UTF-8")
  func badReason() {
    let result = Conversation.run([Frame.bytes(0x88, [0x03, 0xE8, 0xCE])])
    #expect(
      result.items == [
        .failure(
          code: 1007, reason: "the server gave a reason for closing that is not valid UTF-8")
      ])
  }

  @Test("a message one byte too long is refused before it is read", arguments: [1, 2])
  func tooLong(fragments: Int) {
    let part = [UInt8](repeating: 1, count: 100)
    let bytes =
      fragments == 1
      ? Frame.bytes(0x82, [], length: 101)
      : Frame.bytes(0x02, part) + Frame.bytes(0x80, [], length: 1)
    let result = Conversation.run([bytes], maximumMessageBytes: 100)
    #expect(
      result.items == [
        .failure(code: 1009, reason: "the server sent a message longer than 100 bytes")
      ])
    #expect(
      Conversation.run([Frame.bytes(0x82, part)], maximumMessageBytes: 100).items
        == [.binary(part)])
  }

  @Test("a close without a code is answered without one")
  func emptyClose() {
    let result = Conversation.run([Frame.bytes(0x88)])
    #expect(result.items == [.close(code: nil, reason: "")])
    #expect(result.sent == masked(0x88))
  }

  @Test("an answer given between a message and a close goes out before the close")
  func order() {
    var machine = WebSocketMachine(role: .server, maskingKey: testKey)
    machine.receive(Frame.text("a", key: 1) + Frame.bytes(0x88, key: 1))
    #expect(machine.next() == .text([0x61]))
    machine.send(text: [0x62])
    #expect(machine.next() == .close(code: nil, reason: ""))
    #expect(machine.takeOutput() == Frame.text("b") + Frame.bytes(0x88))
  }

  @Test("nothing is sent after our close, and the peer's messages before its own still count")
  func afterClose() {
    var machine = WebSocketMachine(role: .server, maskingKey: testKey)
    machine.close(code: 1001, reason: "restart")
    machine.close()
    machine.send(text: [1])
    machine.ping()
    machine.receive(
      Frame.text("late", key: 5) + Frame.bytes(0x89, key: 5)
        + Frame.bytes(0x88, [0x03, 0xE9], key: 5))
    #expect(machine.next() == .text(Array("late".utf8)))
    #expect(machine.next() == .ping([]))
    let wasClosed = machine.isClosed
    #expect(!wasClosed)
    #expect(machine.next() == .close(code: 1001, reason: ""))
    let isClosed = machine.isClosed
    #expect(isClosed)
    #expect(machine.takeOutput() == Frame.bytes(0x88, [0x03, 0xE9] + Array("restart".utf8)))
  }

  @Test("a code that must not be on the wire is left out, and a long reason is cut at a character")
  func closing() {
    var machine = WebSocketMachine(role: .server, maskingKey: testKey)
    machine.close(code: 1006, reason: "x")
    #expect(machine.takeOutput() == Frame.bytes(0x88))
    var other = WebSocketMachine(role: .server, maskingKey: testKey)
    other.close(code: 4000, reason: String(repeating: "é", count: 100))
    #expect(other.takeOutput().count == 2 + 2 + 122)
  }

  @Test("what one end sends the other reads, at every length where the head changes")
  func lengths() {
    for count in [0, 1, 125, 126, 127, 65_535, 65_536, 70_001] {
      let message = (0..<count).map { UInt8(truncatingIfNeeded: $0 % 127) }
      var client = WebSocketMachine(role: .client) { 0x1234_5678 }
      client.send(text: message)
      client.send(binary: message)
      client.ping(message)
      let items = Conversation.run([client.takeOutput()], role: .server).items
      #expect(items == [.text(message), .binary(message), .ping(Array(message.prefix(125)))])
    }
  }

  @Test("a mask begins anew with each frame, wherever the chunks are cut")
  func masking() {
    for count in 0...40 {
      for phase in 0...8 {
        let plain = (0..<count).map { UInt8($0) }
        var bytes = plain
        bytes.withUnsafeMutableBytes { mask($0, with: 0x0102_0408, phase: phase) }
        let key: [UInt8] = [8, 4, 2, 1]
        #expect(bytes == plain.enumerated().map { $1 ^ key[($0 + phase) & 3] })
      }
    }
  }

  @Test("four mebibytes in fragments of 64 bytes are one message")
  func manyFragments() {
    let part = [UInt8](repeating: 0x62, count: 64)
    var stream = Frame.bytes(0x02, part)
    for _ in 0..<65_534 { stream += Frame.bytes(0x00, part) }
    stream += Frame.bytes(0x80, part)
    let items = Conversation.run([stream]).items
    #expect(items == [.binary([UInt8](repeating: 0x62, count: 4 << 20))])
  }
}
