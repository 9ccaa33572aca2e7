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

      With --until nothing but the outcome is printed where there is no terminal: exit code 0 once \
      the expression is true, 1 when the time is over or nothing more can come, 64 where it names no \
      fact. What is known of a lost connection is not believed, unless the expression asks of \
      stream.* itself. A tape is gone through at once.
      """)

  @Argument(help: "What to watch.")
  var sources: [String] = []

  @OptionGroup var recording: RecordingOptions

  @Option(
    help: ArgumentHelp(
      "Serve GET /metrics (Prometheus text) and /health.json while watching.",
      valueName: "HOST:PORT"))
  var metrics: String?

  @Option(
    help: ArgumentHelp(
      "Raise alerts by the rules in this file (docs/expressions.md).", valueName: "FILE"))
  var rules: String?

  @Option(
    help: ArgumentHelp(
      """
      The events a second that a source may send; beyond it only the newest telemetry of each \
      subject is shown, and orders wait. What the config file says of a source goes first.
      """, valueName: "N"))
  var maxRate: Double?

  @OptionGroup var gating: GateOptions
  @OptionGroup var reading: SourceOptions
  @OptionGroup var drawing: DrawingOptions

  func validate() throws {
    if let maxRate, !(maxRate >= 0.1 && maxRate <= 10_000_000) {
      throw ValidationError("--max-rate is between 0.1 and 10000000 events a second")
    }
  }

  func run() async throws {
    let gate = try gating.gate()
    if sources.count == 1, try ConfiguredSource.settings(of: sources[0]) == nil,
      case .path(let path) = try? SourcePath(sources[0]),
      try FileKind(sniffing: path) == .tape
    {
      if let gate { return try gating.pass(gate, tape: path) }
      return try await Replay.play(path, drawing: drawing)
    }
    let watch = Watching(
      rules: try RuleFile.all(with: rules), gate: gate, timeout: gating.timeout?.span,
      telling: GateTelling(isJSON: gating.json))
    var named =
      try sources.isEmpty
      ? ConfiguredSource.all(reading.connecting)
      : sources.map { try reading.source($0, follow: true) }
    for number in named.indices { named[number].maxRate = named[number].maxRate ?? maxRate }
    guard !named.isEmpty else {
      throw Failure(
        .usage, "no source is named, and none is in the config file: see `podium monitor --help`")
    }
    try await Metrics.serving(on: metrics) { metrics in
      try await Dashboarding.watch(
        named, drawing: drawing, transport: reading.transport,
        recording: try recording.plan(keepsTapes: true), board: recording.board,
        metrics: metrics, watching: watch)
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
