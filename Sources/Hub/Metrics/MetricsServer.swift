import Glibc
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Locking
import Logging
import NIOCore

/// Serves texts that somebody else keeps up to date, on one address: `GET` of a known path answers
/// its newest text, and nothing is computed for a request.
package final class MetricsServer: Sendable {
  /// A text and its content type.
  package struct Page: Equatable, Sendable {
    package let type: String
    package let body: [UInt8]

    /// A page.
    package init(type: String, body: [UInt8]) {
      self.type = type
      self.body = body
    }
  }

  private let host: String, port: Int
  private let pages = Mutex<[String: Page]>([:])
  private let bound = BoundPort()

  /// A server on an address, not listening yet; port 0 lets the system choose one.
  package init(host: String = "127.0.0.1", port: Int = 0) {
    self.host = host
    self.port = port
  }

  /// Replaces what is served at a path, such as `/metrics`.
  package func publish(_ page: Page, at path: String) {
    pages.withLock { $0[path] = page }
  }

  /// The port it listens on, as soon as it does.
  ///
  /// - Throws: `FeedServerError` when it never will.
  package var boundPort: Int {
    get async throws(FeedServerError) { try await bound.value() }
  }

  /// Serves until the task is cancelled.
  ///
  /// - Throws: `FeedServerError` when the address cannot be listened on.
  package func run() async throws(FeedServerError) {
    let bound = bound
    let application = Application(
      responder: PageResponder { path in self.pages.withLock { $0[path] } },
      server: HTTPServerBuilder { KeptChannel(base: HTTP1Channel(responder: $0)) },
      configuration: ApplicationConfiguration(address: .hostname(host, port: port)),
      onServerRunning: { channel in
        bound.settle(.success(channel.localAddress?.port ?? 0))
      },
      logger: Logger(label: "metrics") { _ in SwiftLogNoOpLogHandler() })
    do {
      try await application.run()
      bound.settle(.failure(.stopped))
    } catch {
      let failure = explain(error)
      bound.settle(.failure(failure))
      if !Task.isCancelled { throw failure }
    }
  }

  private func explain(_ error: any Error) -> FeedServerError {
    if let error = error as? IOError, error.errnoCode == EADDRINUSE {
      return .addressInUse(host: host, port: port)
    }
    return .cannotListen(host: host, port: port, reason: String(describing: error))
  }
}

/// Answers with the newest page of a path.
private struct PageResponder: HTTPResponder {
  let page: @Sendable (String) -> MetricsServer.Page?

  func respond(to request: Request, context: BasicRequestContext) async throws -> Response {
    guard let page = page(request.uri.path) else {
      return Problem(.notFound, "served are /metrics and /health.json").response
    }
    guard request.method == .get else {
      return Problem(.methodNotAllowed, "use GET here", headers: [.allow: "GET"]).response
    }
    return Response(
      status: .ok, headers: [.contentType: page.type, .cacheControl: "no-store"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: page.body)))
  }
}
