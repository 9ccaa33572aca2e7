import Domain
import Panes

// The report as Prometheus text (exposition format 0.0.4).

extension HealthReport {
  /// The content type of `prometheus`.
  package static let prometheusType = "text/plain; version=0.0.4; charset=utf-8"

  /// The report as Prometheus reads it. What was never measured is left out.
  package var prometheus: String {
    var text = PrometheusText()
    addLinks(to: &text)
    addSources(to: &text)
    for count in counts {
      text.family("podium_\(count.name)_total", .counter, count.help)
      text.sample([], Double(count.value))
    }
    addProcess(to: &text)
    return text.text
  }

  private func addLinks(to text: inout PrometheusText) {
    typealias Facts = (name: String, type: PrometheusText.Kind, help: String, of: (Link) -> Double?)
    let facts: [Facts] = [
      (
        "current", .gauge, "1 while what the connection shows is current.", { $0.isCurrent ? 1 : 0 }
      ),
      ("uptime_ratio", .gauge, "Share of the time in which it was live, 0-1.", { $0.uptime }),
      (
        "last_event_age_seconds", .gauge, "Time since its last event.",
        { age($0.connection.lastEventAt) }
      ),
      (
        "last_byte_age_seconds", .gauge, "Time since its last byte or heartbeat.",
        { age($0.connection.lastByteAt) }
      ),
      (
        "round_trip_seconds", .gauge, "Newest measured round trip.",
        { $0.connection.roundTrip?.seconds }
      ),
      ("retry_seconds", .gauge, "Time until it is tried again.", { retry($0) }),
      ("events_per_second", .gauge, "Events a second over ten seconds.", { $0.eventRate }),
      ("bytes_per_second", .gauge, "Bytes a second over ten seconds.", { $0.byteRate }),
      ("events_total", .counter, "Events received.", { Double($0.connection.events) }),
      ("bytes_total", .counter, "Bytes received, decompressed.", { Double($0.connection.bytes) }),
      (
        "compression_ratio", .gauge, "Inflated by received bytes of the newest connection.",
        { $0.connection.compressionRatio }
      ),
      ("connects_total", .counter, "Connections made.", { Double($0.connection.connects) }),
      (
        "reconnects_total", .counter, "Of those after a loss.", { Double($0.connection.reconnects) }
      ),
      ("damaged_total", .counter, "Times it brought damage.", { Double($0.connection.damaged) }),
      (
        "gaps_total", .counter, "Times its feed went on without some events.",
        { $0.connection.gaps > 0 ? Double($0.connection.gaps) : nil }
      ),
      (
        "unaccounted_total", .counter, "Reconnections that could not resume.",
        { Double($0.connection.unaccountedCount) }
      ),
    ]
    for fact in facts {
      let samples = links.compactMap { link in fact.of(link).map { (link, $0) } }
      guard !samples.isEmpty else { continue }
      text.family("podium_connection_\(fact.name)", fact.type, fact.help)
      for (link, value) in samples { text.sample(labels(link), value) }
    }
    guard !links.isEmpty else { return }
    text.family("podium_connection_state", .gauge, "1 for the state it is in.")
    for link in links { text.sample(labels(link) + [("state", link.state)], 1) }
  }

  private func addSources(to text: inout PrometheusText) {
    typealias Facts = (name: String, help: String, of: (SourceFacts) -> Double?)
    let facts: [Facts] = [
      ("applied_total", "Events that were neither repeats nor late.", { Double($0.applied) }),
      ("duplicates_total", "Repeated events.", { Double($0.duplicates) }),
      ("late_total", "Events older than one of their subject.", { Double($0.late) }),
      ("unmapped_total", "Events outside the catalogue.", { Double($0.unmapped) }),
      ("gaps_total", "Jumps in its sequence.", { $0.gaps.map(Double.init) }),
      ("coalesced_total", "Events that became part of a newer one.", { Double($0.coalesced) }),
      ("dropped_total", "Telemetry dropped beyond its rate.", { Double($0.dropped) }),
    ]
    for fact in facts {
      add("podium_source_\(fact.name)", .counter, fact.help, to: &text) { fact.of($0) }
    }
    add("podium_source_missing", .gauge, "Events still missing of its gaps.", to: &text) {
      $0.gaps == nil ? nil : Double($0.missing)
    }
    add(
      "podium_source_clock_difference_seconds", .gauge, "How far its clock is ahead of ours.",
      to: &text
    ) { $0.skew?.seconds }
    let measured = sources.filter { $0.skew == nil && $0.lag.count > 0 }
    guard !measured.isEmpty else { return }
    text.family("podium_source_lag_seconds", .summary, "Arrival minus origin, clocks agreeing.")
    for source in measured { text.latency([("source", source.name)], Latency(source.lag)) }
  }

  private func add(
    _ name: String, _ kind: PrometheusText.Kind, _ help: String, to text: inout PrometheusText,
    _ value: (SourceFacts) -> Double?
  ) {
    let samples = sources.compactMap { source in value(source).map { (source.name, $0) } }
    guard !samples.isEmpty else { return }
    text.family(name, kind, help)
    for (name, value) in samples { text.sample([("source", name)], value) }
  }

  private func addProcess(to text: inout PrometheusText) {
    if arrivalToScreen.count > 0 {
      text.family(
        "podium_arrival_to_screen_seconds", .summary, "From arrival until shown on the screen.")
      text.latency([], arrivalToScreen)
    }
    text.family("podium_backlog_bytes", .gauge, "Bytes received that wait to be decoded.")
    text.sample([], Double(vitals.backlogBytes))
    if let bytes = vitals.residentBytes {
      text.family("podium_resident_bytes", .gauge, "Resident memory.")
      text.sample([], Double(bytes))
    }
    if let share = vitals.cpuShare {
      text.family("podium_cpu_cores", .gauge, "Processor time used a second.")
      text.sample([], share)
    }
    text.family("podium_frames_total", .counter, "Frames drawn.")
    text.sample([], Double(vitals.frames))
  }

  private func labels(_ link: Link) -> [(String, String)] {
    let kind = link.connection.transport.map { [("transport", $0.rawValue)] } ?? []
    return [("connection", link.name)] + kind
  }

  func age(_ moment: Timestamp?) -> Double? { moment.map { max(0, (at - $0).seconds) } }

  func retry(_ link: Link) -> Double? {
    guard case .waiting(_, let until, _) = link.connection.state else { return nil }
    return max(0, (until - at).seconds)
  }
}

/// Lines of the Prometheus text format.
struct PrometheusText {
  enum Kind: String {
    case counter, gauge, summary
  }

  private(set) var text = ""
  private var name = ""

  /// Begins a family; its samples follow.
  mutating func family(_ name: String, _ kind: Kind, _ help: String) {
    self.name = name
    text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
  }

  mutating func sample(_ labels: [(String, String)], _ value: Double, suffix: String = "") {
    text += name + suffix
    if !labels.isEmpty {
      let pairs = labels.map { "\($0.0)=\"\(Self.escaped($0.1))\"" }
      text += "{\(pairs.joined(separator: ","))}"
    }
    text += " \(Self.number(value))\n"
  }

  mutating func latency(_ labels: [(String, String)], _ latency: HealthReport.Latency) {
    for (quantile, span) in [("0.5", latency.p50), ("0.95", latency.p95), ("0.99", latency.p99)] {
      guard let span else { continue }
      sample(labels + [("quantile", quantile)], span.seconds)
    }
    sample(labels, Double(latency.count), suffix: "_count")
  }

  /// A whole number without a fraction, as counters are read best.
  private static func number(_ value: Double) -> String {
    guard value.isFinite else { return value.isNaN ? "NaN" : value < 0 ? "-Inf" : "+Inf" }
    return abs(value) < 1e15 && value == value.rounded() ? String(Int64(value)) : value.description
  }

  /// Backslash, quote and line end escaped, as the format asks; other control characters, which
  /// would steer a terminal that shows the page, replaced.
  private static func escaped(_ value: String) -> String {
    var result = ""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case "\"": result += "\\\""
      case "\n": result += "\\n"
      default:
        let isControl = scalar.properties.generalCategory == .control
        result.unicodeScalars.append(isControl ? "\u{FFFD}" : scalar)
      }
    }
    return result
  }
}
