import Glibc

/// A folder of goldens.
package struct GoldenFolder: Sendable {
  /// Where it is.
  package let path: String

  /// The ending of a picture that differs from its golden, beside it until it is judged.
  package static let actualEnding = ".actual"
  /// The most entries of a folder that are looked at, and the deepest folder below.
  private static let (mostEntries, deepest) = (100_000, 16)

  /// A folder that need not exist yet.
  package init(_ path: String) {
    self.path = path
  }

  /// The goldens directly in this folder that none of `names` names, sorted: files that end as
  /// goldens do, and those that begin so. A folder that does not exist has none.
  package func unreferenced(by names: Set<String>) throws(FileError) -> [String] {
    try entries(of: path).filter { name in
      guard !names.contains(name), !name.hasSuffix(Self.actualEnding) else { return false }
      return name.hasSuffix(SnapshotCase.ending) || GoldenFile.isGolden("\(path)/\(name)")
    }
  }

  /// The pictures in this folder, and those below it, that wait to be judged, sorted.
  package func pending() throws(FileError) -> [String] {
    var pending: [String] = []
    var folders = [""]
    while let folder = folders.popLast() {
      for name in try entries(of: folder.isEmpty ? path : "\(path)/\(folder)") {
        let inside = folder.isEmpty ? name : "\(folder)/\(name)"
        if name.hasSuffix(Self.actualEnding), name != Self.actualEnding {
          pending.append(inside)
        } else if inside.split(separator: "/").count < Self.deepest, isFolder("\(path)/\(inside)") {
          folders.append(inside)
        }
      }
    }
    return pending.sorted()
  }

  /// The names in a folder but hidden ones, sorted; none where there is no folder.
  private func entries(of path: String) throws(FileError) -> [String] {
    guard let folder = opendir(path) else {
      if errno == ENOENT { return [] }
      throw FileError("open", path, code: errno)
    }
    defer { closedir(folder) }
    var names: [String] = []
    while names.count < Self.mostEntries, let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }

  /// Whether a path is a folder itself, not a link to one.
  private func isFolder(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
