import Domain
import Testing

@testable import Wire

/// A feed with checksums whose bytes are changed on the way: what is handed over is what was
/// published, in order, and what is missing comes after a reconnection.
@Suite("Damage in transit")
struct DamageTests {
  private static func event(_ number: Int) -> [UInt8] {
    Array(
      "{\"specversion\":\"1.0\",\"id\":\"\(number)\",\"source\":\"s\",\"type\":\"a.b\"}".utf8)
  }

  private static let count = 5
  private static let published = (1...count).map { String(decoding: event($0), as: UTF8.self) }

  private static func frame(_ number: Int, _ format: FrameFormat) -> [UInt8] {
    var bytes: [UInt8] = []
    if format == .sse {
      SSEEncoder.appendCheckedEvent(id: "\(number)-e", data: event(number), to: &bytes)
    } else {
      CheckedMessage.append(event(number), position: "\(number)-e", to: &bytes)
    }
    return bytes
  }

  /// The frames of the events after a position, in the form of their transport.
  private static func frames(after number: Int, _ format: FrameFormat) -> [[UInt8]] {
    let single = (number..<count).map { frame($0 + 1, format) }
    guard format == .document else { return single }
    return [Array("[".utf8) + single.joined(separator: Array(",".utf8)) + Array("]".utf8)]
  }

  @Test("a feed with checksums is known for its heartbeats before any was heard")
  func patience() {
    var decoder = FrameDecoder()
    decoder.receive(Array("data: {}\n\n".utf8), format: .sse) { _ in }
    #expect(decoder.resumePoint.patience == nil)
    decoder.receive(Self.frame(1, .sse), format: .sse) { _ in }
    #expect(decoder.resumePoint.patience == .milliseconds(1_750))
  }

  private struct Reader {
    var decoder = FrameDecoder()
    var events: [String] = []
    var damage = 0
    var missing: [String] = []

    mutating func receive(_ frames: [[UInt8]], _ format: FrameFormat) {
      for frame in frames {
        decoder.receive(frame, format: format) { item in
          switch item {
          case .event(_, let json?): events.append(String(decoding: json, as: UTF8.self))
          case .damaged: damage += 1
          case .missing(let events): missing.append(events.words)
          case .event, .heartbeat, .malformed: break
          }
        }
      }
    }
  }

  @Test(
    "whichever byte is changed, and however, every event comes once and whole",
    arguments: [FrameFormat.sse, .message(.text), .document])
  func anyByte(format: FrameFormat) {
    let frames = Self.frames(after: 1, format)
    for (place, frame) in frames.enumerated() {
      for index in frame.indices {
        for mask in [0x01, 0x20, 0x80, frame[index] ^ 0x0A] as [UInt8] where mask != 0 {
          var reader = Reader()
          reader.receive([Self.frame(1, format)], format)
          var changed = frames
          changed[place][index] ^= mask
          reader.receive(changed, format)
          #expect(reader.events == Array(Self.published.prefix(reader.events.count)))
          #expect(reader.damage <= 1)
          reader.decoder.restart()
          let position = reader.decoder.resumePoint.lastEventID.split(separator: "-")
          let last = position.first.flatMap { Int($0) } ?? 0
          #expect(position.last == "e")
          #expect(last == reader.events.count)
          reader.receive(Self.frames(after: last, format), format)
          #expect(reader.events == Self.published)
        }
      }
    }
  }

  @Test("a frame that is lost whole shows with the next one")
  func lost() {
    var reader = Reader()
    reader.receive([1, 2, 4].map { Self.frame($0, .message(.text)) }, .message(.text))
    #expect(reader.events == Array(Self.published.prefix(2)))
    #expect(reader.damage == 1)
  }

  @Test(
    "a hole that never closes is named before the event behind it",
    arguments: [FrameFormat.sse, .message(.text)])
  func hole(format: FrameFormat) {
    var reader = Reader()
    reader.receive([Self.frame(1, format)], format)
    for _ in 0..<3 {
      #expect(reader.missing.isEmpty)
      reader.decoder.restart()
      reader.receive([Self.frame(4, format), Self.frame(5, format)], format)
    }
    #expect(reader.missing == ["events 2 to 3"])
    #expect(reader.damage == 2)
    #expect(reader.events == [1, 4, 5].map { Self.published[$0 - 1] })
  }

  @Test("after damage nothing is handed over until the next connection")
  func silence() {
    var reader = Reader()
    reader.receive([Self.frame(1, .sse), Self.frame(3, .sse), Self.frame(2, .sse)], .sse)
    reader.receive([Self.frame(2, .message(.text))], .message(.text))
    #expect(reader.events.count == 1)
    #expect(reader.damage == 1)
    reader.decoder.restart()
    reader.receive([Self.frame(2, .message(.text))], .message(.text))
    #expect(reader.events.count == 2)
  }

  @Test("the position goes on from one transport to another")
  func rungs() {
    var reader = Reader()
    reader.receive([Self.frame(1, .sse)], .sse)
    reader.decoder.restart()
    reader.receive([Self.frame(2, .message(.text))], .message(.text))
    reader.decoder.restart()
    reader.receive(Self.frames(after: 2, .document), .document)
    #expect(reader.events == Self.published)
    #expect(reader.decoder.resumePoint.lastEventID == "5-e")
  }

  @Test("without checksums the position is that of the newest frame of any kind")
  func plainPositions() {
    var decoder = FrameDecoder()
    func position(_ text: String, _ format: FrameFormat) -> String {
      decoder.receive(Array(text.utf8), format: format) { _ in }
      return decoder.resumePoint.lastEventID
    }
    let event = Self.published[0]
    #expect(position("id: 7\n\n", .sse) == "7")
    #expect(position("id: 1:0\ncontent-type: x\n\n\(event)", .message(.meta)) == "1:0")
    #expect(position("data: \(event)\n\n", .sse) == "1:0")
    #expect(position(event, .message(.text)) == "1:0")
    #expect(position(event.dropLast() + ",\"feedposition\":\"9\"}", .message(.text)) == "9")
  }

  @Test("a message of nchan's kind gives its body; one without a blank line is no event")
  func meta() {
    var reader = Reader()
    let event = Self.published[0]
    reader.receive([Array("id: 1:0\r\n\r\n\(event)".utf8)], .message(.meta))
    reader.receive([Array("\n\(event)".utf8)], .message(.meta))
    reader.receive([Array("id: 1:0\n\(event)".utf8), []], .message(.meta))
    #expect(reader.events == [event, event])
  }
}
