import Canvas
import Domain
import Engine
import Foundation
import TestSupport
import Testing
import Themes

@Suite("a run over goldens")
struct GoldenRunTests {
  private let scratch = ScratchFolder()
  private var folder: URL { scratch.url }

  private func cases(_ matrix: String, _ tape: Tape = .outage) throws -> [SnapshotCase] {
    let view = SnapshotView(
      size: Size(width: 60, height: 20), theme: try Theme.builtIn("dark"))
    return try SnapshotMatrix.cases(
      of: [matrix], tapes: [tape.path], view, themes: Theme.builtIn)
  }

  private func run(
    _ matrix: String, updates: Bool = false, actuals: String? = nil
  ) throws -> GoldenReport {
    let path = folder.path
    var run = GoldenRun(
      updates: updates,
      place: { GoldenPlace(golden: "\(path)/\($0.name).golden", actuals: actuals) },
      describe: { comparison, _ in SideBySide(comparison, width: 80).text(depth: nil) })
    return GoldenReport(try run.run(cases(matrix)))
  }

  private func write(_ text: String, _ name: String) throws {
    try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
  }

  private func text(_ name: String) throws -> String {
    try String(contentsOf: folder.appending(path: name), encoding: .utf8)
  }

  private func exists(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: folder.appending(path: name).path)
  }

  private var names: [String] { Repository.files(in: folder) }

  @Test("goldens are written once and then equal")
  func writes() throws {
    let new = try run("at=14,end size=60x20,80x24", updates: true)
    #expect(
      new.lines == [
        "new      outage.at-00m14s.60x20", "new      outage.at-00m14s.80x24",
        "new      outage.at-end.60x20", "new      outage.at-end.80x24",
      ])
    #expect(new.isFine)
    let again = try run("at=14,end size=60x20,80x24")
    #expect(again.sum == "4 cases: 4 equal")
    #expect(
      try text("outage.at-end.60x20.golden").hasPrefix(
        "podium-snapshot 2 60x20\ncase outage.at-end.60x20\nglyphs\n"))
    #expect(names.count == 4)
  }

  @Test("a missing golden is told, and its picture kept for review")
  func missing() throws {
    let report = try run("at=14")
    #expect(report.lines == ["missing  outage.at-00m14s"])
    #expect(!report.isFine && !report.hasUnusable)
    #expect(names == ["outage.at-00m14s.golden.actual"])
  }

  @Test("a difference is told, its picture kept, and the golden left alone")
  func differs() throws {
    _ = try run("at=14", updates: true)
    let golden = try text("outage.at-00m14s.golden")
    try write(golden.replacing("LIVE", with: "DEAD"), "outage.at-00m14s.golden")
    let report = try run("at=14")
    #expect(report.lines == ["differs  outage.at-00m14s  1 row differs: 4 glyphs"])
    #expect(report.differences.first?.text.contains("DEAD") == true)
    #expect(try text("outage.at-00m14s.golden").contains("DEAD"))
    #expect(try text("outage.at-00m14s.golden.actual") == golden)
    #expect(report.sum == "1 case: 1 differ")
  }

  @Test("what is equal again takes its picture away")
  func heals() throws {
    _ = try run("at=14")
    #expect(exists("outage.at-00m14s.golden.actual"))
    _ = try run("at=14", updates: true)
    #expect(names == ["outage.at-00m14s.golden"])
  }

  @Test("pictures go to a folder of their own")
  func actuals() throws {
    try FileManager.default.createDirectory(
      at: folder.appending(path: "differing"), withIntermediateDirectories: true)
    _ = try run("at=14", actuals: folder.appending(path: "differing").path)
    #expect(names == ["differing/outage.at-00m14s.golden.actual"])
    let items = try ReviewItem.pending(
      in: folder.path, actuals: folder.appending(path: "differing").path)
    #expect(items.map(\.name) == ["outage.at-00m14s.golden"])
    try #require(items.first).accept()
    #expect(names == ["outage.at-00m14s.golden"])
  }

  @Test(
    "a golden that cannot be compared is told with its line and never overwritten by a check",
    arguments: [
      ("noise\u{0}", 1, "this is no golden"), ("podium-snapshot 3 60x20\n", 1, "format version 3"),
      (
        "podium-snapshot 2 60x20\ncase x\nglyphs\n", 1,
        "the golden is cut off: 60x20 cells take more than its bytes"
      ),
      (
        "podium-snapshot 2 1x1\ncase x\nglyphs\n│x│\nstyles\n│.│\nlegend\nend\n", 1,
        "the golden is 1x1 and the picture 60x20"
      ),
    ])
  func unusable(content: String, line: Int, reason: String) throws {
    try write(content, "outage.at-00m14s.golden")
    let report = try run("at=14")
    #expect(report.hasUnusable)
    let place = "\(folder.path)/outage.at-00m14s.golden:\(line): \(reason)"
    #expect(report.lines.first?.contains(place) == true, "\(report.lines)")
    #expect(try text("outage.at-00m14s.golden") == content)
  }

  @Test("an update replaces goldens of another size, and nothing that is no golden")
  func replaces() throws {
    try write(
      "podium-snapshot 2 1x1\r\ncase x\r\nglyphs\r\n│x│\r\nstyles\r\n│.│\r\nlegend\r\nend\r\n",
      "outage.at-00m14s.golden")
    #expect(
      try run("at=14", updates: true).lines.first?.hasPrefix(
        "updated  outage.at-00m14s  size 1x1 is now 60x20") == true)
    try write("my notes", "outage.at-00m14s.golden")
    #expect(try run("at=14", updates: true).hasUnusable)
    #expect(try text("outage.at-00m14s.golden") == "my notes")
  }

  @Test("a golden with CR LF is equal and stays as it is")
  func carriageReturns() throws {
    _ = try run("at=14", updates: true)
    let crlf = try text("outage.at-00m14s.golden").replacing("\n", with: "\r\n")
    try write(crlf, "outage.at-00m14s.golden")
    #expect(try run("at=14", updates: true).sum == "1 case: 1 equal")
    #expect(try text("outage.at-00m14s.golden") == crlf)
  }

  @Test("a golden that is a folder, or a pipe, is told")
  func noFile() throws {
    try FileManager.default.createDirectory(
      at: folder.appending(path: "outage.at-00m14s.golden"), withIntermediateDirectories: true)
    #expect(try run("at=14").lines.first?.contains("Is a directory") == true)
  }

  @Test("goldens that no case names are found, whatever they are called")
  func unreferenced() throws {
    _ = try run("at=14", updates: true)
    try write("podium-snapshot 1 1x1", "renamed.txt")
    try write("", "stray.golden")
    try write("read me", "README.md")
    try write("podium-snapshot 2 1x1", "stray.golden.actual")
    try write("podium-snapshot 2 1x1", ".hidden.golden")
    let found = try GoldenFolder(folder.path).unreferenced(by: ["outage.at-00m14s.golden"])
    #expect(found == ["renamed.txt", "stray.golden"])
    #expect(try GoldenFolder(folder.path + "/none").unreferenced(by: []) == [])
    #expect(throws: FileError.self) {
      try GoldenFolder(folder.path + "/README.md").unreferenced(by: [])
    }
  }

  @Test("a folder that cannot be written to is told and changes no verdict")
  func readOnly() throws {
    let report = try run("at=14", actuals: "/proc/nowhere")
    #expect(report.lines == ["missing  outage.at-00m14s"])
    #expect(report.results.first?.actualProblem != nil)
  }
}
