package import Canvas
import Domain
package import Engine
import Inspection
import Panes
import Recording

/// An incident in one folder: the tape, what is in it, its alerts, the board at its end, and the
/// screens at its end and when its worst alerts fired.
///
/// The same tape and scenes give the same bytes: nothing in it tells of when or where it was made.
package struct IncidentBundle {
  /// The most alerts whose moment is drawn.
  package static let momentBound = 5

  /// A moment that is drawn.
  private struct Moment {
    let word: String
    let title: String
    let at: Timestamp?
  }

  private let path: String
  private let scenes: [Scene]
  private let colors: ExportColors

  /// A bundle of a tape, drawn with a scene a workspace.
  package init(tapeAt path: String, scenes: [Scene], colors: ExportColors) {
    self.path = path
    self.scenes = scenes
    self.colors = colors
  }

  /// Writes everything but the manifest; `told` hears what is being done. Throws `FileError` where
  /// the tape cannot be read, and `OutputError`.
  package func write(to bundle: inout BundleWriter, told: (String) -> Void = { _ in }) throws {
    told("inspecting")
    let (report, files) = try inspected()
    let moments = Self.moments(of: report)
    try bundle.add("README.txt", Array(BundleReadme.text(drawn(moments), report.file.name).utf8))
    told("copying the tape")
    for (name, path) in files { try bundle.add(name, copying: InputFile(path: path)) }
    let page = ReportText(report).lines.map { HostileText.escaped($0.text) + "\n" }.joined()
    try bundle.add("inspect.txt", Array(page.utf8))
    try bundle.add("inspect.json", report.json)
    try bundle.add("alerts.json", report.alertJSON)
    for moment in moments {
      told("drawing \(moment.word)")
      let session = try Session(playing: TapeInput(path: path), until: moment.at)
      if moment.at == nil {
        try bundle.add("board.json", BoardJSON.bytes(of: session.board, at: session.now))
      }
      for scene in scenes {
        let grid = session.draw(scene)
        let name = "screens/\(moment.word)-\(scene.workspace.rawValue)"
        try bundle.add(name + ".txt", Array(PlainText.render(grid).utf8))
        let picture = SVGImage.render(grid, colors: colors, title: moment.title)
        try bundle.add(name + ".svg", Array(picture.utf8))
      }
    }
  }

  /// What is in the tape, and its files by the names they have in the bundle.
  private func inspected() throws -> (TapeReport, files: [(name: String, path: String)]) {
    let input = try TapeInput(path: path)
    var inspector = try TapeInspector(input)
    try inspector.run()
    let files: [(name: String, path: String)] = input.files.enumerated().map { number, path in
      (name: Self.name(of: number, path, input.header.segment), path: path)
    }
    var report = inspector.finished()
    // Its name elsewhere is nothing of the incident's.
    report.file.name = files.first?.name ?? report.file.name
    return (report, files)
  }

  /// The name of a tape's file; those of a run keep theirs, by which they find each other.
  private static func name(of number: Int, _ path: String, _ segment: TapeSegment?) -> String {
    let ending = path.hasSuffix(".gz") ? ".gz" : ""
    if let segment {
      let name = TapeSegment.fileName(run: segment.run, number: segment.number + number)
      if BundleManifest.isName(name), !name.contains("/") { return name + ending }
    }
    return TapeSegment.fileName(run: "tape", number: number + 1) + ending
  }

  /// The end, and the worst alerts, of those that fired at one moment only the first.
  private static func moments(of report: TapeReport) -> [Moment] {
    var seen: Set<Timestamp> = []
    let worst = report.alerts.filter { seen.insert($0.firedAt).inserted }.prefix(momentBound)
    let alerts = worst.enumerated().map { number, alert in
      Moment(
        word: "alert-\(number + 1)",
        title: "\(alert.code) \(alert.subject), \(alert.firedAt.rfc3339)", at: alert.firedAt)
    }
    return [Moment(word: "end", title: "the end, \(report.end.rfc3339)", at: nil)] + alerts
  }

  private func drawn(_ moments: [Moment]) -> [(word: String, title: String)] {
    moments.map { ($0.word, HostileText.escaped($0.title)) }
  }
}

/// What a bundle says of itself.
enum BundleReadme {
  static func text(_ moments: [(word: String, title: String)], _ tape: String) -> String {
    let width = moments.map(\.word.count).max() ?? 0
    let drawn = moments.map { moment in
      let space = String(repeating: " ", count: width - moment.word.count)
      return "    \(moment.word)\(space)  \(moment.title)\n"
    }.joined()
    let name = tape + String(repeating: " ", count: max(0, 13 - tape.utf8.count))
    return """
      An incident, bundled by podium from a tape. Times are UTC.

        \(name)  what was recorded: podium replay \(tape)
        inspect.txt    what is in the tape, for people; inspect.json for programs
        alerts.json    every alert that fired, when, how long it stood and why
        board.json     the state at the end, as a batch of CloudEvents
        screens/       the dashboard, as text and as pictures:
      \(drawn)
      MANIFEST names every file in its order. Its first line is "podium-bundle 1" and their number;
      each further line has the SHA-256 of the line before (its line end included), the SHA-256 of
      the file, its size in bytes and its name. So no file can be changed, removed, added or put
      elsewhere without it showing. To check it:

        podium bundle --verify .
        podium bundle --verify . --seal SEAL     also that it is the one whose seal was noted

      By hand, the files, the chain, and the seal:

        awk 'NR > 1 { print $2 "  " $4 }' MANIFEST | sha256sum --check
        n=1; tail -n +2 MANIFEST | while read before rest; do
          sed -n "${n}p" MANIFEST | sha256sum | grep -q "^$before " || echo "broken after $n"
          n=$((n + 1))
        done
        tail -n 1 MANIFEST | sha256sum

      """
  }
}
