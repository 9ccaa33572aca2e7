import Glibc
import NIOCore
import NIOPosix

/// A TCP proxy that does to connections what networks do, on a seeded schedule.
///
/// One event loop carries all its connections. What waits to be sent is bounded at 256 KiB and one
/// read for each direction of each connection; beyond it, no more is read.
package final class ChaosProxy: Sendable {
  private let core: NIOLoopBound<ChaosLoop>
  private let loop: any EventLoop

  /// A proxy for a server; `log` is given each line of the log, without its end, on one thread.
  package static func create(
    _ plan: ChaosPlan, upstream: HostPort, log: @escaping @Sendable ([UInt8]) -> Void
  ) async throws -> ChaosProxy {
    let loop = MultiThreadedEventLoopGroup.singleton.any()
    return try await loop.submit {
      let core = ChaosLoop(plan, upstream: upstream, loop: loop, note: log)
      return ChaosProxy(NIOLoopBound(core, eventLoop: loop), loop)
    }.get()
  }

  private init(_ core: NIOLoopBound<ChaosLoop>, _ loop: any EventLoop) {
    self.core = core
    self.loop = loop
  }

  /// Listens; the port, which is another one where port 0 was asked for.
  ///
  /// - Throws: `ChaosError` when the address cannot be listened on.
  package func start(_ address: HostPort) async throws -> Int {
    let core = core
    do {
      return try await loop.flatSubmit { [loop] in
        do {
          return try core.value.start(address)
        } catch {
          return loop.makeFailedFuture(error)
        }
      }.get()
    } catch let error as IOError {
      throw ChaosError(cannotListen: address, error.errnoCode)
    }
  }

  /// Stops listening and cuts every connection.
  package func stop() async {
    let core = core
    try? await loop.submit { core.value.stop() }.get()
  }
}

/// Why the proxy cannot run.
package struct ChaosError: Error, Equatable, Sendable, CustomStringConvertible {
  /// One line: what happened, where, what to do.
  package let description: String

  init(cannotListen address: HostPort, _ number: Int32) {
    let reason = String(cString: strerror(number)).lowercased()
    description = "cannot listen on \(address): \(reason); choose another address"
  }
}
