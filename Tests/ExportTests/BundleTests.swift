import Canvas
import Domain
import Engine
import Export
import Foundation
import Panes
import TestSupport
import Testing
import Wire

@Suite("The manifest of a bundle")
struct BundleManifestTests {
  private static let files = [
    BundleFile(name: "a.txt", size: 3, digest: String(repeating: "a", count: 64)),
    BundleFile(name: "b/c.txt", size: 0, digest: String(repeating: "b", count: 64)),
  ]
  private static let bytes = BundleManifest(files: files).bytes

  @Test("chains each line to the one before")
  func chain() {
    let first = "podium-bundle 1 2\n"
    let second =
      SHA256.hexadecimal(SHA256.digest(first.utf8)) + " " + String(repeating: "a", count: 64)
      + " 3 a.txt\n"
    let third =
      SHA256.hexadecimal(SHA256.digest(second.utf8)) + " " + String(repeating: "b", count: 64)
      + " 0 b/c.txt\n"
    #expect(String(decoding: Self.bytes, as: UTF8.self) == first + second + third)
    #expect(
      BundleManifest(files: Self.files).seal == SHA256.hexadecimal(SHA256.digest(third.utf8)))
  }

  @Test("is read back")
  func roundTrip() throws {
    #expect(try BundleManifest(parsing: Self.bytes).files == Self.files)
    #expect(try BundleManifest(parsing: BundleManifest(files: []).bytes).files.isEmpty)
  }

  @Test(
    "shows each altered byte before its last line, and never accepts one of that as another list")
  func alteredBytes() {
    for index in Self.bytes.indices {
      var altered = Self.bytes
      altered[index] ^= 1
      let read = try? BundleManifest(parsing: altered)
      #expect(read?.files != Self.files || read == nil)
    }
  }

  @Test("shows a removed, repeated or exchanged line")
  func alteredLines() {
    let lines = Self.bytes.split(separator: 0x0A).map { $0 + [0x0A] }
    for order in [[0, 2], [0, 1], [0, 2, 1], [0, 1, 1, 2], [0, 1, 2, 2]] {
      let altered = order.flatMap { lines[$0] }
      #expect(throws: BundleManifest.Fault.self) { try BundleManifest(parsing: Array(altered)) }
    }
    #expect(throws: BundleManifest.Fault.self) {
      try BundleManifest(parsing: Self.bytes.dropLast())
    }
  }

  @Test(
    "takes no name that leads out of the bundle",
    arguments: ["../x", "/etc/passwd", "a//b", "a/./b", "", "a\u{e9}", ".."])
  func names(name: String) {
    let digest = String(repeating: "a", count: 64)
    let manifest = BundleManifest(files: [BundleFile(name: name, size: 1, digest: digest)])
    #expect(throws: BundleManifest.Fault.self) { try BundleManifest(parsing: manifest.bytes) }
  }

  @Test("of another file is none", arguments: ["", "noise", "podium-bundle 2 0\n", "{}\n"])
  func foreign(text: String) {
    let fault = #expect(throws: BundleManifest.Fault.self) {
      try BundleManifest(parsing: Array(text.utf8))
    }
    guard case .notOne = fault else {
      Issue.record("\(text) is read as a manifest")
      return
    }
  }
}

@Suite("A bundle")
struct BundleTests {
  private func bundle(_ tape: Tape, at path: String) throws -> BundleManifest {
    let scenes = try Workspace.allCases.map { try scene($0) }
    var writer = try BundleWriter(creating: path, replaces: false)
    try IncidentBundle(tapeAt: tape.path, scenes: scenes, colors: .dark).write(to: &writer)
    return try writer.finish()
  }

  private func findings(_ path: String, noted: String? = nil) throws -> [String] {
    let reading = try BundleReading(at: path)
    return try BundleVerification(
      reading.manifest, found: reading.files, isOrdered: reading.isOrdered, noted: noted
    ).findings.map(\.description)
  }

  @Test("holds the tape, what is in it, the board, and the screens of its worst moments")
  func contents() throws {
    try withFolder { folder in
      let manifest = try bundle(.gaps, at: folder + "/b")
      let moments = ["end", "alert-1", "alert-2", "alert-3"]
      #expect(
        Set(manifest.files.map(\.name))
          == Set(
            ["README.txt", "tape.cast", "inspect.txt", "inspect.json", "alerts.json", "board.json"]
              + moments.flatMap { moment in
                ["agents", "kitchen", "link"].flatMap {
                  ["screens/\(moment)-\($0).txt", "screens/\(moment)-\($0).svg"]
                }
              }))
      #expect(
        try Data(contentsOf: URL(filePath: folder + "/b/tape.cast"))
          == Data(contentsOf: URL(filePath: Tape.gaps.path)))
      #expect(try findings(folder + "/b").isEmpty)
      #expect(try findings(folder + "/b", noted: manifest.seal.uppercased()).isEmpty)
    }
  }

  @Test("has the same bytes each time, as a folder and as an archive")
  func determinism() throws {
    try withFolder { folder in
      let first = try bundle(.outage, at: folder + "/one")
      #expect(try bundle(.outage, at: folder + "/two") == first)
      #expect(try bundle(.outage, at: folder + "/b.tar") == first)
      #expect(try findings(folder + "/b.tar").isEmpty)
    }
  }

  @Test("names each file that was changed, removed or added")
  func altered() throws {
    try withFolder { folder in
      let path = folder + "/b"
      _ = try bundle(.empty, at: path)
      try Data("x".utf8).write(to: URL(filePath: path + "/board.json"))
      var tape = try Data(contentsOf: URL(filePath: path + "/tape.cast"))
      tape[20] ^= 1
      try tape.write(to: URL(filePath: path + "/tape.cast"))
      try FileManager.default.removeItem(atPath: path + "/inspect.txt")
      try Data().write(to: URL(filePath: path + "/screens/extra.svg"))
      #expect(
        try findings(path) == [
          "changed: tape.cast has its size, but other bytes",
          "missing: inspect.txt",
          "changed: board.json has 1 bytes instead of 946",
          "added: screens/extra.svg",
        ])
    }
  }

  @Test("that was made anew shows by its seal")
  func seal() throws {
    try withFolder { folder in
      let old = try bundle(.empty, at: folder + "/old")
      let new = try bundle(.gaps, at: folder + "/new")
      #expect(
        try findings(folder + "/new", noted: old.seal)
          == ["another seal: it is \(new.seal), noted was \(old.seal)"])
    }
  }

  @Test("in an archive shows what is cut off, repeated or at another place")
  func archive() throws {
    try withFolder { folder in
      let path = folder + "/b.tar"
      let size = try #require(try bundle(.empty, at: path).files.first?.size)
      let whole = try Data(contentsOf: URL(filePath: path))
      func check(_ data: Data) throws -> [String] {
        try data.write(to: URL(filePath: path))
        return try findings(path)
      }
      #expect(throws: BundleReading.NoBundle.self) { try check(whole.prefix(5_000)) }
      #expect(throws: BundleReading.NoBundle.self) { try check(Data()) }
      #expect(throws: BundleReading.NoBundle.self) { try check(Data("noise".utf8)) }
      try whole.write(to: URL(filePath: path))
      // The first member, README.txt, once more: its header and the blocks of its bytes.
      let readme = whole.prefix(512 + (Int(size) + 511) / 512 * 512)
      #expect(try check(readme + whole).contains("added: README.txt"))
    }
  }

  @Test("is made beside nothing that exists")
  func existing() throws {
    try withFolder { folder in
      try Data("precious".utf8).write(to: URL(filePath: folder + "/b.tar"))
      #expect(throws: OutputError.self) { try bundle(.empty, at: folder + "/b.tar") }
      #expect(throws: OutputError.self) { try bundle(.empty, at: folder) }
      #expect(throws: FileError.self) { try findings(folder + "/nothing") }
      #expect(throws: BundleReading.NoBundle.self) { try findings(folder) }
      let kept = try Data(contentsOf: URL(filePath: folder + "/b.tar"))
      #expect(kept == Data("precious".utf8))
    }
  }
}

@Suite("A file being written")
struct OutputFileTests {
  @Test("is gone when it was given up, and one it was to replace stays")
  func givenUp() throws {
    try withFolder { folder in
      let path = folder + "/x"
      do {
        let file = try OutputFile(creating: path)
        try file.write([1, 2, 3])
      }
      #expect(!FileManager.default.fileExists(atPath: path))
      try Data("old".utf8).write(to: URL(filePath: path))
      do {
        let file = try OutputFile(creating: path, replaces: true)
        try file.write([1, 2, 3])
      }
      #expect(try Data(contentsOf: URL(filePath: path)) == Data("old".utf8))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["x"])
    }
  }

  @Test("replaces another only when asked to")
  func replacing() throws {
    try withFolder { folder in
      let path = folder + "/x"
      try Data("old".utf8).write(to: URL(filePath: path))
      let error = #expect(throws: OutputError.self) { _ = try OutputFile(creating: path) }
      #expect(
        error?.description == "cannot create \(path): File exists; choose another name, or --force")
      let file = try OutputFile(creating: path, replaces: true)
      try file.write(Array("new".utf8))
      try file.finish()
      #expect(try Data(contentsOf: URL(filePath: path)) == Data("new".utf8))
    }
  }
}
