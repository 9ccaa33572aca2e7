import Testing

@testable import Transport

@Suite("IP addresses")
struct IPAddressTests {
  @Test(
    "are read from their usual texts",
    arguments: [
      ("127.0.0.1", [127, 0, 0, 1]), ("255.255.255.255", [255, 255, 255, 255]),
      ("::", [UInt8](repeating: 0, count: 16)),
      ("::1", [UInt8](repeating: 0, count: 15) + [1]),
      (
        "2001:db8::ff00:42:8329",
        [0x20, 1, 0xD, 0xB8, 0, 0, 0, 0, 0, 0, 0xFF, 0, 0, 0x42, 0x83, 0x29]
      ),
      ("1:2:3:4:5:6:7:8", [0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 8]),
      ("::ffff:10.1.2.3", [UInt8](repeating: 0, count: 10) + [255, 255, 10, 1, 2, 3]),
      ("fe80::", [0xFE, 0x80] + [UInt8](repeating: 0, count: 14)),
    ])
  func reads(text: String, bytes: [UInt8]) {
    #expect(IPAddress(text)?.bytes == bytes)
  }

  @Test(
    "are not seen in anything else",
    arguments: [
      "", "1.2.3", "1.2.3.4.5", "256.1.1.1", "1.2.3.+4", "1.2.3.0004", "0x7f.1.1.1", "localhost",
      ":",
      ":::", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "12345::", "g::", "1:2:3:4:5:6:7::8",
      "::1.2.3", "1.2.3.4::", "::+1",
    ])
  func refuses(text: String) {
    #expect(IPAddress(text) == nil)
  }

  @Test("lie in a network by their first bits")
  func networks() throws {
    let address = try #require(IPAddress("10.1.2.3"))
    let network = try #require(IPAddress("10.1.3.0"))
    #expect(address.isIn(network, prefixLength: 23))
    #expect(!address.isIn(network, prefixLength: 24))
    #expect(address.isIn(try #require(IPAddress("99.0.0.0")), prefixLength: 0))
    #expect(!address.isIn(try #require(IPAddress("::")), prefixLength: 0))
  }
}
