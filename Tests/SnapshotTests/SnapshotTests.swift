import Canvas
import TestSupport
import Testing

@Suite("the screen is drawn as its golden shows")
struct SnapshotTests {
  @Test("a picture equals its golden", arguments: SnapshotCase.all)
  func picture(_ shown: SnapshotCase) throws {
    let grid = try shown.picture()
    if Golden.isRecording { return try Golden.record(grid, at: shown.path) }
    guard let golden = try Golden.read(shown.path) else {
      Issue.record("no golden \(shown.path); look at the picture, then record it")
      return
    }
    let difference = SnapshotText.difference(golden, grid)
    #expect(difference == nil, "\(shown.path) differs\n\(difference ?? "")")
  }

  @Test("a golden reads back as the picture it was written from", arguments: SnapshotCase.all)
  func roundTrip(_ shown: SnapshotCase) throws {
    let grid = try shown.picture()
    #expect(try SnapshotText.parse(SnapshotText.render(grid)) == grid)
  }

  @Test("nothing in a picture could steer a terminal", arguments: SnapshotCase.all)
  func harmless(_ shown: SnapshotCase) throws {
    let grid = try shown.picture()
    let steering = (0..<grid.size.height).flatMap { y in
      grid.rowText(y).unicodeScalars.filter { scalar in
        scalar.properties.generalCategory == .control || scalar.properties.isBidiControl
      }
    }
    #expect(steering.isEmpty, "\(steering.map { String($0.value, radix: 16) })")
  }

  @Test("each case has a golden of its own")
  func names() {
    let paths = SnapshotCase.all.map(\.path)
    #expect(Set(paths).count == paths.count)
  }

  @Test("no golden is left over", .enabled(if: !Golden.isRecording))
  func leftOver() {
    let known = Set(SnapshotCase.all.map(\.path))
    let found = Repository.files(in: Repository.snapshots)
    #expect(found.filter { !known.contains($0) && $0 != ".gitkeep" } == [])
  }
}
