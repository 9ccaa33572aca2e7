package import Engine
import Wire

/// Writes a bundle: into a new folder, or, where the name ends in `.tar`, into an archive.
///
/// The manifest comes last: what was given up half-way has none, and is no bundle.
package struct BundleWriter {
  private enum Place {
    case folder(String)
    case archive(OutputFile)
  }

  private let place: Place
  private var folders: Set<String> = []
  private var files: [BundleFile] = []

  /// Begins a bundle; what exists is an error, unless it is an archive that is to be replaced, or
  /// an empty folder.
  package init(creating path: String, replaces: Bool) throws(OutputError) {
    if path.hasSuffix(".tar") {
      place = .archive(try OutputFile(creating: path, replaces: replaces))
    } else {
      try Folder.make(path)
      place = .folder(path)
    }
  }

  /// Adds a file; its name is one of `BundleManifest`'s.
  package mutating func add(_ name: String, _ bytes: [UInt8]) throws(OutputError) {
    let file = try begin(name, size: Int64(bytes.count))
    try file.write(bytes)
    try end(name, file, size: Int64(bytes.count), SHA256.digest(bytes))
  }

  /// Adds a file as it was when it was opened: what was appended since is left out. Throws
  /// `FileError` where it cannot be read, and `OutputError`.
  package mutating func add(_ name: String, copying input: InputFile) throws {
    let file = try begin(name, size: input.size)
    var hash = SHA256()
    var rest = input.size
    while rest > 0 {
      let chunk = try input.read(atMost: Int(min(rest, 256 << 10)))
      guard !chunk.isEmpty else { throw input.shrank }
      hash.update(chunk)
      try file.write(chunk)
      rest -= Int64(chunk.count)
    }
    try end(name, file, size: input.size, hash.finish())
  }

  /// Writes the manifest and returns it.
  package mutating func finish() throws(OutputError) -> BundleManifest {
    let manifest = BundleManifest(files: files)
    try add(BundleManifest.name, manifest.bytes)
    if case .archive(let archive) = place {
      try archive.write(TarArchive.end)
      try archive.finish()
    }
    return manifest
  }

  private mutating func begin(_ name: String, size: Int64) throws(OutputError) -> OutputFile {
    switch place {
    case .folder(let path):
      if let slash = name.lastIndex(of: "/"), folders.insert(String(name[..<slash])).inserted {
        try Folder.make(path + "/" + name[..<slash])
      }
      return try OutputFile(creating: path + "/" + name)
    case .archive(let archive):
      guard let header = TarArchive.header(name, size: size) else {
        throw OutputError("\(name) is too large for a tar archive; bundle into a folder")
      }
      try archive.write(header)
      return archive
    }
  }

  private mutating func end(
    _ name: String, _ file: OutputFile, size: Int64, _ digest: [UInt8]
  ) throws(OutputError) {
    switch place {
    case .folder: try file.finish()
    case .archive(let archive): try archive.write(TarArchive.padding(after: size))
    }
    files.append(BundleFile(name: name, size: size, digest: SHA256.hexadecimal(digest)))
  }
}
