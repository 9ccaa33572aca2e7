import Testing

@testable import Wire

@Suite("What a feed with checksums promises")
struct FeedIntegrityTests {
  /// Takes an event, as its reader does: what is wrong with it, or nil.
  private static func take(
    _ position: String?, _ integrity: inout FeedIntegrity,
    _ checksum: FeedIntegrity.Checksum = .right
  ) -> String? {
    if let reason = integrity.judge(checksum) { return reason }
    guard let position else { return integrity.advance(to: nil) }
    return Array(position.utf8).withUnsafeBytes { integrity.advance(to: $0) }
  }

  private static func position(_ integrity: FeedIntegrity) -> String {
    String(decoding: integrity.position, as: UTF8.self)
  }

  private static func checked(_ positions: String?...) -> FeedIntegrity {
    var integrity = FeedIntegrity()
    for position in positions { #expect(take(position, &integrity) == nil) }
    return integrity
  }

  @Test("a feed without checksums is believed, whatever its positions")
  func plain() {
    var integrity = FeedIntegrity()
    for position in ["5-e", "9-e", "1-f", "x", nil, "", "7-f"] {
      #expect(Self.take(position, &integrity, .absent) == nil)
    }
    #expect(Self.position(integrity) == "7-f")
    #expect(!integrity.isChecked)
  }

  @Test("after a right checksum, a wrong one and a missing one are damage")
  func damage() {
    for checksum in [FeedIntegrity.Checksum.wrong, .absent] {
      var integrity = Self.checked("5-e")
      #expect(Self.take("6-e", &integrity, checksum) != nil)
      #expect(integrity.isDamaged)
      #expect(Self.position(integrity) == "5-e")
    }
    var first = FeedIntegrity()
    #expect(Self.take("6-e", &first, .wrong) != nil)
  }

  @Test("a jump is damage and names what did not arrive")
  func jump() {
    var integrity = Self.checked("5-e")
    #expect(Self.take("9-e", &integrity) == "events 6 to 8 did not arrive")
    #expect(Self.position(integrity) == "5-e")
  }

  @Test("a jump after unnumbered events is what those made up for")
  func catchUp() {
    var integrity = Self.checked("5-e", nil, nil, "900-e", "901-e")
    #expect(Self.position(integrity) == "901-e")
    #expect(Self.take("903-e", &integrity) != nil)
  }

  @Test("unnumbered events of an earlier connection excuse nothing")
  func catchUpEnds() {
    var integrity = Self.checked("5-e", nil)
    integrity.restart()
    #expect(Self.take("900-e", &integrity) != nil)
  }

  @Test("another epoch is damage unless the feed says what is gone")
  func epoch() {
    var silent = Self.checked("5-e")
    #expect(Self.take("6-f", &silent) != nil)
    let told = Self.checked("5-e", nil, "0-f", "1-f")
    #expect(Self.position(told) == "1-f")
  }

  @Test("what comes again is believed and does not move the position back")
  func repeats() {
    var integrity = Self.checked("5-e", "6-e")
    integrity.restart()
    #expect(Self.take("4-e", &integrity) == nil)
    #expect(Self.take("5-e", &integrity) == nil)
    #expect(Self.position(integrity) == "6-e")
    #expect(Self.take("7-e", &integrity) == nil)
    #expect(Self.position(integrity) == "7-e")
  }

  @Test("an event passed over for its own sake may be missing")
  func skipped() {
    var integrity = Self.checked("5-e")
    integrity.skip()
    #expect(Self.take("7-e", &integrity) == nil)
  }

  @Test("a new connection is believed again, and still held to the checksums")
  func restart() {
    var integrity = Self.checked("5-e")
    #expect(Self.take("6-e", &integrity, .wrong) != nil)
    integrity.restart()
    #expect(!integrity.isDamaged)
    #expect(Self.take("6-e", &integrity) == nil)
    #expect(Self.take("7-e", &integrity, .absent) != nil)
  }

  @Test("a server that came without checksums is believed the third time, not before")
  func exchanged() {
    var integrity = Self.checked("5-e")
    for _ in 0..<2 {
      integrity.restart()
      #expect(Self.take("x", &integrity, .absent) != nil)
    }
    integrity.restart()
    #expect(Self.take("x", &integrity, .absent) == nil)
    #expect(Self.position(integrity) == "x")
    #expect(!integrity.isChecked)
  }

  @Test("a position that never fits is taken the third time, so that nothing turns for ever")
  func stubborn() {
    var integrity = Self.checked("5-e")
    for _ in 0..<2 {
      integrity.restart()
      #expect(Self.take("90-e", &integrity) != nil)
    }
    integrity.restart()
    #expect(Self.take("90-e", &integrity) == nil)
    #expect(Self.take("91-e", &integrity) == nil)
  }

  @Test(
    "a jump that is taken in the end is named, and only once",
    arguments: [
      ("90-e", "events 6 to 89", 84), ("7-e", "event 6", 1),
      ("1-f", "all events after 5-e", nil),
      ("4-f", "all events after 5-e, and events 1 to 3 of the feed that followed", nil),
    ] as [(String, String, Int64?)])
  func named(position: String, words: String, count: Int64?) {
    var integrity = Self.checked("5-e")
    for _ in 0..<2 {
      integrity.restart()
      #expect(Self.take(position, &integrity) != nil)
      #expect(integrity.takeMissing() == nil)
    }
    integrity.restart()
    #expect(Self.take(position, &integrity) == nil)
    let missing = integrity.takeMissing()
    #expect(missing?.words == words)
    #expect(missing?.count == count)
    #expect(integrity.takeMissing() == nil)
  }

  @Test("a server that comes without checksums may have lost what followed")
  func exchangedIsNamed() {
    var integrity = Self.checked("5-e")
    for _ in 0..<3 {
      integrity.restart()
      _ = Self.take("x", &integrity, .absent)
    }
    #expect(integrity.takeMissing()?.words == "all events after 5-e")
  }

  @Test("what follows on, comes again or is made up for is not missing")
  func nothingMissing() {
    for position in ["6-e", "5-e", "3-e"] {
      var integrity = Self.checked("5-e", position)
      #expect(integrity.takeMissing() == nil)
    }
    var told = Self.checked("5-e", nil, "9-f")
    #expect(told.takeMissing() == nil)
  }

  @Test("a wrong checksum is never believed, however often it comes")
  func neverWrong() {
    var integrity = Self.checked("5-e")
    for _ in 0..<9 {
      integrity.restart()
      #expect(Self.take("6-e", &integrity, .wrong) != nil)
    }
  }

  @Test(
    "positions of other forms are opaque",
    arguments: ["", "-", "5", "5-", "-e", "x-e", "+5-e", "9999999999999999999-e", "5\u{301}-e"])
  func opaque(position: String) {
    let integrity = Self.checked("5-e", position, "900-e")
    #expect(Self.position(integrity) == "900-e" || Self.position(integrity) == position)
  }
}

@Suite("An event with its position and its checksum")
struct CheckedMessageTests {
  private static let json = #"{"id":"1","source":"/s"}"#

  private static func spliced(_ json: String, position: String?) -> String {
    var bytes: [UInt8] = []
    CheckedMessage.append(Array(json.utf8), position: position, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func checksum(_ text: String) -> FeedIntegrity.Checksum {
    Array(text.utf8).withUnsafeBytes { CheckedMessage($0).checksum }
  }

  @Test("it is spliced in last")
  func literal() {
    #expect(
      Self.spliced(Self.json, position: "57-t3h2k1")
        == #"{"id":"1","source":"/s","feedposition":"57-t3h2k1","feedcrc32c":"e1d56ae8"}"#)
    #expect(
      Self.spliced(Self.json + " \r\n", position: nil)
        == #"{"id":"1","source":"/s","feedcrc32c":"cd25126b"}"#)
  }

  @Test("what was published comes out again, also what another feed had spliced into it")
  func roundTrip() {
    for published in [Self.json, Self.spliced(Self.json, position: "3-x"), "{\"a\":[{}]\n}"] {
      for position in ["57-t3h2k1", nil] {
        var json: [UInt8] = []
        Array(Self.spliced(published, position: position).utf8).withUnsafeBytes { raw in
          let message = CheckedMessage(raw)
          #expect(message.checksum == .right)
          guard let position else { return message.copyPublished(position: nil, to: &json) }
          Array(position.utf8).withUnsafeBytes { message.copyPublished(position: $0, to: &json) }
        }
        #expect(String(decoding: json, as: UTF8.self) == published)
      }
    }
  }

  @Test("a message without a checksum, or with half of one, has none")
  func absent() {
    let whole = Self.spliced(Self.json, position: "1-e")
    #expect(Self.checksum(whole) == .right)
    for text in ["", "{}", Self.json, String(whole.dropLast()), whole + " ", "[\(whole)]"] {
      #expect(Self.checksum(text) == .absent)
    }
  }

  @Test("no changed byte leaves a checksum right")
  func changed() {
    let whole = Array(Self.spliced(Self.json, position: "1-e").utf8)
    for index in whole.indices {
      for mask in [1, 0x20, 0x80] as [UInt8] {
        var bytes = whole
        bytes[index] ^= mask
        #expect(bytes.withUnsafeBytes { CheckedMessage($0).checksum } != .right)
      }
    }
  }
}
