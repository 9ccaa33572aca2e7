package import Canvas
import Glibc

/// Goldens on the disk. What is written replaces a file whole or not at all.
package enum GoldenFile {
  /// The largest golden that is read; one of 1000x1000 cells takes less than a tenth.
  private static let largest = 64 << 20

  /// The golden at a path; nil where there is none.
  package static func read(_ path: String) throws(FileError) -> Golden? {
    guard let bytes = try bytes(of: path, atMost: largest) else { return nil }
    do throws(SnapshotTextError) {
      return try SnapshotText.read(bytes)
    } catch {
      throw FileError("\(path):\(error.line)", problem: error.problem)
    }
  }

  /// Whether there is a file at a path that begins as goldens do.
  static func isGolden(_ path: String) -> Bool {
    let bytes = (try? bytes(of: path, atMost: SnapshotText.beginning.utf8.count)) ?? nil
    return bytes.map { Array(SnapshotText.beginning.utf8) == $0 } ?? false
  }

  /// Writes a golden in place of what is there.
  package static func write(_ golden: Golden, to path: String) throws(FileError) {
    let new = "\(path).new-\(getpid())"
    let bytes = Array(SnapshotText.render(golden).utf8)
    unlink(new)
    let descriptor = open(new, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw FileError("create", path, code: errno) }
    var written = 0
    var code: Int32 = 0
    while written < bytes.count, code == 0 {
      let count = bytes.withUnsafeBytes { buffer in
        Glibc.write(descriptor, buffer.baseAddress.map { $0 + written }, buffer.count - written)
      }
      if count >= 0 { written += count } else if errno != EINTR { code = errno }
    }
    if close(descriptor) != 0, code == 0 { code = errno }
    if code == 0, rename(new, path) != 0 { code = errno }
    guard code == 0 else {
      unlink(new)
      throw FileError("write", path, code: code)
    }
  }

  /// Removes a file; one that is not there is as good as removed.
  package static func remove(_ path: String) throws(FileError) {
    guard unlink(path) != 0, errno != ENOENT else { return }
    throw FileError("remove", path, code: errno)
  }

  /// Makes a folder and those above it, where they are missing.
  package static func makeFolder(_ path: String) throws(FileError) {
    for index in path.indices.dropFirst() where path[index] == "/" {
      mkdir(String(path[..<index]), 0o755)
    }
    guard mkdir(path, 0o755) != 0, errno != EEXIST else { return }
    throw FileError("create", path, code: errno)
  }

  /// At most so many bytes of a plain file; nil where there is none. Never waits for a pipe.
  private static func bytes(of path: String, atMost limit: Int) throws(FileError) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      if errno == ENOENT { return nil }
      throw FileError("open", path, code: errno)
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw FileError("read", path, code: status.st_mode & S_IFMT == S_IFDIR ? EISDIR : EINVAL)
    }
    var bytes: [UInt8] = []
    while bytes.count < limit {
      var code: Int32 = 0
      let chunk = [UInt8](unsafeUninitializedCapacity: min(limit - bytes.count, 1 << 20)) {
        buffer, count in
        let got = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
        if got < 0 { code = errno }
        count = max(0, got)
      }
      guard code == 0 else { throw FileError("read", path, code: code) }
      guard !chunk.isEmpty else { break }
      bytes += chunk
    }
    return bytes
  }
}
