import Engine
import Wire

/// What a bundle on disk holds: the bytes of its manifest, and its files with their digests.
package struct BundleReading: Equatable, Sendable {
  /// Why something is no bundle.
  package struct NoBundle: Error, Equatable, Sendable, CustomStringConvertible {
    /// What it is instead, and where.
    package let description: String
  }

  package private(set) var manifest: [UInt8] = []
  package private(set) var files: [BundleFile] = []
  /// Whether the order of the files means something: it does in an archive.
  package let isOrdered: Bool

  /// Reads a folder or a tar archive. Throws `FileError` where it cannot be read, and `NoBundle`
  /// where it is none.
  package init(at path: String) throws {
    isOrdered = !Folder.exists(path)
    var isFound = false
    if isOrdered {
      isFound = try readArchive(path)
    } else {
      isFound = try readFolder(path)
    }
    guard isFound else {
      throw NoBundle(description: "\(path) is no bundle: it has no \(BundleManifest.name)")
    }
  }

  private mutating func readFolder(_ path: String) throws -> Bool {
    var isFound = false
    for entry in try Folder.entries(in: path) {
      let place = path + "/" + entry.name
      guard entry.isFile else {
        files.append(BundleFile(name: entry.name, size: 0, digest: "no plain file"))
        continue
      }
      if entry.name == BundleManifest.name {
        manifest = try Self.manifest(place)
        isFound = true
      } else {
        files.append(try Self.file(entry.name, at: place))
      }
    }
    return isFound
  }

  private static func manifest(_ path: String) throws -> [UInt8] {
    let file = try InputFile(path: path)
    var bytes: [UInt8] = []
    while bytes.count <= BundleManifest.maximumBytes {
      let chunk = try file.read()
      if chunk.isEmpty { return bytes }
      bytes += chunk
    }
    throw NoBundle(
      description: "\(path) is longer than \(BundleManifest.maximumBytes) bytes: no manifest")
  }

  private static func file(_ name: String, at path: String) throws -> BundleFile {
    let file = try InputFile(path: path)
    var hash = SHA256()
    var size: Int64 = 0
    while true {
      let chunk = try file.read()
      if chunk.isEmpty { break }
      hash.update(chunk)
      size += Int64(chunk.count)
    }
    return BundleFile(name: name, size: size, digest: SHA256.hexadecimal(hash.finish()))
  }

  private mutating func readArchive(_ path: String) throws -> Bool {
    var archive = ArchiveReader(file: try InputFile(path: path), path: path)
    var isFound = false
    while let member = try archive.next() {
      if member.isFolder { continue }
      if member.isFile, member.name == BundleManifest.name, !isFound,
        member.size <= Int64(BundleManifest.maximumBytes)
      {
        try archive.read(member.size) { manifest += $0 }
        isFound = true
        continue
      }
      var hash = SHA256()
      try archive.read(member.size) { hash.update($0) }
      let digest = member.isFile ? SHA256.hexadecimal(hash.finish()) : "no plain file"
      files.append(BundleFile(name: member.name, size: member.size, digest: digest))
      guard files.count <= Folder.bound else {
        throw NoBundle(description: "\(path) has more than \(Folder.bound) files")
      }
    }
    return isFound
  }
}

/// Goes through a tar archive from its beginning.
private struct ArchiveReader {
  let file: InputFile
  let path: String
  private var pending: [UInt8] = []
  private var isBegun = false

  init(file: InputFile, path: String) {
    self.file = file
    self.path = path
  }

  /// The next member; nil at the end.
  mutating func next() throws -> TarMember? {
    try fill(TarArchive.block)
    guard isBegun || !pending.isEmpty else { throw fault("is empty: neither a folder nor a tar") }
    guard let member = TarArchive.member(pending.prefix(TarArchive.block)) else {
      throw fault(
        isBegun ? "is cut off or damaged" : "is no bundle: neither a folder nor a tar archive")
    }
    isBegun = true
    pending.removeFirst(TarArchive.block)
    return member
  }

  /// Hands over the bytes of a member and passes the rest of its last block over.
  mutating func read(_ size: Int64, _ each: (ArraySlice<UInt8>) -> Void) throws {
    var rest = size
    while rest > 0 {
      if pending.isEmpty { pending = try file.read() }
      guard !pending.isEmpty else { throw fault("is cut off") }
      let part = pending.prefix(Int(clamping: rest))
      each(part)
      rest -= Int64(part.count)
      pending.removeFirst(part.count)
    }
    let padding = TarArchive.padding(after: size).count
    try fill(padding)
    pending.removeFirst(min(padding, pending.count))
  }

  private mutating func fill(_ count: Int) throws {
    while pending.count < count {
      let chunk = try file.read()
      if chunk.isEmpty { return }
      pending += chunk
    }
  }

  private func fault(_ problem: String) -> BundleReading.NoBundle {
    BundleReading.NoBundle(description: "\(path) \(problem)")
  }
}
