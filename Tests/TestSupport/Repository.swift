package import Foundation

/// The places of this repository that tests read.
package enum Repository {
  /// The folder that holds `Package.swift`.
  package static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  /// The committed tapes.
  package static let tapes = root.appending(path: "Fixtures/tapes")
  /// The committed goldens.
  package static let snapshots = root.appending(path: "Fixtures/snapshots")
  /// The theme files that are part of the program.
  package static let themes = root.appending(path: "Themes/builtin")

  /// Whether a machine runs the tests: then nothing is skipped and nothing recorded.
  package static var isContinuousIntegration: Bool {
    ProcessInfo.processInfo.environment["CI"] != nil
  }

  /// The relative paths of all plain files in a folder, sorted; empty when there is no folder.
  package static func files(in folder: URL) -> [String] {
    let paths = (try? FileManager.default.subpathsOfDirectory(atPath: folder.path)) ?? []
    return paths.filter { path in
      var isFolder: ObjCBool = false
      let file = folder.appending(path: path).path
      return FileManager.default.fileExists(atPath: file, isDirectory: &isFolder)
        && !isFolder.boolValue
    }.sorted()
  }
}
