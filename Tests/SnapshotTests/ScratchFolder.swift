import Foundation

/// A new folder that is gone with the value.
final class ScratchFolder: Sendable {
  let url = FileManager.default.temporaryDirectory.appending(path: "podium-\(UUID().uuidString)")

  init() {
    try? FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }
}
