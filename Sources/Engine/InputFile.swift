import Glibc

/// A file being read from its beginning.
package final class InputFile {
  private let path: String
  private let descriptor: Int32
  /// Its size in bytes when it was opened.
  package let size: Int64

  /// Opens a plain file.
  package init(path: String) throws(FileError) {
    self.path = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError("open", path, code: errno) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw FileError("read", path, code: errno) }
    size = Int64(status.st_size)
  }

  deinit {
    close(descriptor)
  }

  /// What to say when it ended before its size.
  package var shrank: FileError { FileError(path, problem: "became shorter while it was read") }

  /// The next bytes, at most `count`; none at the end.
  package func read(atMost count: Int = 256 << 10) throws(FileError) -> [UInt8] {
    var code: Int32 = 0
    let chunk = [UInt8](unsafeUninitializedCapacity: max(1, count)) { buffer, got in
      let result = Glibc.read(descriptor, buffer.baseAddress, max(1, count))
      if result < 0 { code = errno }
      got = max(0, result)
    }
    guard code == 0 else { throw FileError("read", path, code: code) }
    return chunk
  }
}

/// A folder and what is in it.
package enum Folder {
  /// The most entries listed.
  package static let bound = 10_000

  /// Something in a folder.
  package struct Entry: Equatable, Sendable {
    /// The path from the folder on, with slashes.
    package let name: String
    /// Whether it is a plain file: no link, pipe or device.
    package let isFile: Bool

    init(name: String, isFile: Bool) {
      self.name = name
      self.isFile = isFile
    }
  }

  /// Whether there is a folder of that path.
  package static func exists(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Makes a folder; one that exists is an error unless it is empty and may be used.
  package static func make(_ path: String) throws(OutputError) {
    if mkdir(path, 0o755) == 0 { return }
    let code = errno
    guard code == EEXIST, exists(path), (try? entries(in: path))?.isEmpty == true else {
      throw OutputError("create", path, code: code)
    }
  }

  /// Everything in a folder and the folders in it but these themselves, by name. Throws when one
  /// cannot be read, or when there is more than `bound`.
  package static func entries(in path: String) throws(FileError) -> [Entry] {
    var found: [Entry] = []
    var folders = [""]
    while let folder = folders.popLast() {
      let place = folder.isEmpty ? path : path + "/" + folder
      for name in try names(in: place) {
        let relative = folder.isEmpty ? name : folder + "/" + name
        var status = stat()
        let isKnown = lstat(place + "/" + name, &status) == 0
        if isKnown, status.st_mode & S_IFMT == S_IFDIR {
          folders.append(relative)
        } else {
          found.append(
            Entry(name: relative, isFile: isKnown && status.st_mode & S_IFMT == S_IFREG))
        }
        guard found.count + folders.count <= bound else {
          throw FileError(path, problem: "more than \(bound) files in it")
        }
      }
    }
    return found.sorted { $0.name < $1.name }
  }

  private static func names(in path: String) throws(FileError) -> [String] {
    guard let stream = opendir(path) else { throw FileError("open", path, code: errno) }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }
}
