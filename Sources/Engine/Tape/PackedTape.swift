import CLinux
import Glibc
import Wire

/// Tapes that are compressed, told by their first bytes, whatever their names.
enum PackedTape {
  /// The most bytes that a compressed tape may unpack to.
  static let maximumBytes: Int64 = 8 << 30

  private static let gzip: [UInt8] = [0x1F, 0x8B]
  private static let others: [(magic: [UInt8], tool: String)] = [
    ([0x28, 0xB5, 0x2F, 0xFD], "zstd -d"), ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "unxz"),
    ([0x42, 0x5A, 0x68], "bunzip2"), ([0x50, 0x4B, 0x03, 0x04], "unzip"),
  ]

  /// The file itself where it is not compressed; else what it unpacks to, in a file without a name,
  /// and whether that ends before it should. Closes the file it replaces.
  static func unpacked(
    _ descriptor: Int32, path: String
  ) throws(FileError) -> (descriptor: Int32, isDamaged: Bool) {
    var magic: [UInt8] = Array(repeating: 0, count: 6)
    let count = pread(descriptor, &magic, magic.count, 0)
    guard count >= 0 else { throw FileError("read", path, code: errno) }
    if let tool = others.first(where: { magic.starts(with: $0.magic) })?.tool {
      throw FileError(path, problem: "is compressed: unpack it with `\(tool)` first")
    }
    guard magic.starts(with: gzip) else { return (descriptor, false) }
    let output = clinux_nameless_file(folder)
    guard output >= 0 else { throw FileError("unpack", path, code: errno) }
    do throws(FileError) {
      let isDamaged = try inflate(descriptor, to: output, path: path)
      close(descriptor)
      return (output, isDamaged)
    } catch {
      close(output)
      throw error
    }
  }

  private static var folder: String {
    getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
  }

  /// True where the file ends, or is damaged, before its end: what came before that stands.
  private static func inflate(
    _ input: Int32, to output: Int32, path: String
  ) throws(FileError) -> Bool {
    guard var inflater = ContentInflater(coding: "gzip") else { return true }
    var offset: Int64 = 0
    var written: Int64 = 0
    while true {
      let chunk = [UInt8](unsafeUninitializedCapacity: 256 << 10) { room, count in
        count = max(0, pread(input, room.baseAddress, room.count, off_t(offset)))
      }
      do throws(ContentInflater.Failure) {
        guard !chunk.isEmpty else {
          try inflater.finish()
          return false
        }
        offset += Int64(chunk.count)
        inflater.receive(chunk)
      } catch {
        return true
      }
      while let slice = slice(&inflater) {
        guard !slice.isEmpty else { return true }
        written += Int64(slice.count)
        guard written <= maximumBytes else {
          throw FileError(
            path, problem: "unpacks to more than 8 GiB: unpack it with `gunzip` first")
        }
        guard writeWhole(slice, to: output) else { throw FileError("unpack", path, code: errno) }
      }
    }
  }

  /// The next bytes; empty where there will never be any, nil where more input is needed.
  private static func slice(_ inflater: inout ContentInflater) -> [UInt8]? {
    do throws(ContentInflater.Failure) {
      return try inflater.next()
    } catch {
      return []
    }
  }
}

/// Writes all bytes at the place of a descriptor; false with errno where that fails.
func writeWhole(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
  var written = 0
  while written < bytes.count {
    let count = bytes.withUnsafeBytes { buffer in
      write(descriptor, buffer.baseAddress.map { $0 + written }, buffer.count - written)
    }
    if count > 0 {
      written += count
    } else if errno != EINTR {
      return false
    }
  }
  return true
}
