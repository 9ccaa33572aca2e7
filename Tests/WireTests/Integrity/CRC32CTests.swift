import Testing

@testable import Wire

@Suite struct CRC32CTests {
  private static func sum(_ bytes: [UInt8]) -> UInt32 {
    bytes.withUnsafeBytes { CRC32C($0).value }
  }

  @Test(
    "the vectors of RFC 3720 B.4 and the check value of the catalogue",
    arguments: [
      (Array(repeating: 0, count: 32), 0x8A91_36AA),
      (Array(repeating: 0xFF, count: 32), 0x62A8_AB43), (Array(0..<32), 0x46DD_794E),
      (Array((0..<32).reversed()), 0x113F_DB5C),
      (
        [
          0x01, 0xC0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x14, 0, 0, 0, 0, 0, 0x04, 0, 0, 0,
          0, 0x14, 0, 0, 0, 0x18, 0x28, 0, 0, 0, 0, 0, 0, 0, 0x02, 0, 0, 0, 0, 0, 0, 0,
        ], 0xD996_3A56
      ), (Array("123456789".utf8), 0xE306_9283), ([], 0),
    ] as [([UInt8], UInt32)])
  func vectors(bytes: [UInt8], expected: UInt32) {
    #expect(Self.sum(bytes) == expected)
  }

  @Test("the pieces it is given in make no difference")
  func pieces() {
    let bytes = (0..<100).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 11) }
    for cut in 0...100 {
      var sum = CRC32C()
      Array(bytes[..<cut]).withUnsafeBytes { sum.append($0) }
      Array(bytes[cut...]).withUnsafeBytes { sum.append($0) }
      #expect(sum.value == Self.sum(bytes))
    }
    var single = CRC32C()
    for byte in bytes { single.append(byte) }
    #expect(single.value == Self.sum(bytes))
  }

  @Test("it is written with eight digits, and read only so")
  func digits() {
    func isWritten(_ text: String) -> Bool {
      Array(text.utf8).withUnsafeBytes { CRC32C().isWritten($0) }
    }
    #expect(CRC32C().digits == Array("00000000".utf8))
    #expect(isWritten("00000000"))
    for text in ["", "0", "000000000", "0000000g", "+0000000", "0000000A"] {
      #expect(!isWritten(text))
    }
    var check = CRC32C()
    Array("123456789".utf8).withUnsafeBytes { check.append($0) }
    #expect(check.digits == Array("e3069283".utf8))
    #expect(Array("e3069283".utf8).withUnsafeBytes { check.isWritten($0) })
    #expect(!Array("E3069283".utf8).withUnsafeBytes { check.isWritten($0) })
  }
}
