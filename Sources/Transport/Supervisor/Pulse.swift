import Domain
import Locking

/// When a rung brought something last, and whether the reader has yet to take it.
final class Pulse: Sendable {
  struct Beat: Sendable {
    /// Arrival of the newest, or when the reader took it, which may have been later.
    var heardAt: Timestamp?
    var isDelivering = false
  }

  private let state = Mutex(Beat())

  var beat: Beat { state.withLock { $0 } }

  /// Something arrived and is being delivered.
  func begin(at now: Timestamp) { state.withLock { $0 = Beat(heardAt: now, isDelivering: true) } }

  /// The reader took it.
  func end(at now: Timestamp) { state.withLock { $0 = Beat(heardAt: now, isDelivering: false) } }
}
