import Domain
import Glibc
import NIOCore
import NIOPosix

/// One connection and its twin to the server; lives on the proxy's event loop.
///
/// What a half-open connection is sent is read and thrown away, so that the end of either peer is
/// still noticed here; neither peer is told of the other's.
final class ChaosLink {
  let number: Int
  private unowned let proxy: ChaosLoop
  private let client: any Channel
  private var server: (any Channel)?
  private var up: ChaosLane
  private var down: ChaosLane
  private var asked = RequestKind.other
  private var state = State.open

  private enum State {
    case open, silent, over
  }

  init(_ number: Int, _ client: any Channel, _ proxy: ChaosLoop) {
    self.number = number
    self.client = client
    self.proxy = proxy
    let now = proxy.now
    let line = { (direction: Direction) in
      ChaosLane(
        direction,
        FaultLine(
          proxy.plan.steps(connection: number, direction), calmAt: proxy.plan.calmAt, from: now))
    }
    up = line(.up)
    down = line(.down)
  }

  /// Reaches for the server.
  func connect(to upstream: HostPort) {
    let bound = NIOLoopBound(self, eventLoop: client.eventLoop)
    ClientBootstrap(group: client.eventLoop)
      .connectTimeout(.seconds(4))
      .channelOption(.autoRead, value: false)
      .channelOption(.socketOption(.tcp_nodelay), value: 1)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(ChaosEnd(bound.value, .down))
        }
      }
      .connect(host: upstream.host, port: upstream.port)
      .assumeIsolated().whenComplete { self.connected($0) }
  }

  private func connected(_ result: Result<any Channel, any Error>) {
    guard case .success(let channel) = result else {
      proxy.log(.unreachable(connection: number))
      return end(.reset)
    }
    guard case .open = state else { return channel.close(promise: nil) }
    server = channel
    drive(.up)
    drive(.down)
  }

  // MARK: What comes

  /// Takes bytes of one direction.
  func receive(_ bytes: ByteBuffer, _ direction: Direction) {
    guard case .open = state else { return }
    if direction == .up, let kind = RequestKind(bytes.readableBytesView) {
      asked = kind
      if let window = proxy.denied.first(where: { kind.isDenied(by: $0) }) {
        return deny(by: window)
      }
    }
    for fault in self[direction].take(bytes, at: proxy.now) {
      proxy.log(.fault(fault, connection: number, direction))
    }
    drive(direction)
  }

  /// The sender of one direction has gone.
  func finished(_ direction: Direction) {
    if direction == .up { return end(.finish) }
    server = nil
    guard case .open = state else { return }
    down.finish(at: proxy.now)
    drive(.down)
  }

  /// A window began: what it denies is cut when it is under way.
  func cut(by window: FaultKind) {
    guard case .open = state, asked.isDenied(by: window) else { return }
    proxy.log(.denied(window, connection: number))
    end(.reset)
  }

  /// The proxy stops.
  func stop() { end(.finish) }

  private func deny(by window: FaultKind) {
    proxy.log(.denied(window, connection: number))
    let answer =
      "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    client.writeAndFlush(ByteBuffer(string: answer), promise: nil)
    end(.finish)
  }

  // MARK: What goes

  /// Sends what is due, plans the next look, and reads on where there is room.
  func drive(_ direction: Direction) {
    let now = proxy.now
    for fault in self[direction].elapse(to: now) {
      proxy.log(.fault(fault, connection: number, direction))
    }
    let target = direction == .up ? server : client
    while case .open = state, let output = self[direction].next(at: now) {
      switch output {
      case .bytes(let bytes): target?.write(bytes, promise: nil)
      case .end(let ending): end(ending)
      }
    }
    target?.flush()
    guard case .open = state else { return readOn(direction) }
    plan(direction, now)
    readOn(direction)
  }

  private func plan(_ direction: Direction, _ now: Span) {
    self[direction].timer?.cancel()
    guard let due = self[direction].wakeAt else { return }
    let wait = TimeAmount.microseconds(max(0, (due - now).microseconds))
    self[direction].timer = client.eventLoop.assumeIsolated().scheduleTask(in: wait) {
      [weak self] in self?.drive(direction)
    }
  }

  /// Asks for more of one direction, if the other side keeps up.
  func readOn(_ direction: Direction) {
    switch state {
    case .over: return
    case .silent: break
    case .open:
      let target = direction == .up ? server : client
      guard self[direction].hasRoom, target?.isWritable ?? false else { return }
    }
    (direction == .up ? client : server)?.read()
  }

  private func end(_ ending: Ending) {
    guard state != .over else { return }
    up.close()
    down.close()
    if ending == .silence {
      state = .silent
      client.read()
      server?.read()
      return
    }
    state = .over
    proxy.forget(self)
    for channel in [client, server].compactMap({ $0 }) { Self.close(channel, ending) }
    server = nil
  }

  private static func close(_ channel: any Channel, _ ending: Ending) {
    guard ending == .finish else {
      // Lingering for no time makes close(2) send RST.
      _ = (channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0))
      return channel.close(promise: nil)
    }
    channel.writeAndFlush(ByteBuffer()).whenComplete { _ in channel.close(promise: nil) }
  }

  private subscript(direction: Direction) -> ChaosLane {
    get { direction == .up ? up : down }
    set { if direction == .up { up = newValue } else { down = newValue } }
  }
}

/// One end of a link: hands on what its socket says.
final class ChaosEnd: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let link: ChaosLink
  private let direction: Direction

  /// The end whose bytes flow in `direction`.
  init(_ link: ChaosLink, _ direction: Direction) {
    self.link = link
    self.direction = direction
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    link.receive(unwrapInboundIn(data), direction)
  }

  func channelReadComplete(context: ChannelHandlerContext) { link.readOn(direction) }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    link.readOn(direction == .up ? .down : .up)
  }

  func channelInactive(context: ChannelHandlerContext) { link.finished(direction) }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }
}
