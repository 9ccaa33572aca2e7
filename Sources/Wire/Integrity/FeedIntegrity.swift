import Domain

/// Whether what a connection brings is what its feed sent: every event whole, none left out.
///
/// A hub numbers its events `<sequence>-<epoch>` and adds a CRC-32C to each, so that damage on the
/// way is noticed on a connection without TLS too. The laws:
/// - A feed that has shown one right checksum is a checked feed: an event of it with a wrong
///   checksum, or with none, is damage.
/// - In a checked feed the numbers follow each other. A jump, or another epoch, is damage unless
///   unnumbered events came just before: with those a hub says that events are gone.
/// - After damage nothing is believed until the next connection, which begins at `position`: after
///   the last event that was good.
/// - A server that was exchanged for one without checksums, or that goes on elsewhere, is believed
///   after two connections were given up for it at their first event; what is missing by that is
///   told (`takeMissing`). A wrong checksum is never believed.
package struct FeedIntegrity: Codable, Sendable {
  /// How the checksum of an event stands.
  package enum Checksum: Equatable, Sendable {
    case absent, right, wrong
  }

  /// Whether the feed carries checksums.
  package private(set) var isChecked = false
  /// Whether this connection has brought damage.
  package private(set) var isDamaged = false
  /// The position to continue after, as the feed wrote it; empty where it gave none.
  package private(set) var position: [UInt8] = []

  /// The newest number, and the feed's life it belongs to.
  private var last: Number?
  private var followsUnnumbered = false
  private var isAtStart = true
  private var refusedStarts = 0
  private static let refusedStartsBound = 2
  private var missing: MissingEvents?

  /// A number that a feed gave an event.
  private struct Number: Codable, Sendable {
    var sequence: Int64
    let epoch: [UInt8]
  }

  /// A feed of which nothing is known.
  package init() {}

  /// A new connection begins.
  package mutating func restart() {
    isDamaged = false
    followsUnnumbered = false
    isAtStart = true
  }

  /// Judges the checksum of the next event. Returns what is wrong, nil when the event is to be
  /// believed; then `advance` follows.
  package mutating func judge(_ checksum: Checksum) -> String? {
    switch checksum {
    case .right: isChecked = true
    case .wrong:
      isChecked = true
      return refuse("an event \(place) differs from its checksum")
    case .absent:
      guard isChecked else { return nil }
      guard mayHaveChanged else { return refuse("an event \(place) has lost its checksum") }
      isChecked = false
      missing = last.map { MissingEvents(after: $0.sequence, epoch: $0.epoch) }
    }
    return nil
  }

  /// What was found to be missing before the event that was followed last: it will not come any
  /// more. Nil where nothing is, and when it was taken already.
  package mutating func takeMissing() -> MissingEvents? { missing.take() }

  /// Follows the position of a believed event, nil for one without; returns what is wrong, if
  /// anything.
  package mutating func advance(to position: UnsafeRawBufferPointer?) -> String? {
    defer { if !isDamaged { (isAtStart, refusedStarts) = (false, 0) } }
    guard let position else {
      followsUnnumbered = true
      return nil
    }
    guard isChecked, let (sequence, epoch) = Self.parsed(position) else {
      last = nil
      follow(position)
      return nil
    }
    if let last, !followsUnnumbered {
      if last.epoch.elementsEqual(epoch) {
        if sequence > last.sequence, sequence - last.sequence != 1 {
          let hole = MissingEvents(last.sequence + 1, to: sequence - 1)
          guard mayHaveChanged else { return refuse("\(hole.words) did not arrive") }
          missing = hole
        }
      } else {
        guard mayHaveChanged else {
          return refuse("the feed began anew \(place) and did not say what is missing")
        }
        missing = MissingEvents(after: last.sequence, epoch: last.epoch, before: sequence)
      }
    }
    followsUnnumbered = false
    // What comes again after a reconnection must not move the position back.
    if let last, sequence <= last.sequence, last.epoch.elementsEqual(epoch) { return nil }
    follow(position)
    remember(sequence, epoch)
    return nil
  }

  /// An event was passed over for a reason of its own: its number will be missing.
  package mutating func skip() {
    followsUnnumbered = true
  }

  /// Takes a position as it is, in a feed without checksums.
  package mutating func follow(_ position: some Collection<UInt8>) {
    self.position.removeAll(keepingCapacity: true)
    self.position.append(contentsOf: position)
  }

  /// Notes damage that showed elsewhere than in an event; returns it.
  package mutating func refuse(_ reason: String) -> String {
    if isAtStart { refusedStarts += 1 }
    isDamaged = true
    return reason
  }

  /// Two connections in a row were given up at their first event: the server is another one now.
  private var mayHaveChanged: Bool { isAtStart && refusedStarts >= Self.refusedStartsBound }

  private var place: String {
    position.isEmpty ? "at the beginning" : "after \(String(decoding: position, as: UTF8.self))"
  }

  private mutating func remember(_ sequence: Int64, _ epoch: Slice<UnsafeRawBufferPointer>) {
    if let last, last.epoch.elementsEqual(epoch) {
      self.last?.sequence = sequence
    } else {
      last = Number(sequence: sequence, epoch: Array(epoch))
    }
  }

  /// The parts of `57-t3h2k1`; nil for a position of another form.
  private static func parsed(
    _ position: UnsafeRawBufferPointer
  ) -> (sequence: Int64, epoch: Slice<UnsafeRawBufferPointer>)? {
    guard let dash = position.firstIndex(of: UInt8(ascii: "-")), (1...18).contains(dash),
      (2...33).contains(position.count - dash)
    else { return nil }
    var sequence: Int64 = 0
    for byte in position[..<dash] {
      let digit = byte &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      sequence = sequence * 10 + Int64(digit)
    }
    return (sequence, position[(dash + 1)...])
  }
}

extension FeedIntegrity {
  /// Throws when its number is none that a feed can have given.
  func check() throws(StateFault) {
    guard let sequence = last?.sequence else { return }
    try StateFault.check(
      (0..<1_000_000_000_000_000_000).contains(sequence), "a feed cannot be at \(sequence)")
  }
}
