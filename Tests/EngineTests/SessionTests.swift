import Domain
import Engine
import Recording
import Testing
import Wire

@Suite struct SessionTests {
  private static func played(_ arrivals: [Inbound]) -> Session {
    var session = Session.started()
    for inbound in arrivals { session.ingest(inbound) }
    return session
  }

  @Test("frames become events, what is no event is counted, facts move the connection")
  func ingest() {
    let session = Self.played(Feed.arrivals)
    #expect(session.connectionCount == 1)
    #expect(session.board.stream.received == 9)
    #expect(session.board.stream.malformed == 1)
    let connection = session.board.stream.connections.first
    #expect(connection?.state.isCurrent == true)
    #expect((connection?.bytes ?? 0) > 0)
    #expect(session.now == at(1_900_000))
  }

  @Test(
    "what comes on an unknown connection is counted and harms nothing", arguments: [-1, 1, .max])
  func unknownConnection(number: Int) {
    var session = Session.started()
    session.ingest(Feed.frame("{}\n", at: 1, connection: number))
    session.ingest(Inbound(connection: number, at: at(2), body: .fact(.ended)))
    #expect(session.board.stream.malformed == 2)
    #expect(session.resumePoint(of: number) == ResumePoint())
    #expect(session.now == at(2))
  }

  @Test("any split of the bytes gives the same board", arguments: [1, 2, 5, 64])
  func chunking(piece: Int) throws {
    let whole = Self.played(Feed.arrivals)
    var session = Session.started()
    for inbound in Feed.arrivals {
      guard case .frame(let format, let bytes) = inbound.body else {
        session.ingest(inbound)
        continue
      }
      for start in stride(from: 0, to: bytes.count, by: piece) {
        let part = Array(bytes[start..<min(bytes.count, start + piece)])
        session.ingest(Inbound(connection: 0, at: inbound.at, body: .frame(format, part)))
      }
    }
    #expect(try session.everything() == whole.everything())
  }

  @Test("looking at irregular moments changes nothing", arguments: 0..<6 as Range<UInt64>)
  func irregularTicks(seed: UInt64) throws {
    let end = at(3_000_000)
    var replayed = Self.played(Feed.arrivals)
    replayed.advance(to: end)

    var random = SplitMix64(seed: seed)
    var live = Session.started()
    for inbound in Feed.arrivals {
      while live.now < inbound.at, Int.random(in: 0..<8, using: &random) > 0 {
        let room = (inbound.at - live.now).microseconds
        let step = Int64.random(in: 0...max(1, room / 3), using: &random)
        live.advance(to: live.now + Span(microseconds: step))
      }
      live.ingest(inbound)
      _ = live.takeChanges()
    }
    while live.now < end {
      live.advance(
        to: min(end, live.now + .milliseconds(.random(in: 1...90_000, using: &random))))
    }
    #expect(try live.everything() == replayed.everything())
  }

  @Test("a recorded session is replayed exactly")
  func recorded() throws {
    let folder = Folder()
    let live = Self.played(Feed.arrivals)
    let input = try TapeInput(path: folder.tape())
    let replayed = try Session(playing: input, until: nil)
    #expect(try replayed.everything() == live.everything())
  }

  @Test("after time has passed nothing that was due is left, or the loop would spin")
  func nothingLeft() {
    var session = Self.played(Feed.arrivals)
    var random = SplitMix64(seed: 11)
    for _ in 0..<400 {
      session.advance(to: session.now + .milliseconds(.random(in: 0...60_000, using: &random)))
      #expect(session.board.nextDue.map { $0 > session.now } ?? true)
    }
  }

  @Test("time does not step back")
  func backwards() {
    var session = Session.started()
    session.advance(to: at(500))
    session.advance(to: at(100))
    session.ingest(Inbound(connection: 0, at: at(-9_000), body: .fact(.heartbeat)))
    #expect(session.now == at(500))
  }

  @Test("the resume point follows what was decoded, not what arrived")
  func resumePoint() {
    var session = Session.started()
    let text = "id: 3\ndata: {}\n\nid: 4\ndata: {"
    session.ingest(
      Inbound(connection: 0, at: at(1), body: .frame(.sse, Array(text.utf8))))
    #expect(session.resumePoint(of: 0).lastEventID == "3")
  }

  @Test("the end of a source completes its last line")
  func ended() {
    var session = Session.started()
    session.ingest(Feed.frame(Feed.lines[1].text, at: 1))
    #expect(session.board.stream.received == 0)
    session.ingest(Inbound(connection: 0, at: at(2), body: .fact(.ended)))
    #expect(session.board.stream.received == 1)
  }
}
