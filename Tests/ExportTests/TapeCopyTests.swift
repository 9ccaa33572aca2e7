import Canvas
import Domain
import Engine
import Export
import Foundation
import Recording
import TestSupport
import Testing
import Wire

@Suite("A copy of a tape")
struct TapeCopyTests {
  private func entries(of path: String) throws -> [TapeEntry] {
    let input = try TapeInput(path: path)
    var entries: [TapeEntry] = []
    while let entry = try input.next() { entries.append(entry) }
    return entries
  }

  @Test("with its picture has every line it had, and plays", arguments: Tape.allCases)
  func pictured(tape: Tape) throws {
    try withFolder { folder in
      let input = try TapeInput(path: tape.path)
      let size = Size(width: 100, height: 30)
      var copy = PicturedTape(input.header, size: size, depth: .ansi256)
      var bytes = copy.headerLine
      for step in try tape.film(rate: 1) {
        switch step {
        case .frame(let grid, let at): bytes += copy.frame(grid, at: at)
        case .line(let entry, _): bytes += copy.line(entry)
        case .end: break
        }
      }
      try Data(bytes).write(to: URL(filePath: folder + "/x.cast"))
      #expect(bytes.split(separator: 0x0A).contains { $0.starts(with: "[0.000000,\"o\",".utf8) })
      #expect(try entries(of: folder + "/x.cast") == entries(of: tape.path))
    }
  }

  @Test("is redacted, and says the same of everything else")
  func redacted() throws {
    try withFolder { folder in
      let secret = "ghp_" + String(repeating: "a1B2", count: 9)
      let header = TapeHeader(
        start: .evening, sources: ["http://127.0.0.1:7800"], columns: 80, rows: 24)
      var writer = TapeWriter(header)
      let event =
        #"{"id":"1","source":"s","specversion":"1.0","type":"x.y","data":{"text":"\#(secret)"}}"#
      let frame = Inbound(
        connection: 0, at: .evening + .seconds(1),
        body: .frame(.ndjson, Array((event + "\n").utf8)))
      let whole =
        TapeWriter.headerLine(header) + writer.line(frame)
        + writer.marker("mark", at: .evening + .seconds(2))
        + writer.exit(at: .evening + .seconds(3))
      try Data(whole).write(to: URL(filePath: folder + "/x.cast"))
      let file = try OutputFile(creating: folder + "/y.cast")
      try RedactedCopy.write(
        TapeInput(path: folder + "/x.cast"), Redactor(RedactionRules()), to: file)
      try file.finish()
      let copy = try Data(contentsOf: URL(filePath: folder + "/y.cast"))
      #expect(!String(decoding: copy, as: UTF8.self).contains(secret))
      let (old, new) = try (
        entries(of: folder + "/x.cast"), entries(of: folder + "/y.cast")
      )
      #expect(new.map(\.at) == old.map(\.at))
      #expect(new.last?.body == .exit)
      #expect(new.contains { $0.body == .marker("mark") })
    }
  }
}
