import Domain

/// When a WebSocket is pinged, and when its silence means that it is gone. Pure.
///
/// Time comes in ticks of half an interval that are counted only while we listen: a slow reader
/// here is never taken for a silent server.
struct PingSchedule {
  /// What a tick asks for.
  enum Action: Equatable {
    case nothing
    /// Send a ping with this payload.
    case ping([UInt8])
    /// The server is gone.
    case lost
  }

  /// Ticks between two pings.
  private static let ticksPerPing = 2
  /// Ticks without a byte, two and a half intervals, after which the server is gone.
  private static let patience = 5

  private var ticks = 0
  private var silentTicks = 0
  private var awaited: (payload: [UInt8], since: Timestamp)?

  /// A tick came. A ping that was not answered yet is not followed by another.
  mutating func tick(at now: Timestamp, _ random: () -> UInt64) -> Action {
    ticks = (ticks + 1) % Self.ticksPerPing
    silentTicks = min(silentTicks + 1, Self.patience)
    guard awaited == nil else { return silentTicks == Self.patience ? .lost : .nothing }
    guard ticks == 0 else { return .nothing }
    let payload = withUnsafeBytes(of: random().bigEndian) { [UInt8]($0) }
    awaited = (payload, now)
    return .ping(payload)
  }

  /// Bytes came, whatever they are.
  mutating func received() { silentTicks = 0 }

  /// A pong came: the round trip, when it answers our ping.
  mutating func pong(_ payload: [UInt8], at now: Timestamp) -> Span? {
    guard let ping = awaited, ping.payload == payload else { return nil }
    awaited = nil
    return max(.zero, now - ping.since)
  }
}
