import Domain
import Engine
import Recording
import Testing
import Wire

@Suite struct TapeCursorTests {
  private let folder = Folder()

  /// A tape whose frames bring none, one or many events, with silence and facts between them; a
  /// frame ends in the middle of an event.
  private static let arrivals: [Inbound] = {
    var arrivals = [
      Inbound(connection: 0, at: at(0), body: .fact(.connected(.sse, resumedFrom: nil)))
    ]
    var number = 0
    for burst in 0..<30 {
      let start = Int64(burst) * 1_000
      var text = ""
      for _ in 0..<[1, 3, 0, 40][burst % 4] {
        text += Feed.event(number, "task.created", #"{"task":"t\#(number)"}"#) + "\n"
        number += 1
      }
      let cut = text.index(text.startIndex, offsetBy: text.count * 2 / 3)
      arrivals.append(Feed.frame(String(text[..<cut]), at: start))
      arrivals.append(Inbound(connection: 0, at: at(start + 100), body: .fact(.heartbeat)))
      arrivals.append(Feed.frame(String(text[cut...]), at: start + 200))
      for beat in 1..<(burst == 17 ? 1_500 : 5) {
        let moment = at(start + 200 + Int64(beat) / 4)
        arrivals.append(Inbound(connection: 0, at: moment, body: .fact(.heartbeat)))
      }
    }
    return arrivals
  }()

  private func cursor(at moment: Timestamp?) throws -> TapeCursor {
    try TapeCursor(TapeInput(path: folder.tape(Self.arrivals)), at: moment)
  }

  private func step(_ cursor: TapeCursor, _ direction: Int) throws -> TapeCursor.Progress {
    for _ in 0..<1_000 {
      let progress =
        try direction > 0 ? cursor.stepForward(limit: 64) : cursor.stepBack()
      if progress != .unfinished { return progress }
    }
    return .unfinished
  }

  /// What is known at a place, in short: everything else follows from the same events.
  private func place(_ cursor: TapeCursor) -> String {
    let stream = cursor.session.board.stream
    let newest = stream.tail.newest(0)?.event.id ?? "-"
    return "\(stream.received) \(newest) \(cursor.session.now.microseconds)"
  }

  @Test("steps go over every event, inside frames too, and back over the same places")
  func thereAndBack() throws {
    let cursor = try cursor(at: at(0) - .seconds(1))
    var places: [String] = []
    var boards: [[String]] = []
    while try step(cursor, 1) == .done {
      places.append(place(cursor))
      if places.count % 37 == 0 { boards.append(try cursor.session.everything()) }
    }
    #expect(places.count == 312)
    #expect(places.map { $0.split(separator: " ")[0] } == (1...312).map { "\($0)" })
    for count in stride(from: 311, through: 1, by: -1) {
      #expect(try step(cursor, -1) == .done)
      #expect(place(cursor) == places[count - 1])
      if count % 37 == 0 { #expect(try cursor.session.everything() == boards[count / 37 - 1]) }
    }
    #expect(try step(cursor, -1) == .done)
    #expect(cursor.session.board.stream.received == 0)
    #expect(try step(cursor, -1) == .end)
    #expect(cursor.session.board.stream.received == 0)
    #expect(try step(cursor, 1) == .done)
    #expect(place(cursor) == places[0])
  }

  @Test("after a jump each step is one event, wherever it led", arguments: [0, 150, 3_100, 17_900])
  func jumps(_ milliseconds: Int64) throws {
    let cursor = try cursor(at: nil)
    try cursor.jump(to: at(milliseconds))
    let received = cursor.session.board.stream.received
    #expect(try step(cursor, 1) == .done)
    #expect(cursor.session.board.stream.received == received + 1)
    #expect(try step(cursor, -1) == .done)
    #expect(cursor.session.board.stream.received == received)
    guard received > 0 else { return }
    #expect(try step(cursor, -1) == .done)
    #expect(cursor.session.board.stream.received == received - 1)
  }

  @Test("random steps, jumps and stretches of playing end where a direct way does")
  func walk() throws {
    let cursor = try cursor(at: at(0))
    var random = SplitMix64(seed: 7)
    for _ in 0..<60 {
      switch Int.random(in: 0..<4, using: &random) {
      case 0: _ = try step(cursor, 1)
      case 1: _ = try step(cursor, -1)
      case 2: try cursor.jump(to: at(.random(in: 0..<31_000, using: &random)))
      default:
        let moment = cursor.session.now + .milliseconds(.random(in: 0..<2_000, using: &random))
        while try cursor.play(to: moment, limit: 3) == .unfinished {}
        cursor.advance(to: moment)
        let direct = try Session(
          playing: TapeInput(path: folder.tape(Self.arrivals)), until: moment)
        #expect(try cursor.session.everything() == direct.everything())
      }
    }
  }

  @Test("a step is one event on a tape that was cut off, up to its last whole line")
  func cutOff() throws {
    let whole = Folder.bytes(folder.tape())
    let path = folder.write(Array(whole.dropLast(9)), "cut.cast")
    let cursor = try TapeCursor(TapeInput(path: path), at: nil)
    let received = cursor.session.board.stream.received
    #expect(try step(cursor, 1) == .end)
    #expect(try step(cursor, -1) == .done)
    #expect(cursor.session.board.stream.received == received - 1)
    #expect(try step(cursor, 1) == .done)
    #expect(try step(cursor, 1) == .end)
    #expect(cursor.session.board.stream.received == received)
  }
}
