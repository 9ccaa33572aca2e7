import Domain
import Wire

/// The first step of the ladder: a WebSocket (RFC 6455) of messages that are events.
struct WebSocketRung: Rung {
  private let opening: WebSocketOpening
  private let endpoints: Endpoints
  private let feed: Feed
  private let start: FeedStart

  init(requester: Requester, endpoints: Endpoints, feed: Feed, start: FeedStart) {
    opening = WebSocketOpening(
      requester: requester,
      dialer: WebSocketDialer(on: requester.clients.loop, requester.options))
    self.endpoints = endpoints
    self.feed = feed
    self.start = start
  }

  private var options: TransportOptions { opening.requester.options }

  /// CloudEvents, one a message in structured JSON.
  private static let cloudEvents = "cloudevents.json"
  /// nchan's own, with the message's id before it. nchan sees it only where it is offered first.
  private static let nchan = "ws+meta.nchan"

  var kind: TransportKind { .webSocket }
  var ownPosition: String? { start.position }

  func run(
    from position: String, timeout: Span, accepted: @escaping @Sendable () async -> Bool
  ) async -> RungEnd {
    let result = await opening.open(
      endpoints.socket(after: start.position(insteadOf: position)),
      subprotocols: endpoints.isHub ? [Self.cloudEvents] : [Self.nchan, Self.cloudEvents],
      headers: headers(from: position), timeout: timeout)
    switch result {
    case .failed(let reason): return RungEnd(reason: reason)
    case .open(let connection):
      var end = RungEnd(since: feed.clock.now(), reason: .interrupted)
      if await accepted() {
        if endpoints.isHub { start.begins(after: connection.begins, asked: position) }
        let stream = connection.stream
        async let _: Void = tick(stream)
        var pump = WebSocketPump(
          connection, isNchan: connection.subprotocol == Self.nchan, feed: feed, options: options)
        end.reason = await pump.run()
        await connection.finish()
      } else {
        await connection.finish()
      }
      end.hasByte = connection.hasByte
      return end
    }
  }

  /// A hub has the position in its address. nchan reads a header, as for its event streams, and no
  /// other server is known to mind.
  private func headers(from position: String) -> [(name: String, value: String)] {
    endpoints.isHub || position.isEmpty ? [] : [("Last-Event-ID", position)]
  }

  /// Ticks twice a ping until the connection is over.
  private func tick(_ stream: ByteStream) async {
    guard options.pingInterval > .zero else { return }
    let half = Span(microseconds: max(options.pingInterval.microseconds / 2, 1))
    while (try? await options.clock.sleep(half)) != nil { await stream.tick() }
  }
}
