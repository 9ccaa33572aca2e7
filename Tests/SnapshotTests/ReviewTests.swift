import Canvas
import Engine
import Foundation
import TestSupport
import Testing

@Suite("a review of pictures")
struct ReviewTests {
  private let scratch = ScratchFolder()
  private var folder: URL { scratch.url }

  private func golden(_ text: String) -> Golden {
    var grid = Grid(size: Size(width: 10, height: 2))
    grid.write(text, x: 0, y: 0)
    return Golden(name: "a case", grid: grid)
  }

  /// Three pictures that wait: two that differ, one that is new.
  private func pending() throws -> [ReviewItem] {
    try FileManager.default.createDirectory(
      at: folder.appending(path: "inner"), withIntermediateDirectories: true)
    for name in ["a.golden", "inner/b.golden"] {
      try GoldenFile.write(golden("old"), to: "\(folder.path)/\(name)")
    }
    for name in ["a.golden", "inner/b.golden", "new.golden"] {
      try GoldenFile.write(golden("now"), to: "\(folder.path)/\(name).actual")
    }
    return try ReviewItem.pending(in: folder.path)
  }

  private func text(of name: String) throws -> String? {
    try GoldenFile.read("\(folder.path)/\(name)")?.grid.rowText(0)
  }

  private func review(_ keys: [Key]) throws -> (report: ReviewReport, display: TypedDisplay) {
    let display = TypedDisplay(keys)
    var review = Review(of: try pending(), on: display)
    return (review.run(), display)
  }

  @Test("what waits is found in the folder and below, sorted")
  func finds() throws {
    #expect(try pending().map(\.name) == ["a.golden", "inner/b.golden", "new.golden"])
    #expect(try ReviewItem.pending(in: folder.path + "/none") == [])
  }

  @Test("accepting puts the picture in place, rejecting removes it, skipping leaves both")
  func decides() throws {
    let (report, _) = try review([.character("a"), .character("r"), .character("s")])
    #expect(
      report.text == """
        accepted  a.golden
        rejected  inner/b.golden
        left      new.golden
        1 accepted, 1 rejected, 1 left as they are
        """)
    #expect(try text(of: "a.golden") == "now       ")
    #expect(try text(of: "inner/b.golden") == "old       ")
    #expect(Repository.files(in: folder) == ["a.golden", "inner/b.golden", "new.golden.actual"])
  }

  @Test("leaving keeps what was decided, and tells what was not")
  func leaves() throws {
    for ending in [Key.character("q"), .control("c")] {
      let (report, _) = try review([.character("n"), .character("a"), ending])
      #expect(report.accepted == ["inner/b.golden"])
      #expect(report.left == ["a.golden", "new.golden"])
    }
  }

  @Test("n and p pass over what is gone and come round")
  func walks() throws {
    let (_, display) = try review([
      .character("a"), .character("n"), .character("n"), .character("p"), .character("q"),
    ])
    let places = display.frames.map { String($0.rowText(0).prefix(24)) }
    #expect(
      places == [
        " 1/3  a.golden          ", " 2/3  inner/b.golden    ", " 3/3  new.golden        ",
        " 2/3  inner/b.golden    ", " 3/3  new.golden        ",
      ])
  }

  @Test("flipping shows expected and actual in the same place")
  func flips() throws {
    let (_, display) = try review([
      .character("f"), .character("f"), .character("d"), .character("q"),
    ])
    let frames = display.frames
    #expect(frames[0].rowText(1).hasPrefix(" difference  1 row differs: 3 glyphs"))
    #expect(frames[0].rowText(4).hasPrefix("1   old        │ now"))
    #expect(frames[1].rowText(1).hasPrefix(" actual  "))
    #expect(frames[1].rowText(2).hasPrefix("now "))
    #expect(frames[2].rowText(1).hasPrefix(" expected  "))
    #expect(frames[2].rowText(2).hasPrefix("old "))
    #expect(frames[3].rowText(1).hasPrefix(" difference  "))
    #expect(frames[0].rowText(23).contains("a accept"))
  }

  @Test("a new picture is shown as it is")
  func new() throws {
    let (_, display) = try review([.character("p"), .character("q")])
    #expect(display.frames[1].rowText(1).hasPrefix(" new  new: there is no golden yet"))
    #expect(display.frames[1].rowText(2).hasPrefix("now "))
  }

  @Test("what is no picture cannot be accepted")
  func noise() throws {
    _ = try pending()
    try "noise".write(
      to: folder.appending(path: "a.golden.actual"), atomically: true, encoding: .utf8)
    let (report, display) = try reviewAgain([.character("a"), .character("q")])
    #expect(report.accepted == [])
    #expect(display.frames[1].rowText(23).contains("a.golden.actual:1: this is no golden"))
    #expect(try text(of: "a.golden") == "old       ")
  }

  private func reviewAgain(_ keys: [Key]) throws -> (report: ReviewReport, display: TypedDisplay) {
    let display = TypedDisplay(keys)
    display.size.width = 240
    var review = Review(of: try ReviewItem.pending(in: folder.path), on: display)
    return (review.run(), display)
  }

  @Test("any keys and sizes are survived", arguments: 0..<40)
  func fuzz(seed: Int) throws {
    let all: [Key] = [
      .character("s"), .character("f"), .character("d"), .character("n"), .character("p"), .up,
      .down, .left, .right, .pageUp, .pageDown, .home, .escape, .control("z"),
    ]
    let keys = (0..<40).map { all[($0 * 7 + seed * 13 + $0 * seed) % all.count] }
    let display = TypedDisplay(keys)
    display.size = Size(width: seed % 7 * 20, height: seed % 5)
    var review = Review(of: try pending(), on: display)
    #expect(review.run().left.count == 3)
  }
}

/// A display on which keys were typed in advance; the review ends when they are used up.
private final class TypedDisplay: Display {
  var size = Size(width: 80, height: 24)
  let charset = Charset.unicode
  let colorDepth = ColorDepth.truecolor
  private(set) var frames: [Grid] = []
  private var keys: [Key]
  private let ready: FileHandle

  init(_ keys: [Key]) {
    self.keys = keys.reversed()
    // Always readable, so that the review never waits.
    ready = FileHandle(forReadingAtPath: "/dev/zero") ?? .standardInput
  }

  var descriptors: [Int32] { [ready.fileDescriptor] }

  func readEvents() -> [InputEvent] { [keys.popLast().map { .key($0) } ?? .endOfInput] }

  func present(_ grid: Grid) -> Int {
    frames.append(grid)
    return 1
  }

  func invalidate() {}
  func suspend() {}
}
