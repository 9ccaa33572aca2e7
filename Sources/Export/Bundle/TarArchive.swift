/// The blocks of a tar archive (POSIX ustar) with nothing in it that differs between machines: no
/// owner, no time.
package enum TarArchive {
  /// The size of a block.
  package static let block = 512

  /// The header of a file whose bytes follow; nil when the name or size does not fit.
  package static func header(_ name: String, size: Int64) -> [UInt8]? {
    guard !name.isEmpty, name.utf8.count <= 99, (0..<1 << 33).contains(size) else { return nil }
    var header = [UInt8](repeating: 0, count: block)
    put(name, at: 0, in: &header)
    put("0000644", at: 100, in: &header)
    put("0000000", at: 108, in: &header)
    put("0000000", at: 116, in: &header)
    put(octal(size, digits: 11), at: 124, in: &header)
    put("00000000000", at: 136, in: &header)
    put("        ", at: 148, in: &header)
    put("0", at: 156, in: &header)
    put("ustar", at: 257, in: &header)
    put("00", at: 263, in: &header)
    put(octal(Int64(sum(header)), digits: 6), at: 148, in: &header)
    header[154] = 0
    return header
  }

  /// What fills up the last block of a file.
  package static func padding(after size: Int64) -> [UInt8] {
    [UInt8](repeating: 0, count: Int((512 - size % 512) % 512))
  }

  /// The end of an archive.
  package static let end = [UInt8](repeating: 0, count: 2 * block)

  /// What a header block says; nil when it is none, `.some(nil)` when it is the end.
  static func member(_ header: ArraySlice<UInt8>) -> TarMember?? {
    guard header.count == block else { return nil }
    let header = Array(header)
    if header.allSatisfy({ $0 == 0 }) { return .some(nil) }
    guard let sum = number(header[148..<156]), sum == Int64(Self.sum(header)),
      let size = number(header[124..<136]), size >= 0
    else { return nil }
    let name = String(decoding: header[..<100].prefix { $0 != 0 }, as: UTF8.self)
    let prefix = String(decoding: header[345..<500].prefix { $0 != 0 }, as: UTF8.self)
    let isFile = header[156] == 0 || header[156] == UInt8(ascii: "0")
    return TarMember(
      name: prefix.isEmpty ? name : prefix + "/" + name, size: size, isFile: isFile,
      isFolder: header[156] == UInt8(ascii: "5"))
  }

  /// The sum of a header's bytes, its own field counted as blanks.
  private static func sum(_ header: [UInt8]) -> Int {
    header.enumerated().reduce(0) { sum, byte in
      sum + ((148..<156).contains(byte.offset) ? 0x20 : Int(byte.element))
    }
  }

  private static func put(_ text: String, at offset: Int, in header: inout [UInt8]) {
    for (index, byte) in text.utf8.enumerated() { header[offset + index] = byte }
  }

  private static func octal(_ value: Int64, digits: Int) -> String {
    let text = String(value, radix: 8)
    return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
  }

  private static func number(_ field: ArraySlice<UInt8>) -> Int64? {
    let digits = field.filter { $0 != 0 && $0 != 0x20 }
    return digits.isEmpty ? nil : Int64(String(decoding: digits, as: UTF8.self), radix: 8)
  }
}

/// A member of an archive.
struct TarMember: Equatable {
  let name: String
  let size: Int64
  let isFile: Bool
  let isFolder: Bool
}
