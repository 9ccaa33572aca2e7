@testable import Wire

/// A keys' generator whose frames a test can write down.
let testKey: @Sendable () -> UInt32 = { 0x3D21_FA37 }

/// Frames as a test writes them: no rule of the protocol is kept.
enum Frame {
  static func bytes(
    _ first: UInt8, _ payload: [UInt8] = [], key: UInt32? = nil, length: Int? = nil
  ) -> [UInt8] {
    let count = length ?? payload.count
    let masked: UInt8 = key == nil ? 0 : 0x80
    var bytes = [first]
    if count < 126 {
      bytes.append(masked | UInt8(count))
    } else if count < 65_536 {
      bytes += [masked | 126, UInt8(count >> 8), UInt8(count & 0xFF)]
    } else {
      bytes.append(masked | 127)
      bytes += (0..<8).map { UInt8(truncatingIfNeeded: count >> (56 - 8 * $0)) }
    }
    guard let key else { return bytes + payload }
    let mask = (0..<4).map { UInt8(truncatingIfNeeded: key >> (8 * UInt32($0))) }
    return bytes + mask + payload.enumerated().map { $1 ^ mask[$0 & 3] }
  }

  static func text(_ text: String, key: UInt32? = nil) -> [UInt8] {
    bytes(0x81, Array(text.utf8), key: key)
  }
}

/// What a machine said to the frames of a peer.
struct Conversation: Equatable {
  var items: [WebSocketItem] = []
  var sent: [UInt8] = []

  static func run(
    _ chunks: [[UInt8]], role: WebSocketMachine.Role = .client, deflate: DeflateParameters? = nil,
    maximumMessageBytes: Int = 16 << 20
  ) -> Conversation {
    var machine = WebSocketMachine(
      role: role, deflate: deflate, maximumMessageBytes: maximumMessageBytes, maskingKey: testKey)
    var result = Conversation()
    for chunk in chunks {
      machine.receive(chunk)
      while let item = machine.next() { result.items.append(item) }
      result.sent += machine.takeOutput()
    }
    return result
  }
}

extension [UInt8] {
  /// Whole, bytewise, and cut in two at every place.
  var everySplit: [[[UInt8]]] {
    [[self], map { [$0] }] + indices.map { [Array(self[..<$0]), Array(self[$0...])] }
  }

  init(hex: String) {
    self = hex.split(separator: " ").compactMap { UInt8($0, radix: 16) }
  }
}
