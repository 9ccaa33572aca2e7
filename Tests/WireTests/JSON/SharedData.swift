import Foundation
import Testing

@testable import Wire

/// The public suites beside the repository, read by tests and never committed.
enum SharedData {
  /// The repository's root, found from this file.
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// `shared` beside the repository.
  static let folder = root.deletingLastPathComponent().appending(path: "shared")

  /// Whether a suite is to be run: where it is absent the test is skipped, except under CI, where it
  /// then fails for want of its file.
  static func isExpected(_ path: String) -> Bool {
    if ProcessInfo.processInfo.environment["CI"] != nil { return true }
    return FileManager.default.fileExists(atPath: folder.appending(path: path).path)
  }

  /// The bytes of one file.
  static func bytes(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: folder.appending(path: path)))
  }

  /// The bytes of one file of `Fixtures/`.
  static func fixture(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: root.appending(path: "Fixtures").appending(path: path)))
  }

  /// The names of the files in a folder, sorted.
  static func names(in path: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: path).path).sorted()
  }
}
