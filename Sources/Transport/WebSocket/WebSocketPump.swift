import Domain
import Wire

/// Delivers what an open WebSocket brings until it is over.
struct WebSocketPump {
  private let connection: WebSocketConnection
  private let isNchan: Bool
  private let feed: Feed
  private let options: TransportOptions
  private var pings = PingSchedule()
  /// When the bytes that were looked at last came.
  private var readAt: Timestamp
  /// When it is next told what compression saves.
  private var reportAt: Timestamp

  private static let reportInterval = Span.seconds(1)

  /// - Parameter isNchan: whether messages come with a head of nchan's.
  init(_ connection: WebSocketConnection, isNchan: Bool, feed: Feed, options: TransportOptions) {
    self.connection = connection
    self.isNchan = isNchan
    self.feed = feed
    self.options = options
    readAt = connection.readAt
    reportAt = readAt + Self.reportInterval
  }

  /// Delivers until the connection is over, and says why it is.
  mutating func run() async -> RungEnd.Reason {
    while true {
      let event = await connection.next()
      if connection.readAt != readAt {
        readAt = connection.readAt
        pings.received()
      }
      let end: RungEnd.Reason? =
        switch event {
        case .cancelled: .interrupted
        case .lost(let words): .lost(words)
        case .tick: tick()
        case .item(let item): await take(item)
        }
      if let end { return end }
    }
  }

  private mutating func tick() -> RungEnd.Reason? {
    switch pings.tick(at: feed.clock.now(), options.random) {
    case .nothing: return nil
    case .ping(let payload):
      connection.ping(payload)
      return nil
    case .lost: return .lost("no answer to a ping for \(silenceWords)")
    }
  }

  private mutating func take(_ item: WebSocketItem) async -> RungEnd.Reason? {
    let body: Inbound.Body
    switch item {
    case .text(let bytes): body = .frame(.message(isNchan ? .meta : .text), bytes)
    case .binary(let bytes): body = .frame(.message(isNchan ? .meta : .binary), bytes)
    case .ping: body = .fact(.heartbeat)
    case .pong(let payload):
      guard let span = pings.pong(payload, at: readAt) else { return nil }
      body = .fact(.roundTrip(span))
    case .close(let code, let reason): return .lost(closeWords(code, reason))
    case .failure(_, let reason): return .lost(reason)
    }
    guard await feed.deliver(body, at: readAt), await reportCompression() else { return .unread }
    return nil
  }

  private mutating func reportCompression() async -> Bool {
    guard readAt >= reportAt, let bytes = connection.compression, bytes.received > 0 else {
      return true
    }
    reportAt = readAt + Self.reportInterval
    let fact = ConnectionFact.compressed(received: bytes.received, inflated: bytes.inflated)
    return await feed.deliver(.fact(fact), at: readAt)
  }

  /// Two and a half intervals.
  private var silenceWords: String {
    let tenths = options.pingInterval.microseconds / 40_000
    return tenths % 10 == 0 ? "\(tenths / 10) s" : "\(tenths / 10).\(tenths % 10) s"
  }
}

/// Why the server closed, in our words and its own.
func closeWords(_ code: UInt16?, _ reason: String) -> String {
  let known: [UInt16: String] = [
    1001: "the server is going away", 1008: "the server closed for a reason of policy",
    1011: "the server failed", 1012: "the server restarts", 1013: "the server is overloaded",
  ]
  let words = code.flatMap { known[$0] } ?? "the server closed the connection"
  return words + (code.map { " (\($0))" } ?? "") + (reason.isEmpty ? "" : ": " + harmless(reason))
}
