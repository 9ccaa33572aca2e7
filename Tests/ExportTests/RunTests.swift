import Canvas
import Domain
import Engine
import Export
import Foundation
import Inspection
import Recording
import TestSupport
import Testing
import Wire

@Suite("A tape of several files")
struct RunTests {
  /// Writes a run of two files and returns the path of the first.
  private func run(in folder: String) throws -> String {
    for number in [1, 2] {
      let segment = TapeSegment(
        run: "night", number: number, linesBefore: number == 1 ? 0 : 3,
        previous: number == 1 ? nil : "night.cast")
      let begun = Timestamp.evening + .seconds(Int64(number) * 10)
      let header = TapeHeader(
        start: begun, sources: ["stdin"], columns: 80, rows: 24, segment: segment)
      var writer = TapeWriter(header)
      var bytes = TapeWriter.headerLine(header)
      for second: Int64 in [1, 2] {
        let event = #"{"id":"\#(number)-\#(second)","source":"s","specversion":"1.0","type":"x.y"}"#
        bytes += writer.line(
          Inbound(
            connection: 0, at: begun + .seconds(second),
            body: .frame(.ndjson, Array((event + "\n").utf8))))
      }
      let name = TapeSegment.fileName(run: "night", number: number)
      try Data(bytes).write(to: URL(filePath: folder + "/" + name))
    }
    return folder + "/night.cast"
  }

  @Test("is inspected as one")
  func inspect() throws {
    try withFolder { folder in
      let path = try run(in: folder)
      var inspector = try TapeInspector(TapeInput(path: path))
      try inspector.run()
      let report = inspector.finished()
      #expect(report.file.count == 2)
      #expect(report.frames == 4)
      #expect(report.events.received == 4)
      let sizes = try ["/night.cast", "/night.2.cast"].map {
        Int64(try Data(contentsOf: URL(filePath: folder + $0)).count)
      }
      #expect(report.file.bytes == sizes[0] + sizes[1])
      let page = ReportText(report).lines.map(\.text)
      #expect(page.contains { $0.contains("version 1, ") && $0.contains("2 files, whole") })
    }
  }

  @Test("is bundled whole, under names by which its files find each other")
  func bundle() throws {
    try withFolder { folder in
      let path = try run(in: folder)
      var writer = try BundleWriter(creating: folder + "/b", replaces: false)
      try IncidentBundle(tapeAt: path, scenes: [], colors: .dark).write(to: &writer)
      let manifest = try writer.finish()
      #expect(manifest.files.prefix(3).map(\.name) == ["README.txt", "night.cast", "night.2.cast"])
      let input = try TapeInput(path: folder + "/b/night.cast")
      var count = 0
      while try input.next() != nil { count += 1 }
      #expect(count == 4)
    }
  }
}
