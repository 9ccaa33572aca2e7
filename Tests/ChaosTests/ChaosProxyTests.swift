import Domain
import NIOCore
import NIOPosix
import Testing

@testable import Chaos

/// The driver against an echo server of this machine; nothing here waits for a time.
struct ChaosProxyTests {
  private func echo() async throws -> (channel: any Channel, address: HostPort) {
    let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(Echo())
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    let port = try #require(channel.localAddress?.port)
    return (channel, try #require(HostPort("127.0.0.1:\(port)")))
  }

  private func proxy(
    _ faults: Set<FaultKind>, to upstream: HostPort
  ) async throws -> (ChaosProxy, Int) {
    let plan = ChaosPlan(seed: 1, faults: faults, intensity: 10)
    let proxy = try await ChaosProxy.create(plan, upstream: upstream) { _ in }
    return (proxy, try await proxy.start(.anyLoopback))
  }

  /// Sends bytes and reads until the connection ends or as many came back.
  private func exchange(_ count: Int, port: Int) async throws -> [UInt8] {
    let sent = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let collector = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .connect(host: "127.0.0.1", port: port) { channel in
        channel.eventLoop.makeCompletedFuture {
          try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
        }
      }
    return try await collector.executeThenClose { inbound, outbound in
      try? await outbound.write(ByteBuffer(bytes: sent))
      var received: [UInt8] = []
      do {
        for try await part in inbound {
          received += part.readableBytesView
          if received.count >= count { break }
        }
      } catch {
        guard isReset(error) else { throw error }
      }
      return received
    }
  }

  @Test("without faults bytes pass unchanged in both directions")
  func clean() async throws {
    let (server, address) = try await echo()
    let (proxy, port) = try await proxy([], to: address)
    let back = try await exchange(3 << 20, port: port)
    #expect(back == (0..<3 << 20).map { UInt8(truncatingIfNeeded: $0 &* 31) })
    await proxy.stop()
    try await server.close()
  }

  @Test("corruption changes bytes and loses none")
  func corrupt() async throws {
    let (server, address) = try await echo()
    let (proxy, port) = try await proxy([.corrupt], to: address)
    let sent = (0..<1 << 20).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let back = try await exchange(1 << 20, port: port)
    #expect(back.count == sent.count)
    #expect(back != sent)
    await proxy.stop()
    try await server.close()
  }

  @Test("a cut ends the connection early", arguments: [FaultKind.cut, .truncate])
  func cut(kind: FaultKind) async throws {
    let (server, address) = try await echo()
    let (proxy, port) = try await proxy([kind], to: address)
    #expect(try await exchange(3 << 20, port: port).count < 3 << 20)
    await proxy.stop()
    try await server.close()
  }

  @Test("a server that is not there resets the connection")
  func unreachable() async throws {
    let (server, address) = try await echo()
    try await server.close()
    let (proxy, port) = try await proxy([], to: address)
    do {
      let answer = try await exchange(10, port: port)
      #expect(answer.isEmpty)
    } catch {
      // The reset may come while the connection is still being made.
      #expect(isReset(error), "\(error)")
    }
    await proxy.stop()
  }

  @Test("a port that is taken is named")
  func taken() async throws {
    let (server, address) = try await echo()
    let proxy = try await ChaosProxy.create(
      ChaosPlan(seed: 1, faults: []), upstream: address
    ) { _ in }
    await #expect {
      _ = try await proxy.start(address)
    } throws: {
      "\($0)" == "cannot listen on \(address): address already in use; choose another address"
    }
    try await server.close()
  }
}

private final class Echo: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    context.writeAndFlush(data, promise: nil)
  }
}

/// Whether an error says that the other end reset the connection, before it was made or after.
private func isReset(_ error: any Error) -> Bool {
  if let failure = error as? NIOConnectionError {
    return !failure.connectionErrors.isEmpty
      && failure.connectionErrors.allSatisfy { isReset($0.error) }
  }
  return (error as? IOError)?.errnoCode == ECONNRESET
}
