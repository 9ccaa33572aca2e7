import Domain
import Glibc
import NIOCore
import NIOPosix

/// The proxy on its event loop: the listener, the connections, and what is done to all of them.
final class ChaosLoop {
  let plan: ChaosPlan
  let upstream: HostPort
  /// What requests are denied just now.
  private(set) var denied: Set<FaultKind> = []
  private let loop: any EventLoop
  private let note: @Sendable ([UInt8]) -> Void
  private let startedAt = NIODeadline.now()
  private var holder: PortHolder?
  private var listener: (any Channel)?
  private var links: [Int: ChaosLink] = [:]
  private var accepted = 0
  private var isStopped = false

  init(
    _ plan: ChaosPlan, upstream: HostPort, loop: any EventLoop,
    note: @escaping @Sendable ([UInt8]) -> Void
  ) {
    self.plan = plan
    self.upstream = upstream
    self.loop = loop
    self.note = note
  }

  /// Time since the start of the proxy.
  var now: Span { Span(microseconds: (NIODeadline.now() - startedAt).nanoseconds / 1_000) }

  /// Writes a line of the log.
  func log(_ record: ChaosRecord) { note(record.line(at: now)) }

  func forget(_ link: ChaosLink) { links[link.number] = nil }

  // MARK: Listening

  /// Holds the port and listens on it; the port.
  func start(_ address: HostPort) throws -> EventLoopFuture<Int> {
    let holder = try PortHolder(address)
    self.holder = holder
    let bound = NIOLoopBound(self, eventLoop: loop)
    return listen(on: holder).map {
      bound.value.planWindows()
      return holder.port
    }
  }

  private func listen(on holder: PortHolder) -> EventLoopFuture<Void> {
    let bound = NIOLoopBound(self, eventLoop: loop)
    return ServerBootstrap(group: loop)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .serverChannelOption(.socketOption(NIOBSDSocket.Option(rawValue: SO_REUSEPORT)), value: 1)
      .childChannelOption(.autoRead, value: false)
      .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture { try bound.value.accept(channel) }
      }
      .bind(host: holder.host, port: holder.port)
      .map { bound.value.listener = $0 }
  }

  private func accept(_ channel: any Channel) throws {
    let link = ChaosLink(accepted, channel, self)
    links[accepted] = link
    log(.opened(connection: accepted))
    accepted += 1
    try channel.pipeline.syncOperations.addHandler(ChaosEnd(link, .up))
    link.connect(to: upstream)
  }

  /// Stops listening and cuts every connection.
  func stop() {
    isStopped = true
    listener?.close(promise: nil)
    for link in links.values { link.stop() }
    links = [:]
    holder = nil
  }

  // MARK: Windows

  private func planWindows() {
    for kind in FaultKind.allCases {
      guard let windows = plan.windows(kind) else { continue }
      follow(windows, of: kind)
    }
  }

  private func follow(_ windows: FaultWindows, of kind: FaultKind) {
    var windows = windows
    guard let window = windows.next() else { return }
    at(window.lowerBound) { [self] in
      log(.window(kind, lasting: window.upperBound - window.lowerBound))
      begin(kind)
    }
    at(window.upperBound) { [self] in
      end(kind)
      follow(windows, of: kind)
    }
  }

  private func begin(_ kind: FaultKind) {
    if kind == .refuse {
      listener?.close(promise: nil)
      listener = nil
    } else {
      denied.insert(kind)
      for link in links.values { link.cut(by: kind) }
    }
  }

  private func end(_ kind: FaultKind) {
    denied.remove(kind)
    guard kind == .refuse, let holder else { return }
    _ = listen(on: holder)
  }

  private func at(_ moment: Span, _ work: @escaping () -> Void) {
    let wait = TimeAmount.microseconds(max(0, (moment - now).microseconds))
    loop.assumeIsolated().scheduleTask(in: wait) { [weak self] in
      guard let self, !isStopped else { return }
      work()
    }
  }
}
