import Canvas
import TestSupport
import Testing

@Suite("the screen is drawn as its golden shows")
struct SnapshotTests {
  @Test("a picture equals its golden", arguments: PictureCase.all)
  func picture(_ shown: PictureCase) throws {
    let grid = try shown.picture()
    if Goldens.isRecording {
      return try Goldens.record(Golden(name: shown.title, grid: grid), at: shown.path)
    }
    guard let golden = try Goldens.read(shown.path) else {
      Issue.record("no golden \(shown.path); look at the picture, then record it")
      return
    }
    let difference = Goldens.difference(golden.grid, grid)
    #expect(difference == nil, "\(shown.path) differs\n\(difference ?? "")")
    #expect(golden.name == shown.title)
  }

  @Test("a golden reads back as the picture it was written from", arguments: PictureCase.all)
  func roundTrip(_ shown: PictureCase) throws {
    let golden = Golden(name: shown.title, grid: try shown.picture())
    #expect(try SnapshotText.parse(SnapshotText.render(golden)) == golden)
  }

  @Test("nothing in a picture could steer a terminal", arguments: PictureCase.all)
  func harmless(_ shown: PictureCase) throws {
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
    let paths = PictureCase.all.map(\.path)
    #expect(Set(paths).count == paths.count)
  }

  @Test("no golden is left over", .enabled(if: !Goldens.isRecording))
  func leftOver() {
    let known = Set(PictureCase.all.map(\.path))
    let found = Repository.files(in: Repository.snapshots)
    #expect(found.filter { !known.contains($0) && $0 != ".gitkeep" } == [])
  }
}
