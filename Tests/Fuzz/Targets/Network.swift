import Wire

/// Any split gives the same items and the same answers, and nothing comes after the end.
func fuzzWebSocket(_ input: Input, role: WebSocketMachine.Role, deflates: Bool) {
  func run(_ pieces: [ArraySlice<UInt8>]) -> (items: [WebSocketItem], output: [UInt8]) {
    var machine = WebSocketMachine(
      role: role, deflate: deflates ? DeflateParameters() : nil, maximumMessageBytes: 4_096,
      maskingKey: { 0x1234_5678 })
    var items: [WebSocketItem] = []
    var output: [UInt8] = []
    for piece in pieces {
      machine.receive(Array(piece))
      while let item = machine.next() { items.append(item) }
      output += machine.takeOutput()
    }
    if case .failure? = items.last { require(machine.isClosed, "a failure is the end") }
    return (items, output)
  }
  let whole = run([input.bytes[...]]), split = run(input.pieces)
  require(whole.items == split.items, "frames read alike however they are split")
  require(whole.output == split.output, "and are answered alike")
  for item in whole.items {
    switch item {
    case .text(let bytes):
      require(bytes.count <= 4_096, "a message is within its bound")
      require(String(validating: bytes, as: UTF8.self) != nil, "a text message is UTF-8")
    case .binary(let bytes): require(bytes.count <= 4_096, "a message is within its bound")
    case .ping(let bytes), .pong(let bytes): require(bytes.count <= 125, "control is short")
    case .close, .failure: break
    }
  }
}

/// What one end sends the other reads, compressed or not.
func fuzzWebSocketMessages(_ input: Input) {
  var deflate = DeflateParameters()
  let choice = input.bytes.first ?? 0
  deflate.client.keepsContext = choice & 1 == 0
  deflate.server.keepsContext = choice & 2 == 0
  deflate.client.windowBits = 9 + Int(choice >> 4) % 7
  let agreed = choice & 4 == 0 ? deflate : nil
  var client = WebSocketMachine(role: .client, deflate: agreed, maskingKey: { 0x9ABC_DEF0 })
  var server = WebSocketMachine(role: .server, deflate: agreed, maskingKey: { 0 })
  for piece in input.pieces {
    client.send(binary: Array(piece))
    server.receive(client.takeOutput())
    require(server.next() == .binary(Array(piece)), "a message arrives as it was sent")
    require(server.next() == nil, "and once")
    server.send(binary: Array(piece))
    client.receive(server.takeOutput())
    require(client.next() == .binary(Array(piece)), "a message comes back as it was sent")
  }
}

/// Any split gives the same outcome.
func fuzzHandshake(_ input: Input) {
  func outcome(_ pieces: [ArraySlice<UInt8>]) -> WebSocketHandshake.Outcome? {
    var handshake = WebSocketHandshake(
      authority: "a", target: "/", nonce: Array(repeating: 7, count: 16), subprotocols: ["b"])
    var seen: [UInt8] = []
    for piece in pieces {
      seen += piece
      guard let outcome = handshake.receive(Array(piece)) else { continue }
      // What follows the head is handed back, so how much of it there is depends on the split.
      guard case .accepted(let subprotocol, let deflate, _) = outcome else { return outcome }
      return .accepted(subprotocol: subprotocol, deflate: deflate, rest: [])
    }
    return nil
  }
  let whole = outcome([input.bytes[...]])
  let split = outcome(input.pieces)
  switch (whole, split) {
  // A fault may show before the rest is there, in other words than with it.
  case (.failed?, .failed?): break
  default: require(whole == split, "a handshake ends alike however its answer is split")
  }
}

/// A request's fields do no harm, and what is accepted is what we offer.
func fuzzUpgrade(_ input: Input) {
  let headers = input.text.split(separator: "\n").map { line in
    let parts = line.split(separator: ":", maxSplits: 1)
    return (name: String(parts.first ?? ""), value: parts.count > 1 ? String(parts[1]) : "")
  }
  let full =
    headers + [
      ("Upgrade", "websocket"), ("Connection", "Upgrade"), ("Sec-WebSocket-Version", "13"),
      ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
    ]
  for fields in [headers, full] {
    let upgrade = WebSocketUpgrade(method: "GET", headers: fields, subprotocols: ["b"])
    guard case .accepted(_, let subprotocol, let deflate) = upgrade else { continue }
    require(subprotocol == nil || subprotocol == "b", "only what is spoken is chosen")
    guard let deflate else { continue }
    require((9...15).contains(deflate.server.windowBits), "a window zlib can keep to")
  }
}

/// Any split gives the same bytes, in slices within their bound; a bomb can be stopped at any slice.
func fuzzInflate(_ input: Input, coding: String) {
  func body(_ pieces: [ArraySlice<UInt8>]) -> (bytes: [UInt8], isWhole: Bool) {
    guard var inflater = ContentInflater(coding: coding) else { return ([], false) }
    var bytes: [UInt8] = []
    do {
      for piece in pieces {
        inflater.receive(Array(piece))
        while let slice = try inflater.next() {
          require(slice.count <= ContentInflater.maximumSlice, "a slice is within its bound")
          bytes += slice
          guard bytes.count < 1 << 18 else { return (Array(bytes.prefix(1 << 18)), true) }
        }
      }
      try inflater.finish()
      return (bytes, true)
    } catch {
      return (bytes, false)
    }
  }
  let whole = body([input.bytes[...]]), split = body(input.pieces)
  require(whole.isWhole == split.isWhole, "a body is whole or not however it is split")
  if whole.isWhole { require(whole.bytes == split.bytes, "and inflates to the same bytes") }
}
