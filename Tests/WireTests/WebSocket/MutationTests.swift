import Testing

@testable import Wire

@Suite("damaged WebSocket streams")
struct MutationTests {
  private struct Luck: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ state >> 33
    }
  }

  private func stream(_ role: WebSocketMachine.Role, _ deflate: DeflateParameters?) -> [UInt8] {
    let peer: WebSocketMachine.Role = role == .client ? .server : .client
    var machine = WebSocketMachine(role: peer, deflate: deflate, maskingKey: testKey)
    for text in ["grüße 🍕", "", String(repeating: "{\"n\":1}", count: 40)] {
      machine.send(text: Array(text.utf8))
      machine.ping([1, 2, 3])
      machine.send(binary: Array(text.utf8.reversed()))
    }
    machine.close(code: 1001, reason: "bye")
    return machine.takeOutput()
  }

  private func mutated(_ bytes: [UInt8], _ luck: inout Luck) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...4, using: &luck) {
      let place = Int.random(in: 0..<bytes.count, using: &luck)
      switch Int.random(in: 0..<4, using: &luck) {
      case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &luck)
      case 1: bytes[place] = UInt8.random(in: 0...255, using: &luck)
      case 2: bytes.remove(at: place)
      default: bytes.insert(UInt8.random(in: 0...255, using: &luck), at: place)
      }
    }
    return bytes
  }

  private func split(_ bytes: [UInt8], _ luck: inout Luck) -> [[UInt8]] {
    var chunks: [[UInt8]] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = Int.random(in: 0...min(rest.count, 40), using: &luck)
      chunks.append(Array(rest.prefix(count)))
      rest = rest.dropFirst(count)
    }
    return chunks
  }

  @Test(
    "no damage crashes an end, and any split of it reads alike", arguments: [true, false],
    [true, false])
  func mutations(isClient: Bool, compresses: Bool) {
    let role = isClient ? WebSocketMachine.Role.client : .server
    let deflate = compresses ? DeflateParameters() : nil
    let whole = stream(role, deflate)
    var luck = Luck(state: isClient ? 7 : 8)
    for round in 0..<2_000 {
      let bytes = mutated(whole, &luck)
      let one = Conversation.run([bytes], role: role, deflate: deflate)
      let many = Conversation.run(split(bytes, &luck), role: role, deflate: deflate)
      #expect(one == many, "round \(round)")
    }
  }
}
