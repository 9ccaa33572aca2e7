import Testing

@testable import Wire

@Suite("permessage-deflate")
struct DeflateTests {
  private let hello = Array("Hello".utf8)

  private func parameters(
    takeover: Bool = true, bits: Int = 15
  ) -> DeflateParameters {
    var parameters = DeflateParameters()
    parameters.server.keepsContext = takeover
    parameters.server.windowBits = bits
    parameters.client = parameters.server
    return parameters
  }

  @Test(
    "the examples of RFC 7692 section 7.2.3 inflate to Hello, at every split",
    arguments: [
      "c1 07 f2 48 cd c9 c9 07 00",
      "41 03 f2 48 cd 80 04 c9 c9 07 00",
      "c1 0b 00 05 00 fa ff 48 65 6c 6c 6f 00",
      "c1 08 f3 48 cd c9 c9 07 00 00",
      "c1 0d f2 48 05 00 00 00 ff ff ca c9 c9 07 00",
    ])
  func examples(hex: String) {
    for chunks in [UInt8](hex: hex).everySplit {
      let items = Conversation.run(chunks, deflate: DeflateParameters()).items
      #expect(items == [.text(Array("Hello".utf8))])
    }
  }

  @Test("a second message may refer to the first, and only where the context is kept")
  func takeover() {
    let both = [UInt8](hex: "c1 07 f2 48 cd c9 c9 07 00 c1 05 f2 00 11 00 00")
    #expect(
      Conversation.run([both], deflate: DeflateParameters()).items == [.text(hello), .text(hello)])
    let items = Conversation.run([both], deflate: parameters(takeover: false)).items
    #expect(
      items == [
        .text(hello),
        .failure(
          code: 1007,
          reason:
            "the server sent a message that cannot be inflated (invalid distance too far back)"),
      ])
  }

  @Test("a final block does not end the context")
  func finalBlock() {
    let both = [UInt8](hex: "c1 08 f3 48 cd c9 c9 07 00 00 c1 05 f2 00 11 00 00")
    #expect(
      Conversation.run([both], deflate: DeflateParameters()).items == [.text(hello), .text(hello)])
  }

  @Test("uncompressed messages stay legal, and an empty one is one byte")
  func mixed() {
    let stream = [UInt8](hex: "81 05 48 65 6c 6c 6f c1 01 00 82 00")
    #expect(
      Conversation.run([stream], deflate: DeflateParameters()).items
        == [.text(hello), .text([]), .binary([])])
    var machine = WebSocketMachine(role: .server, deflate: DeflateParameters(), maskingKey: testKey)
    machine.send(text: [])
    machine.send(text: hello)
    machine.send(text: hello)
    #expect(
      machine.takeOutput()
        == .init(hex: "c1 01 00 c1 07 f2 48 cd c9 c9 07 00 c1 05 f2 00 11 00 00"))
  }

  @Test(
    "both ends understand each other with every parameter",
    arguments: [true, false], 9...15)
  func roundTrips(takeover: Bool, bits: Int) {
    let agreed = parameters(takeover: takeover, bits: bits)
    var server = WebSocketMachine(role: .server, deflate: agreed, maskingKey: testKey)
    var client = WebSocketMachine(role: .client, deflate: agreed) { 0xDEAD_BEEF }
    var messages: [[UInt8]] = [[], [0], Array("{\"type\":\"tick\"}".utf8)]
    var seed: UInt32 = 1
    messages.append(
      (0..<80_000).map { _ in
        seed = seed &* 1_664_525 &+ 1_013_904_223
        return UInt8(seed >> 24)
      })
    messages.append([UInt8](repeating: 0x20, count: 200_000))
    messages.append(messages[3])
    for message in messages + messages {
      server.send(binary: message)
      client.receive(server.takeOutput())
      #expect(client.next() == .binary(message))
      client.send(binary: message)
      server.receive(client.takeOutput())
      #expect(server.next() == .binary(message))
    }
  }

  @Test("a window of 8 bits is read, and nothing is compressed with it")
  func eightBits() {
    let agreed = parameters(bits: 8)
    #expect(
      Conversation.run([.init(hex: "c1 07 f2 48 cd c9 c9 07 00")], deflate: agreed).items
        == [.text(hello)])
    var machine = WebSocketMachine(role: .server, deflate: agreed, maskingKey: testKey)
    machine.send(text: hello)
    #expect(machine.takeOutput() == Frame.text("Hello"))
  }

  @Test("a bomb is refused when it passes the limit, and never held")
  func bomb() {
    var sender = WebSocketMachine(role: .server, deflate: DeflateParameters(), maskingKey: testKey)
    sender.send(binary: [UInt8](repeating: 0, count: 8 << 20))
    let bomb = sender.takeOutput()
    #expect(bomb.count < 20_000)
    let items = Conversation.run(
      [bomb], deflate: DeflateParameters(), maximumMessageBytes: 1 << 20
    ).items
    #expect(
      items == [
        .failure(code: 1009, reason: "the server sent a message longer than 1048576 bytes")
      ])
  }

  @Test("of two faults the first in the message is found, at every split")
  func twoFaults() {
    // Five stored bytes, the second of them no UTF-8, where three are allowed.
    for chunks in [UInt8](hex: "c1 0b 00 05 00 fa ff 48 ff 6c 6c 6f 00").everySplit {
      let items = Conversation.run(
        chunks, deflate: DeflateParameters(), maximumMessageBytes: 3
      ).items
      #expect(
        items == [
          .failure(code: 1007, reason: "the server sent a text message that is not valid UTF-8")
        ])
    }
  }

  @Test(
    "the compression bit belongs on the first frame of a message alone",
    arguments: [
      ("c9 00", "the server compressed a control frame"),
      ("01 01 61 c0", "the server set the compression bit inside a message"),
    ])
  func misplacedBit(hex: String, reason: String) {
    #expect(
      Conversation.run([.init(hex: hex)], deflate: DeflateParameters()).items
        == [.failure(code: 1002, reason: reason)])
  }

  @Test("compressed text that is not UTF-8, and data that is no deflate, are refused")
  func badData() {
    var sender = WebSocketMachine(role: .server, deflate: DeflateParameters(), maskingKey: testKey)
    sender.send(text: [0x61, 0xFF, 0x61])
    let text = Conversation.run([sender.takeOutput()], deflate: DeflateParameters())
    #expect(
      text.items == [
        .failure(code: 1007, reason: "the server sent a text message that is not valid UTF-8")
      ])
    let junk = Conversation.run([.init(hex: "c1 02 ff ff")], deflate: DeflateParameters())
    #expect(
      junk.items == [
        .failure(
          code: 1007,
          reason: "the server sent a message that cannot be inflated (invalid block type)")
      ])
  }
}
