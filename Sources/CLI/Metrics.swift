import Engine
import Hub

/// The health of what is watched, served for monitoring systems.
struct Metrics: Sendable {
  private let server: MetricsServer

  /// Serves on an address while `body` runs; with none given only `body` runs.
  ///
  /// - Throws: `Failure` when the address cannot be listened on, or what `body` throws.
  static func serving(
    on address: String?, _ body: (Metrics?) async throws -> Void
  ) async throws {
    guard let address else { return try await body(nil) }
    let place = try FeedConfiguration(listening: address, option: "--metrics")
    let server = MetricsServer(host: place.host, port: place.port)
    let serving = Task { try await server.run() }
    let outcome: Result<Void, any Error>
    do {
      let port = try await server.boundPort
      standardError("podium: metrics on http://\(place.host):\(port)/metrics")
      outcome = .success(try await body(Metrics(server: server)))
    } catch let error as FeedServerError {
      outcome = .failure(Failure(.cannotConnect, error.description))
    } catch {
      outcome = .failure(error)
    }
    serving.cancel()
    _ = await serving.result
    try outcome.get()
  }

  /// Serves a newer report.
  func publish(_ report: HealthReport) {
    server.publish(
      MetricsServer.Page(type: HealthReport.prometheusType, body: Array(report.prometheus.utf8)),
      at: "/metrics")
    server.publish(
      MetricsServer.Page(type: "application/json", body: report.json), at: "/health.json")
  }
}
