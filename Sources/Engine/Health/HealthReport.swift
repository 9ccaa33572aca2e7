package import Domain
package import Panes

/// How every connection and source stands, as plain values: what the link workspace shows, for
/// machines. Pure; holds no credentials, since a connection's name has none.
package struct HealthReport: Equatable, Sendable {
  /// Percentiles of a latency, and of how many values they are; nil where nothing was measured.
  package struct Latency: Equatable, Sendable {
    package let p50: Span?, p95: Span?, p99: Span?
    package let count: UInt64

    init(_ histogram: Histogram) {
      p50 = histogram.percentile(0.5)
      p95 = histogram.percentile(0.95)
      p99 = histogram.percentile(0.99)
      count = histogram.count
    }
  }

  /// One connection.
  package struct Link: Equatable, Sendable {
    /// Its name, with `#2` and so on where several have the same.
    package let name: String
    /// The state in a word: `live`, `quiet`, `silent`, `polling`, `stale`, `retry`, `refused`, …
    package let state: String
    package let isCurrent: Bool
    package let connection: Connection
    /// Events and bytes a second.
    package let eventRate: Double, byteRate: Double
    package let uptime: Double
  }

  /// The sources told of each, in order of appearance; all are in the counts.
  package static let sourceBound = 256

  /// The moment it was made.
  package let at: Timestamp
  package let links: [Link]
  package let sources: [SourceFacts]
  package let vitals: Vitals
  package let arrivalToScreen: Latency
  /// What was received in all, and what became of it.
  package let counts: [Count]
  /// Jumps in the sequences of sources and in feeds; nil while nothing is numbered.
  package let gaps: Int?

  /// A count over all sources.
  package struct Count: Equatable, Sendable {
    package let name: String
    package let help: String
    package let value: Int64
  }

  /// The health of a board's stream at a moment.
  package init(_ stream: StreamLedger, vitals: Vitals = Vitals(), at now: Timestamp) {
    at = now
    sources = Array(stream.sources.prefix(Self.sourceBound))
    self.vitals = vitals
    arrivalToScreen = Latency(vitals.arrivalToScreen)
    gaps = stream.gaps
    counts = Self.counts(of: stream)
    var seen: [String: Int] = [:]
    links = stream.connections.map { connection in
      seen[connection.name, default: 0] += 1
      let number = seen[connection.name] ?? 1
      let word = HealthWord(connection, at: now)
      let rates = connection.rates(at: now)
      return Link(
        name: number > 1 ? "\(connection.name)#\(number)" : connection.name,
        state: word.word.split(separator: " ").first?.lowercased() ?? "",
        isCurrent: word.isCurrent, connection: connection, eventRate: rates.events,
        byteRate: rates.bytes, uptime: connection.uptime(at: now))
    }
  }

  private static func counts(of stream: StreamLedger) -> [Count] {
    func count(_ name: String, _ value: Int, _ help: String) -> Count {
      Count(name: name, help: help, value: Int64(value))
    }
    return [
      count("received", stream.received, "Events received, repeats included."),
      count("applied", stream.applied, "Events that were neither repeats nor late."),
      count("duplicates", stream.duplicates, "Events whose source and id were seen before."),
      count("late", stream.late, "Events older than one of their subject."),
      count("unmapped", stream.unmapped, "Events with a type or value outside the catalogue."),
      count("malformed", stream.malformed, "Inbound data that was no event."),
      count("damaged", stream.damaged, "Times a connection brought something else than was sent."),
      count("coalesced", stream.coalesced, "Events that became part of a newer one."),
      count("dropped", stream.dropped, "Telemetry dropped beyond a source's maximum rate."),
      count("refused_entities", stream.refusedEntities, "Entities a full collection refused."),
    ]
  }
}
