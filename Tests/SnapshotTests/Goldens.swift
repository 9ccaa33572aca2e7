import Canvas
import Foundation
import TestSupport

/// The committed pictures.
enum Goldens {
  /// Whether pictures are written instead of compared: `PODIUM_RECORD=1`, and never in CI.
  static var isRecording: Bool {
    ProcessInfo.processInfo.environment["PODIUM_RECORD"] == "1"
      && !Repository.isContinuousIntegration
  }

  /// The golden at a path inside the folder of goldens; nil when there is none.
  static func read(_ path: String) throws -> Golden? {
    let file = Repository.snapshots.appending(path: path)
    guard FileManager.default.fileExists(atPath: file.path) else { return nil }
    return try SnapshotText.read(Array(Data(contentsOf: file)))
  }

  /// Writes a golden and says how it differs from the one before.
  static func record(_ golden: Golden, at path: String) throws {
    let file = Repository.snapshots.appending(path: path)
    let text = SnapshotText.render(golden)
    let old = try? String(contentsOf: file, encoding: .utf8)
    guard old != text else { return }
    if let old, let before = try? SnapshotText.parse(old) {
      print("\(path)\n\(difference(before.grid, golden.grid) ?? "is written anew")")
    } else {
      print("\(path) is new")
    }
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: file, atomically: true, encoding: .utf8)
  }

  /// What differs, for a person; nil when nothing does.
  static func difference(_ expected: Grid, _ actual: Grid) -> String? {
    let comparison = GridComparison(expected: expected, actual: actual)
    guard !comparison.isEqual else { return nil }
    return "\(comparison.summary)\n\(SideBySide(comparison, width: 160).text(depth: nil))"
  }
}
