import Domain
import Engine
import Recording
import Testing
import Wire

@Suite("A tape that is redacted before it is written")
struct RedactedTapeTests {
  private let home = RunFolder()
  private let shelf = SessionShelf()

  private static let secret =
    #"{"task":"t1","subject":"token=t0p in /home/ana/x","state":"pending"}"#

  /// A hub's stream in small pieces, broken off in the middle of an event and taken up again.
  private static let arrivals: [Inbound] = {
    var bytes: [UInt8] = []
    for number in 1...60 {
      let event = Feed.event(number, "task.state", secret)
      SSEEncoder.appendCheckedEvent(id: "\(number)-e", data: Array(event.utf8), to: &bytes)
    }
    let half = bytes.count / 2
    func pieces(_ part: ArraySlice<UInt8>, from start: Int64) -> [Inbound] {
      stride(from: part.startIndex, to: part.endIndex, by: 97).enumerated().map { place, index in
        Inbound(
          connection: 0, at: at(start + Int64(place) * 10),
          body: .frame(.sse, Array(part[index..<min(part.endIndex, index + 97)])))
      }
    }
    func fact(_ fact: ConnectionFact, _ milliseconds: Int64) -> Inbound {
      Inbound(connection: 0, at: at(milliseconds), body: .fact(fact))
    }
    return [fact(.connected(.sse, resumedFrom: nil), 0)] + pieces(bytes[..<half], from: 10)
      + [
        fact(.lost(reason: "cut by https://u:p4ss@proxy"), 20_000),
        fact(.connected(.sse, resumedFrom: nil), 22_000),
      ] + pieces(bytes[...], from: 22_010)
  }()

  private func played() throws -> (live: Session, tape: TapeInput, text: String) {
    let path = "\(home.path)/a.cast"
    let recorder = try TapeRecorder(
      .file(path), sources: ["https://u:p4ss@hub/s?token=t0p"], start: at(0),
      codec: shelf.codec(), redactor: Redactor())
    var live = Session(start: at(0))
    live.addConnection("hub")
    for inbound in Self.arrivals {
      recorder.append(inbound)
      live.ingest(inbound)
    }
    recorder.mark("see /home/ana/y", at: at(60_000))
    recorder.finish(at: at(61_000))
    live.advance(to: at(61_000))
    return (live, try TapeInput(path: path), String(decoding: Folder.bytes(path), as: UTF8.self))
  }

  @Test("no secret is in the file: not in events, facts, names or labels")
  func clean() throws {
    let (_, tape, text) = try played()
    for secret in ["t0p", "p4ss", "ana"] { #expect(!text.contains(secret)) }
    #expect(tape.header.sources == ["https://[redacted:userinfo]@hub/s?token=[redacted:token]"])
    #expect(text.contains("see ~/y"))
  }

  @Test("it plays as what was seen but for that, an outage and its times included")
  func plays() throws {
    let (live, tape, _) = try played()
    let replayed = try Session(playing: tape, until: nil, codec: nil)
    let (seen, shown) = (live.board.stream, replayed.board.stream)
    #expect(shown.received == seen.received && shown.duplicates == seen.duplicates)
    #expect(shown.malformed == 0 && shown.damaged == 0)
    let (before, after) = (
      try #require(seen.connections.first), try #require(shown.connections.first)
    )
    #expect(after.unaccounted == before.unaccounted)
    #expect(after.lastByteAt == before.lastByteAt && after.lastEventAt == before.lastEventAt)
    #expect(after.state == before.state && after.stateSince == before.stateSince)
    #expect(after.lastLoss == "cut by https://[redacted:userinfo]@proxy")
    #expect(replayed.now == live.now)
  }
}
