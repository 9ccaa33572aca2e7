import Locking

/// Where in its feed a hub began to send, as the head of its answer told, shared by the rungs of a
/// source: what they continue after while no event has told a position.
///
/// Without it a connection that was lost before it brought an event could not be resumed, and the
/// time until the next one would count as unknown although the hub has it all.
final class FeedStart: Sendable {
  /// Longest position, in bytes, that is taken for one.
  private static let longest = 256

  private let told = Mutex<String?>(nil)

  /// The position; nil while none was told.
  var position: String? { told.withLock { $0 } }

  /// What to continue after: a position that is known, else where the hub began.
  func position(insteadOf known: String) -> String {
    known.isEmpty ? position ?? "" : known
  }

  /// A connection that asked for what follows `asked` was let in, and its head tells what it begins
  /// after. To be called once the connection was told: it was not resumed after this.
  func begins(after position: String?, asked: String) {
    guard asked.isEmpty, let position, !position.isEmpty, position.utf8.count <= Self.longest,
      position.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
    else { return }
    told.withLock { $0 = $0 ?? position }
  }
}
