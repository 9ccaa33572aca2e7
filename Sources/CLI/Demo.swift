import ArgumentParser
import Hub
import Transport

/// `podium demo`
struct Demo: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Watch a made-up restaurant and fleet of agents; needs nothing.")

  @OptionGroup var feeding: FeedingOptions

  @Option(help: "The port of the embedded hub; 0 chooses one.")
  var port = 0

  @OptionGroup var recording: RecordingOptions

  @OptionGroup var drawing: DrawingOptions

  func validate() throws {
    guard (0...65_535).contains(port) else {
      throw ValidationError("--port is between 0 and 65535")
    }
  }

  func run() async throws {
    let server = FeedServer(configuration: FeedConfiguration(port: port))
    let feeder = ScenarioFeeder(
      feeding.scenario ?? .standard, seed: feeding.seed, speed: feeding.speed, into: server)
    do {
      try await withThrowingTaskGroup(of: Void.self) { tasks in
        tasks.addTask { try await server.run() }
        tasks.addTask { await feeder.run() }
        let port = try await server.port
        let source = try SourceOptions.local(port: port)
        try await Dashboarding.watch(
          [source], drawing: drawing, transport: TransportOptions(),
          recording: try recording.plan(keepsTapes: false), board: recording.board)
        tasks.cancelAll()
      }
    } catch let error as FeedServerError {
      throw Failure(.cannotConnect, error.description)
    }
  }
}

extension SourceOptions {
  /// The embedded hub as a source.
  static func local(port: Int) throws -> NamedSource {
    let address = try SourceAddress("http://127.0.0.1:\(port)")
    guard case .http(let http, let mode) = address else {
      throw Failure(.usage, "port \(port) is no port")
    }
    return NamedSource(name: address.name, source: Source(.http(http, mode)))
  }
}
