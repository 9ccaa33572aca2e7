import Domain
import Panes
package import Wire

// The report as JSON, with the same facts. What was never measured is null.

extension HealthReport {
  /// The report as one JSON object, with a line end.
  package var json: [UInt8] {
    var json = JSONWriter()
    json.value(value)
    return json.bytes + [UInt8(ascii: "\n")]
  }

  /// The report as a JSON value.
  package var value: JSONValue {
    Self.object([
      ("at", .string(at.rfc3339)),
      ("connections", .array(links.map(value))),
      ("sources", .array(sources.map(value))),
      (
        "counts",
        Self.object(
          counts.map { ($0.name, .integer($0.value)) }
            + [("gaps", Self.integer(gaps.map { Int64($0) }))])
      ),
      ("arrivalToScreen", value(arrivalToScreen)),
      (
        "process",
        Self.object([
          ("residentBytes", Self.integer(vitals.residentBytes)),
          ("cpuCores", Self.number(vitals.cpuShare)),
          ("backlogBytes", .integer(vitals.backlogBytes)), ("frames", .integer(vitals.frames)),
        ])
      ),
    ])
  }

  private func value(_ link: Link) -> JSONValue {
    let connection = link.connection
    return Self.object([
      ("name", .string(link.name)), ("state", .string(link.state)),
      ("current", .bool(link.isCurrent)),
      ("transport", Self.text(connection.transport?.rawValue)),
      ("fallbackReason", Self.text(connection.fallback?.reason)),
      ("lastLoss", Self.text(connection.lastLoss)),
      ("lastEventAgeSeconds", Self.number(age(connection.lastEventAt))),
      ("lastByteAgeSeconds", Self.number(age(connection.lastByteAt))),
      ("patienceSeconds", Self.number(connection.patience?.seconds)),
      ("roundTripSeconds", Self.number(connection.roundTrip?.seconds)),
      ("retrySeconds", Self.number(retry(link))),
      ("eventsPerSecond", .number(link.eventRate)), ("bytesPerSecond", .number(link.byteRate)),
      ("events", .integer(connection.events)), ("bytes", .integer(connection.bytes)),
      ("compressionRatio", Self.number(connection.compressionRatio)),
      ("connects", .integer(Int64(connection.connects))),
      ("reconnects", .integer(Int64(connection.reconnects))),
      ("uptime", .number(link.uptime)), ("resumedFrom", Self.text(connection.resumedFrom)),
      ("damaged", .integer(Int64(connection.damaged))),
      ("gaps", .integer(Int64(connection.gaps))), ("missing", .integer(connection.missing)),
      ("unaccounted", .array(connection.unaccounted.map(value))),
    ])
  }

  private func value(_ time: UnaccountedTime) -> JSONValue {
    Self.object([
      ("from", .string(time.from.rfc3339)), ("to", .string(time.to.rfc3339)),
      ("resyncedAt", Self.text(time.resyncedAt?.rfc3339)),
    ])
  }

  private func value(_ source: SourceFacts) -> JSONValue {
    Self.object([
      ("name", .string(source.name)), ("applied", .integer(Int64(source.applied))),
      ("duplicates", .integer(Int64(source.duplicates))), ("late", .integer(Int64(source.late))),
      ("unmapped", .integer(Int64(source.unmapped))),
      ("gaps", Self.integer(source.gaps.map { Int64($0) })),
      ("missing", source.gaps == nil ? .null : .integer(source.missing)),
      ("coalesced", .integer(Int64(source.coalesced))),
      ("dropped", .integer(Int64(source.dropped))),
      ("lag", source.skew == nil ? value(Latency(source.lag)) : .null),
      ("clockDifferenceSeconds", Self.number(source.skew?.seconds)),
    ])
  }

  private func value(_ latency: Latency) -> JSONValue {
    Self.object([
      ("p50Seconds", Self.number(latency.p50?.seconds)),
      ("p95Seconds", Self.number(latency.p95?.seconds)),
      ("p99Seconds", Self.number(latency.p99?.seconds)),
      ("count", .integer(Int64(clamping: latency.count))),
    ])
  }

  private static func object(_ members: [(String, JSONValue)]) -> JSONValue {
    .object(members.map { JSONValue.Member(name: $0.0, value: $0.1) })
  }

  private static func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
  private static func integer(_ value: Int64?) -> JSONValue { value.map { .integer($0) } ?? .null }
  private static func number(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }
}
