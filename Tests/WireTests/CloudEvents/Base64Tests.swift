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
}
