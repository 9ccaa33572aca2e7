/// Where in the feed a reader wants to go on.
///
/// A position is written `<sequence>-<epoch>`, `57-t3h2k1` say: the epoch changes each time the feed
/// is started, so that a place in an earlier life is never taken for one in this.
enum FeedPosition: Equatable, Sendable {
  /// It is not known to have seen anything.
  case beginning
  /// It has seen everything up to a number; 0 where it was there before the first event.
  case after(Int64)
  /// It has seen something that this feed never numbered.
  case elsewhere

  /// A position as a reader tells it; a bare number is one of this epoch, nil and a bare 0 the
  /// beginning.
  init(_ text: String?, epoch: String) {
    guard let text, !text.isEmpty else {
      self = .beginning
      return
    }
    let parts = text.utf8.split(
      separator: UInt8(ascii: "-"), maxSplits: 1, omittingEmptySubsequences: false)
    let isOurs = parts.count == 1 || parts[1].elementsEqual(epoch.utf8)
    guard isOurs, let sequence = Self.sequence(parts[0]) else {
      self = .elsewhere
      return
    }
    self = sequence > 0 || parts.count > 1 ? .after(sequence) : .beginning
  }

  /// A place as readers are told it.
  static func text(_ sequence: Int64, epoch: String) -> String { "\(sequence)-\(epoch)" }

  private static func sequence(_ digits: Substring.UTF8View) -> Int64? {
    guard !digits.isEmpty, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return Int64(Substring(digits))
  }
}
