package import Domain
import Glibc
import Hummingbird
import Locking
import Logging
import NIOCore

/// A small event feed over HTTP: takes CloudEvents by POST and hands them out as an event stream,
/// over WebSocket, by polling, and as snapshots.
///
/// `POST /v1/events`, `GET /v1/events` (event stream, resumed by `Last-Event-ID` or `?after=`),
/// `GET /v1/ws?after=` (WebSocket, a CloudEvent a message), `GET /v1/poll?after=&wait=` (at once, or
/// as soon as there is an event), `GET /v1/snapshot`, `GET /metrics` (Prometheus),
/// `GET /api/health/realtime`. A position is `<sequence>-<epoch>`; each event has a checksum. Events that are sent
/// twice are handed out twice: readers tell repeats by `source` and `id`.
package final class FeedServer: Sendable {
  private let configuration: FeedConfiguration
  private let hub: FeedHub
  private let bound = BoundPort()

  /// A feed that is not served yet.
  package init(configuration: FeedConfiguration) {
    self.configuration = configuration
    hub = FeedHub(configuration)
  }

  /// The port the feed is served on, as soon as it is.
  ///
  /// - Throws: `FeedServerError` when it never will be.
  package var port: Int {
    get async throws(FeedServerError) { try await bound.value() }
  }

  /// Puts events into the feed; the number of the newest event in it.
  @discardableResult
  package func publish(_ events: [Event]) -> Int64 {
    hub.publish(events)
  }

  /// Serves the feed until the task is cancelled.
  ///
  /// - Throws: `FeedServerError` when the address cannot be listened on.
  package func run() async throws {
    let hub = hub
    let heartbeat = configuration.heartbeat
    let failure = await withTaskGroup(of: FeedServerError?.self) { group in
      group.addTask { await self.serve() }
      group.addTask {
        while (try? await Task.sleep(for: .microseconds(heartbeat.microseconds))) != nil {
          hub.beat()
        }
        return nil
      }
      let failure = await group.next()
      group.cancelAll()
      hub.close()
      return failure ?? nil
    }
    bound.settle(.failure(failure ?? .stopped))
    if let failure { throw failure }
  }

  /// Serves until cancelled; the failure that kept it from listening, if any.
  private func serve() async -> FeedServerError? {
    let bound = bound
    let application = Application(
      responder: FeedResponder(hub: hub, bodyBytes: configuration.bodyBytes),
      server: FeedChannel.builder(hub),
      configuration: ApplicationConfiguration(
        address: .hostname(configuration.host, port: configuration.port)),
      onServerRunning: { channel in
        bound.settle(.success(channel.localAddress?.port ?? 0))
      },
      logger: Logger(label: "feed") { _ in SwiftLogNoOpLogHandler() })
    do {
      try await application.run()
      return nil
    } catch {
      return Task.isCancelled ? nil : explain(error)
    }
  }

  private func explain(_ error: any Error) -> FeedServerError {
    if let error = error as? IOError, error.errnoCode == EADDRINUSE {
      return .addressInUse(host: configuration.host, port: configuration.port)
    }
    return .cannotListen(
      host: configuration.host, port: configuration.port, reason: String(describing: error))
  }
}

/// The port, once it is known; told to all who asked.
final class BoundPort: Sendable {
  private enum State {
    case unknown([CheckedContinuation<Result<Int, FeedServerError>, Never>])
    case known(Result<Int, FeedServerError>)
  }

  private let state = Mutex(State.unknown([]))

  /// Tells the outcome; only the first one counts.
  func settle(_ result: Result<Int, FeedServerError>) {
    let waiting = state.withLock { state in
      guard case .unknown(let waiting) = state else {
        return [CheckedContinuation<Result<Int, FeedServerError>, Never>]()
      }
      state = .known(result)
      return waiting
    }
    for continuation in waiting { continuation.resume(returning: result) }
  }

  func value() async throws(FeedServerError) -> Int {
    let result = await withCheckedContinuation { continuation in
      let known = state.withLock { state -> Result<Int, FeedServerError>? in
        switch state {
        case .known(let result): return result
        case .unknown(let waiting):
          state = .unknown(waiting + [continuation])
          return nil
        }
      }
      if let known { continuation.resume(returning: known) }
    }
    return try result.get()
  }
}
