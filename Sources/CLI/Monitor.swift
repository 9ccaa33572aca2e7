import ArgumentParser
import Glibc

/// `podium monitor SOURCE...`
struct Monitor: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Watch sources live.",
    discussion: """
      A source is http:// or https:// (a podium hub, or a stream of CloudEvents: the best transport \
      that it has), or one transport alone: wss://, sse+https://, longpoll+https://, poll+https://; \
      a Claude Code transcript or a folder of them, a file of CloudEvents, - for the standard input, \
      a tape, or the name of a source in the config file. With none, all sources of the config file \
      are watched.
      """)

  @Argument(help: "What to watch.")
  var sources: [String] = []

  @OptionGroup var recording: RecordingOptions

  @Option(
    help: ArgumentHelp(
      "Serve GET /metrics (Prometheus text) and /health.json while watching.",
      valueName: "HOST:PORT"))
  var metrics: String?

  @OptionGroup var reading: SourceOptions
  @OptionGroup var drawing: DrawingOptions

  func run() async throws {
    if sources.count == 1, try ConfiguredSource.settings(of: sources[0]) == nil,
      case .path(let path) = try? SourcePath(sources[0]),
      try FileKind(sniffing: path) == .tape
    {
      return try await Replay.play(path, drawing: drawing)
    }
    let named =
      try sources.isEmpty
      ? ConfiguredSource.all(reading) : sources.map { try reading.source($0, follow: true) }
    guard !named.isEmpty else {
      throw Failure(
        .usage, "no source is named, and none is in the config file: see `podium monitor --help`")
    }
    try await Metrics.serving(on: metrics) { metrics in
      try await Dashboarding.watch(
        named, drawing: drawing, transport: reading.transport,
        recording: try recording.place(keepsTapes: true), board: recording.board,
        metrics: metrics)
    }
  }
}

/// Whether a source is a path, without judging anything else about it.
enum SourcePath {
  case path(String), other

  init(_ text: String) throws {
    self = text == "-" || text.contains("://") ? .other : .path(text)
  }
}
