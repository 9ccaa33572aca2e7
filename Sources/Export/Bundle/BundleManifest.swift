import Wire

// The manifest of a bundle, the file MANIFEST: what makes any changed, removed, added or reordered
// file show. Lines end with LF; fields are parted by one blank:
//
//   podium-bundle 1 <number of files>
//   <SHA-256 of the line before, its LF included> <SHA-256 of the file> <size in bytes> <name>
//
// Digests are 64 lower-case hexadecimal digits. The seal is the SHA-256 of the last line: whoever
// notes it elsewhere will also notice a bundle that was made anew.

/// A file of a bundle by what identifies it.
package struct BundleFile: Equatable, Sendable {
  /// The path inside the bundle: letters, digits, `.`, `-`, `_` and `/`.
  package let name: String
  /// Bytes.
  package let size: Int64
  /// The SHA-256 of the bytes as hexadecimal digits.
  package let digest: String

  /// A file.
  package init(name: String, size: Int64, digest: String) {
    self.name = name
    self.size = size
    self.digest = digest
  }
}

/// Why a manifest cannot be read, or where it was altered.
package struct BundleError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The line, from 1.
  package let line: Int
  /// What is wrong there.
  package let problem: String

  package var description: String { "line \(line): \(problem)" }
}

/// The list of a bundle's files, each line chained to the one before.
package struct BundleManifest: Equatable, Sendable {
  /// The name of the manifest's own file.
  package static let name = "MANIFEST"
  /// The most bytes of one.
  package static let maximumBytes = 1 << 20
  /// The version of the format.
  private static let word = "podium-bundle 1"

  /// The files in their order.
  package let files: [BundleFile]

  /// The manifest of files in an order.
  package init(files: [BundleFile]) {
    self.files = files
  }

  /// The bytes of the manifest's file.
  package var bytes: [UInt8] { lines.flatMap { $0 } }

  /// The digest of the last line.
  package var seal: String { Self.digest(lines.last ?? []) }

  private var lines: [[UInt8]] {
    var lines = [Array("\(Self.word) \(files.count)\n".utf8)]
    for file in files {
      let before = Self.digest(lines[lines.count - 1])
      lines.append(Array("\(before) \(file.digest) \(file.size) \(file.name)\n".utf8))
    }
    return lines
  }

  /// Reads a manifest. Throws `notOne` where it is none, and `broken` where its chain is.
  package init(parsing bytes: [UInt8]) throws(Fault) {
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let isWhole = lines.popLast()?.isEmpty ?? false
    guard let first = lines.first.map({ String(decoding: $0, as: UTF8.self) }),
      first.hasPrefix("podium-bundle ")
    else { throw .notOne("its MANIFEST does not begin with \"\(Self.word)\"") }
    guard first.hasPrefix(Self.word + " ") else {
      throw .notOne("made by a newer podium (\"\(first)\"); upgrade podium to verify it")
    }
    var files: [BundleFile] = []
    for (number, line) in lines.enumerated().dropFirst() {
      do throws(BundleError) {
        files.append(try Self.file(line, after: lines[number - 1], number: number + 1))
      } catch { throw .broken(error) }
    }
    guard isWhole, first == "\(Self.word) \(files.count)" else {
      throw .broken(
        BundleError(line: 1, problem: "\"\(first)\", but \(files.count) whole lines follow"))
    }
    self.files = files
  }

  /// Why something is not read as a manifest.
  package enum Fault: Error, Equatable, Sendable {
    /// It is no manifest of ours.
    case notOne(String)
    /// It was one, and was altered.
    case broken(BundleError)
  }

  private static func file(
    _ line: ArraySlice<UInt8>, after before: ArraySlice<UInt8>, number: Int
  ) throws(BundleError) -> BundleFile {
    let fields = line.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    guard fields.count == 4, let size = Int64(fields[2]), size >= 0, isName(fields[3]),
      isDigest(fields[1])
    else {
      throw BundleError(line: number, problem: "expected two digests, a size and a name")
    }
    guard fields[0] == digest(Array(before) + [UInt8(ascii: "\n")]) else {
      throw BundleError(
        line: number, problem: "the chain is broken: this line or the one before it was altered")
    }
    return BundleFile(name: fields[3], size: size, digest: fields[1])
  }

  private static func isDigest(_ text: String) -> Bool {
    text.utf8.count == 64
      && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }

  /// Whether a name stays inside the bundle and needs no quoting anywhere.
  static func isName(_ name: String) -> Bool {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    let isPlain = name.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x2F, 0x5F: true
      default: false
      }
    }
    return isPlain && name.utf8.count <= 99
      && parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
  }

  private static func digest(_ line: [UInt8]) -> String {
    SHA256.hexadecimal(SHA256.digest(line))
  }
}
