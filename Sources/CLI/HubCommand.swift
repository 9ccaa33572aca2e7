import ArgumentParser
import Domain
import Hub

/// `podium hub`
struct HubCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hub", abstract: "Serve a feed: POST events in, stream and poll them out.",
    discussion: """
      POST /v1/events takes a CloudEvent, a batch or NDJSON. GET /v1/events streams them as SSE and \
      resumes by Last-Event-ID; GET /v1/ws?after=POSITION by WebSocket (subprotocol \
      cloudevents.json, permessage-deflate); GET /v1/poll?after=POSITION answers at once, with \
      &wait=SECONDS (at most 60) as soon as there is an event. A position is \
      <sequence>-<epoch>, and every event has a CRC-32C; a stream of everything tells in \
      Last-Event-ID the position that it begins after. GET /v1/snapshot tells how everything \
      stands, GET /metrics the counts for Prometheus, GET /api/health/realtime how the feed is.
      """)

  @Option(help: ArgumentHelp("Where to listen; port 0 chooses one.", valueName: "HOST:PORT"))
  var listen = "127.0.0.1:7800"

  @Option(
    help: ArgumentHelp(
      "How many events a reader that comes back can be given (in at most 16 MiB).", valueName: "N"))
  var journalEvents = 10_000

  @OptionGroup var feeding: FeedingOptions

  func validate() throws {
    guard (1...1_000_000).contains(journalEvents) else {
      throw ValidationError("--journal-events is between 1 and 1000000")
    }
  }

  func run() async throws {
    var configuration = try FeedConfiguration(listening: listen)
    configuration.journalEvents = journalEvents
    let server = FeedServer(configuration: configuration)
    let feeder = feeding.scenario.map {
      ScenarioFeeder($0, seed: feeding.seed, speed: feeding.speed, into: server)
    }
    do {
      try await withThrowingTaskGroup(of: Void.self) { tasks in
        tasks.addTask { try await server.run() }
        tasks.addTask {
          standardError("podium: hub on http://127.0.0.1:\(try await server.port); Ctrl-C ends it")
        }
        if let feeder { tasks.addTask { await feeder.run() } }
        try await tasks.waitForAll()
      }
    } catch let error as FeedServerError {
      throw Failure(.cannotConnect, error.description)
    }
  }
}

/// Which made-up events to feed.
struct FeedingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Feed a made-up scenario: \(Scenario.allCases.map(\.rawValue).joined(separator: ", ")).",
      valueName: "NAME"))
  var scenario: Scenario?

  @Option(help: "The seed: the same one gives the same events.")
  var seed: UInt64 = 1

  @Option(help: "How fast the scenario's time passes.")
  var speed: Double = 1

  func validate() throws {
    guard speed.isFinite, speed >= 0.01, speed <= 1_000 else {
      throw ValidationError("--speed is between 0.01 and 1000")
    }
  }
}

extension Scenario: ExpressibleByArgument {}

extension FeedConfiguration {
  /// Reads `HOST:PORT` or `PORT`, as given to an option.
  init(listening text: String, option: String = "--listen") throws {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count <= 2, let port = parts.last.flatMap({ Int($0) }), (0...65_535).contains(port)
    else {
      throw Failure(.usage, "\(option) is HOST:PORT, such as 127.0.0.1:7800, not \"\(text)\"")
    }
    self.init(host: parts.count == 2 ? String(parts[0]) : "127.0.0.1", port: port)
  }
}
