import Canvas
import Domain
import Engine
import Panes
import Testing
import Themes

@Suite("a matrix of snapshots")
struct MatrixTests {
  private func view() throws -> SnapshotView {
    SnapshotView(size: Size(width: 120, height: 40), theme: try Theme.builtIn("dark"))
  }

  private func names(_ lines: String..., tapes: [String] = ["tapes/rush.cast"]) throws -> [String] {
    try SnapshotMatrix.cases(of: lines, tapes: tapes, view(), themes: Theme.builtIn).map(\.name)
  }

  @Test("each case is named by its tape and the axes given, in one order")
  func caseNames() throws {
    #expect(
      try names("theme=dark,light size=80x24,120x40 at=0:30,end") == [
        "rush.at-00m30s.80x24.dark", "rush.at-00m30s.80x24.light", "rush.at-00m30s.120x40.dark",
        "rush.at-00m30s.120x40.light", "rush.at-end.80x24.dark", "rush.at-end.80x24.light",
        "rush.at-end.120x40.dark", "rush.at-end.120x40.light",
      ])
    #expect(
      try names(
        "lang=en size=120x40 at=end workspace=kitchen color=truecolor theme=light focus=tickets"
          + " zoom=on charset=ascii")
        == ["rush.at-end.kitchen.tickets.zoomed.120x40.truecolor.ascii.light.en"])
    #expect(try names("") == ["rush"])
    #expect(try names("lang=en,ar") == ["rush.en", "rush.ar"])
  }

  @Test("the cases of several matrices and tapes are one after another")
  func several() throws {
    #expect(
      try names("color=16", "color=mono", tapes: ["a.cast", "b.cast.gz"])
        == ["a.16", "b.16", "a.mono", "b.mono"])
  }

  @Test("an axis sets its part of the view and leaves the rest")
  func values() throws {
    var base = try view()
    base.workspace = .link
    let cases = try SnapshotMatrix.cases(
      of: ["at=-2m size=1x1000 color=256 theme=light charset=ascii"], tapes: ["x.cast"], base,
      themes: Theme.builtIn)
    let view = try #require(cases.first).view
    #expect(view.at == .beforeEnd(.minutes(2)))
    #expect(view.size == Size(width: 1, height: 1000))
    #expect(view.depth == .ansi256)
    #expect(view.theme.name == "light")
    #expect(view.charset == .ascii)
    #expect(view.workspace == .link)
  }

  @Test(
    "a matrix that cannot be meant is refused with the reason",
    arguments: [
      ("size", "\"size\" is no axis with values, such as size=80x24,120x40"),
      (
        "sizes=80x24",
        "\"sizes\" is no axis; there are at, workspace, focus, zoom, size, color, charset, theme,"
          + " lang"
      ),
      ("size=80x24,", "a value is missing in \"size=80x24,\""),
      ("size=", "a value is missing in \"size=\""),
      ("size=80x24,80x24", "a value is named twice in \"size=80x24,80x24\""),
      ("size=80x24 size=1x1", "the axis \"size\" is named twice"),
      ("size=80", "size=80: expected a size such as 120x40, each side 1 to 1000"),
      ("size=0x24", "size=0x24: expected a size such as 120x40, each side 1 to 1000"),
      ("size=1001x1", "size=1001x1: expected a size such as 120x40, each side 1 to 1000"),
      ("size=+8x1", "size=+8x1: expected a size such as 120x40, each side 1 to 1000"),
      ("at=soon", "at=soon: expected a moment such as 1:30, -2m or end"),
      ("color=32", "color=32: expected truecolor, 256, 16 or mono"),
      ("zoom=yes", "zoom=yes: expected on or off"),
      ("workspace=bar", "workspace=bar: expected agents, kitchen, link"),
      (
        "workspace=agents focus=tickets",
        "the workspace agents has no pane tickets; it has mandates, agents, patterns, evidence,"
          + " tasks, agent-alerts"
      ),
      ("at=90,1:30", "two cases are called rush.at-01m30s"),
      (
        "size=1x1,2x1,3x1,4x1,5x1,6x1,7x1,8x1,9x1,10x1,11x1 at=1,2,3,4,5,6,7,8,9,10"
          + " color=truecolor,256,16,mono theme=dark,light,terminal",
        "more than 1000 cases: leave out some values"
      ),
    ])
  func refused(text: String, reason: String) {
    let error = #expect(throws: SnapshotMatrixError.self) { try names(text) }
    #expect(error?.description == reason)
  }

  @Test("an unknown theme is told by what looks for themes")
  func theme() {
    #expect(throws: ThemeError.self) { try names("theme=nope") }
  }

  @Test(
    "the name of a tape is fit for a file",
    arguments: [
      ("/a/b/rush.cast", "rush"), ("rush.cast.gz", "rush"), ("rush.v2.cast", "rush.v2"),
      (".cast", "_cast"), ("a b:c\u{1B}[1m.cast", "a_b_c__1m"), ("", "_"), ("كأس.cast", "كأس"),
      ("../..", "_."), (String(repeating: "x", count: 300), String(repeating: "x", count: 97)),
    ])
  func tapeNames(path: String, word: String) {
    #expect(SnapshotCase.word(ofTape: path) == word)
  }
}
