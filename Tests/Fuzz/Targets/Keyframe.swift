import Domain
import Recording
import Wire

/// What is read back as a board or as a decoder goes on without harm, and is written and read again
/// as the same. The input is read as a keyframe, and as changes to one that was written.
func fuzzKeyframe(_ input: Input) {
  for values in [input.bytes, changed(writtenBoard, by: input.bytes)] {
    guard let board = try? Keyframe.decode(Board.self, from: Keyframe.seal(values)) else {
      continue
    }
    use(board)
  }
  for values in [input.bytes, changed(writtenDecoder, by: input.bytes)] {
    let bytes = Keyframe.seal(values)
    guard var decoder = try? Keyframe.decode(FrameDecoder.self, from: bytes) else { continue }
    requireStable(decoder)
    var count = 0
    for format in [FrameFormat.sse, .ndjson, .claudeCode(file: "a"), .message(.text)] {
      decoder.receive(input.bytes, format: format) { _ in count &+= 1 }
    }
    decoder.finish { _ in count &+= 1 }
  }
}

/// The bytes with changes: four bytes of the input each, the place, what is done there, and a value.
private func changed(_ values: [UInt8], by input: [UInt8]) -> [UInt8] {
  var values = values
  for start in stride(from: 0, to: min(input.count - 3, 256), by: 4) where !values.isEmpty {
    let place = (Int(input[start]) << 8 | Int(input[start + 1])) % values.count
    switch input[start + 2] % 4 {
    case 0: values[place] = input[start + 3]
    case 1: values[place] ^= 1 << (input[start + 3] % 8)
    case 2: values.insert(input[start + 3], at: place)
    default: values.remove(at: place)
    }
  }
  return values
}

private let writtenDecoder: [UInt8] = {
  var decoder = FrameDecoder()
  decoder.receive(Array("id: 7\ndata: {\n\ndata: {\"a".utf8), format: .sse) { _ in }
  decoder.receive(Array("{}\n{\"id\"".utf8), format: .ndjson) { _ in }
  decoder.receive(
    Array(#"{"type":"user","uuid":"u","sessionId":"s"}"#.utf8) + [0x0A],
    format: .claudeCode(file: "a")
  ) { _ in }
  return values(of: decoder)
}()

private let writtenBoard: [UInt8] = {
  var board = Board()
  let number = board.addConnection("http://hub", at: Timestamp(seconds: 1_773_511_000))
  board.note(
    .connected(.sse, resumedFrom: nil), connection: number, at: Timestamp(seconds: 1_773_511_000))
  hear(&board)
  return values(of: board)
}()

/// What is coded, without head and checksum.
private func values(of state: some Encodable) -> [UInt8] {
  Array(Keyframe.encode(state).dropFirst().dropLast(4))
}

private func use(_ read: Board) {
  var board = read
  requireStable(board)
  hear(&board)
  board.advance(to: Timestamp(microseconds: .max))
  requireStable(board)
}

/// Events of many kinds, a minute each.
private func hear(_ board: inout Board) {
  let start = Timestamp(seconds: 1_773_511_200)
  let known: [(EventKind, String)] = [
    (.orderCreated, "204"), (.ticketFired, "204:grill"), (.ticketBumped, "204:grill"),
    (.tableState, "7"), (.agentStarted, "a1"), (.agentStopped, "a1"), (.taskState, "k"),
    (.evidenceJudged, "c"), (.mandateViolationOpened, "deploy"), (.stationUpdated, "grill"),
  ]
  for (number, (kind, id)) in known.enumerated() {
    let data = Fields([
      .id: .string(id), .order: .string("204"), .station: .string("grill"), .task: .string("k"),
      .state: .string(kind == .taskState ? "completed" : "occupied"), .mandate: .string(id),
    ])
    board.record(
      Event(id: "f\(number)", source: "fuzz", type: .known(kind), subject: "x/\(id)", data: data),
      at: start + .seconds(Int64(number)))
    board.advance(to: start + .minutes(Int64(number)))
  }
}

private func requireStable<State: Codable>(_ state: State) {
  let bytes = Keyframe.encode(state)
  guard let again = try? Keyframe.decode(State.self, from: bytes) else {
    return require(false, "what is written can be read")
  }
  require(Keyframe.encode(again) == bytes, "what is read back is written alike")
}
