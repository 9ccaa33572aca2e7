import Testing

@testable import Wire

@Suite struct Base64Tests {
  @Test(
    "padding may be right or absent",
    arguments: [
      ("", []), ("Zg==", [0x66]), ("Zg", [0x66]), ("Zm8=", [0x66, 0x6F]), ("Zm8", [0x66, 0x6F]),
      ("Zm9v", [0x66, 0x6F, 0x6F]), ("+/+/", [0xFB, 0xFF, 0xBF]),
    ] as [(String, [UInt8])])
  func valid(text: String, bytes: [UInt8]) {
    #expect(Base64.decode(text.utf8) == bytes)
  }

  @Test(
    "anything else is refused",
    arguments: ["Z", "Zg=", "Zg===", "Z===", "Zg==Zg==", "Zm 9v", "-_-_", "=", "===="])
  func invalid(text: String) {
    #expect(Base64.decode(text.utf8) == nil)
  }

  @Test(
    "text is padded",
    arguments: [
      ([], ""), ([0x66], "Zg=="), ([0x66, 0x6F], "Zm8="), ([0x66, 0x6F, 0x6F], "Zm9v"),
      ([0xFB, 0xFF, 0xBF, 0x00], "+/+/AA=="),
    ] as [([UInt8], String)])
  func written(bytes: [UInt8], text: String) {
    #expect(Base64.encode(bytes) == text)
  }

  @Test("what was written is read back", arguments: 0..<70)
  func roundTrip(count: Int) {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 151 &+ 7) }
    #expect(Base64.decode(Base64.encode(bytes).utf8) == bytes)
  }
}
