import Domain
import Testing

@testable import Transport

@Suite("reading the names of a certificate")
struct DistinguishedNamesTests {
  /// An element of DER with a short length.
  private static func element(_ tag: UInt8, _ contents: [UInt8]) -> [UInt8] {
    [tag, UInt8(contents.count)] + contents
  }

  private static func name(_ type: UInt8, _ text: String) -> [UInt8] {
    element(
      0x31,
      element(0x30, element(0x06, [0x55, 0x04, type]) + element(0x0C, Array(text.utf8))))
  }

  private static func certificate(issuer: [UInt8], subject: [UInt8], version: Bool = true)
    -> [UInt8]
  {
    let fields =
      (version ? element(0xA0, [2, 1, 2]) : []) + element(0x02, [1]) + element(0x30, [])
      + element(0x30, issuer) + element(0x30, []) + element(0x30, subject)
    return element(0x30, element(0x30, fields))
  }

  @Test("the common name is taken, else the organization", arguments: [true, false])
  func names(version: Bool) {
    let names = DistinguishedNames(
      certificate: Self.certificate(
        issuer: Self.name(0x0A, "Example CA"),
        subject: Self.name(0x0A, "Example") + Self.name(0x03, "feed.example"),
        version: version))
    #expect(names.issuer == "Example CA")
    #expect(names.subject == "feed.example")
  }

  @Test("whatever is cut off or broken gives no names, and no crash")
  func broken() {
    let whole = Self.certificate(issuer: Self.name(0x03, "a"), subject: Self.name(0x03, "b"))
    for end in 0..<whole.count {
      let names = DistinguishedNames(certificate: Array(whole.prefix(end)))
      #expect(names.subject == nil)
      var flipped = whole
      flipped[end] ^= 0xFF
      _ = DistinguishedNames(certificate: flipped)
    }
    #expect(DistinguishedNames(certificate: [0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF]).issuer == nil)
    #expect(DistinguishedNames(certificate: [0x30, 0x80]).issuer == nil)
    #expect(DistinguishedNames(certificate: [0x30, 0x89]).issuer == nil)
  }
}

@Suite("reading a server's clock")
struct ClockReadingTests {
  private static let sent = Timestamp(seconds: 784_111_777)

  @Test("the date is cut to seconds, and servers write it down in advance and use it for a while")
  func difference() {
    let difference = ClockReading.difference(
      date: "Sun, 06 Nov 1994 08:49:37 GMT", sent: Self.sent, received: Self.sent + .seconds(1))
    #expect(difference?.ahead == .zero)
    #expect(difference?.uncertainty == .milliseconds(2_500))
  }

  @Test(
    "a server of the same clock that writes its date down every second or so agrees",
    arguments: (0...40).map { $0 * 50 } as [Int64])
  func agrees(age: Int64) throws {
    let sent = Self.sent + .milliseconds(age)
    let difference = try #require(
      ClockReading.difference(
        date: "Sun, 06 Nov 1994 08:49:37 GMT", sent: sent, received: sent + .milliseconds(10)))
    #expect(abs(difference.ahead.microseconds) <= difference.uncertainty.microseconds)
  }

  @Test(
    "what is no date says nothing",
    arguments: ["", "now", "06 Nov 1994", "Sun, 06 Nov 94 08:49:37 GMT"])
  func nonsense(date: String) {
    #expect(ClockReading.difference(date: date, sent: Self.sent, received: Self.sent) == nil)
  }
}
