import Domain
import Wire

extension TapeReport {
  /// The report as one JSON object in one line; docs/inspect.md names its members. Moments are
  /// RFC 3339 in UTC, spans are microseconds (`…Us`).
  package var json: [UInt8] {
    var json = JSONWriter()
    json.value(
      .of([
        ("podium", .integer(1)),
        ("tape", file.value),
        (
          "span",
          .of([
            ("start", .moment(start)), ("end", .moment(end)), ("lengthUs", .span(end - start)),
          ])
        ),
        (
          "lines",
          .of([
            ("frames", .count(frames)), ("facts", .count(facts)), ("markers", .count(markerCount)),
          ])
        ),
        ("events", events.value),
        ("types", .array(types.map(\.value))),
        ("sources", .array(sources.map(\.value))),
        ("connections", .array(connections.map(\.value))),
        ("alerts", alertValue),
        ("rules", rehearsal?.value ?? .null),
        (
          "markers",
          .array(markers.map { .of([("at", .moment($0.at)), ("label", .string($0.label))]) })
        ),
      ]))
    return json.bytes + [UInt8(ascii: "\n")]
  }

  /// The alerts alone: the member `alerts` of the report.
  package var alertJSON: [UInt8] {
    var json = JSONWriter()
    json.value(alertValue)
    return json.bytes + [UInt8(ascii: "\n")]
  }

  private var alertValue: JSONValue {
    .of([
      ("count", .count(alertCount)), ("omitted", .count(omittedAlerts)),
      ("open", .count(alerts.count { $0.state.isOpen })),
      ("fired", .array(alerts.map { $0.value(by: end) })),
    ])
  }
}

extension JSONValue {
  fileprivate static func of(_ members: [(String, JSONValue)]) -> JSONValue {
    .object(members.map { Member(name: $0.0, value: $0.1) })
  }

  fileprivate static func moment(_ moment: Timestamp?) -> JSONValue {
    moment.map { .string($0.rfc3339) } ?? .null
  }

  fileprivate static func span(_ span: Span) -> JSONValue { .integer(span.microseconds) }
  fileprivate static func count(_ count: Int) -> JSONValue { .integer(Int64(count)) }
  fileprivate static func fact(_ value: Fact.Value?) -> JSONValue {
    switch value {
    case .count(let count)?: .count(count)
    case .truth(let truth)?: .bool(truth)
    case nil: .null
    }
  }

  fileprivate static func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
}

extension TapeReport.FileFacts {
  fileprivate var value: JSONValue {
    .of([
      ("file", .string(name)), ("bytes", bytes.map { .integer($0) } ?? .null),
      ("files", .count(count)), ("keyframes", .count(keyframes)), ("version", .integer(version)),
      ("start", .moment(start)), ("isCutOff", .bool(isCutOff)),
    ])
  }
}

extension EventTotals {
  fileprivate var value: JSONValue {
    .of([
      ("received", .count(received)), ("applied", .count(applied)),
      ("duplicates", .count(duplicates)), ("late", .count(late)), ("unmapped", .count(unmapped)),
      ("malformed", .count(malformed)), ("damaged", .count(damaged)),
      ("coalesced", .count(coalesced)), ("dropped", .count(dropped)),
      ("lastMalformed", .text(lastMalformed)), ("lastDamage", .text(lastDamage)),
    ])
  }
}

extension TypeCount {
  fileprivate var value: JSONValue {
    .of([
      ("type", .string(name)), ("count", .count(count)), ("first", .moment(first)),
      ("last", .moment(last)),
    ])
  }
}

extension SourceCount {
  fileprivate var value: JSONValue {
    .of([
      ("source", .string(name)), ("applied", .count(applied)), ("duplicates", .count(duplicates)),
      ("late", .count(late)), ("unmapped", .count(unmapped)), ("coalesced", .count(coalesced)),
      ("dropped", .count(dropped)), ("gaps", gaps.map { .count($0) } ?? .null),
      ("missing", .integer(missing)), ("lastArrival", .moment(lastArrival)),
      (
        "newestGaps",
        .array(
          newestGaps.map {
            .of([
              ("from", .integer($0.from)), ("to", .integer($0.to)),
              ("missing", .integer($0.missing)), ("at", .moment($0.at)),
              ("resyncedAt", .moment($0.resyncedAt)),
            ])
          })
      ),
    ])
  }
}

extension ConnectionReport {
  fileprivate var value: JSONValue {
    .of([
      ("name", .string(name)), ("state", .string(state.word)),
      ("frames", .count(frames)), ("bytes", .integer(bytes)), ("events", .integer(events)),
      (
        "transports",
        .array(
          carried.map {
            .of([
              ("transport", .string($0.transport)), ("frames", .count($0.frames)),
              ("bytes", .integer($0.bytes)),
            ])
          })
      ),
      ("attempts", .count(attempts)), ("connects", .count(connects)), ("losses", .count(losses)),
      ("damaged", .count(damaged)), ("outageCount", .count(outageCount)),
      ("downtimeUs", .span(downtime)), ("outages", .array(outages.map(\.value))),
      ("fallbackCount", .count(fallbackCount)), ("fallbacks", Self.value(fallbacks)),
      ("refusalCount", .count(refusalCount)), ("refusals", Self.value(refusals)),
      ("unaccountedCount", .count(unaccountedCount)),
      (
        "unaccounted",
        .array(
          unaccounted.map {
            .of([
              ("from", .moment($0.from)), ("to", .moment($0.to)),
              ("resyncedAt", .moment($0.resyncedAt)),
            ])
          })
      ),
    ])
  }

  private static func value(_ notes: [Note]) -> JSONValue {
    .array(notes.map { .of([("at", .moment($0.at)), ("text", .string($0.text))]) })
  }
}

extension ConnectionReport.Outage {
  fileprivate var value: JSONValue {
    .of([
      ("kind", .string(kind.rawValue)), ("from", .moment(from)), ("to", .moment(to)),
      ("reason", .text(reason)), ("attempts", .count(attempts)),
    ])
  }
}

extension FiredAlert {
  fileprivate func value(by end: Timestamp) -> JSONValue {
    .of([
      ("code", .string(code)), ("subject", .string(subject)), ("severity", .count(severity)),
      ("world", .string("\(world)")), ("text", .string(text)), ("lastText", .string(lastText)),
      ("basis", .string(basis.rawValue)), ("firedAt", .moment(firedAt)), ("since", .moment(since)),
      ("closedAt", .moment(closedAt)), ("stoodUs", .span(stood(by: end))),
      ("state", .string(state.rawValue)), ("count", .count(count)),
      (
        "causes",
        .array(
          causes.map { cause in
            .of([
              ("id", .string(cause.id)), ("type", .text(cause.event?.type)),
              ("source", .text(cause.event?.source)), ("at", .moment(cause.event?.at)),
            ])
          })
      ),
    ])
  }
}

extension RehearsalReport {
  fileprivate var value: JSONValue {
    .of([
      ("rules", .array(rules.map { .string($0) })), ("count", .count(firings.count)),
      ("isTruncated", .bool(isTruncated)), ("fired", .array(firings.map(\.value))),
    ])
  }
}

extension RehearsalReport.Firing {
  fileprivate var value: JSONValue {
    .of([
      ("rule", .string(rule)), ("when", .string(condition)), ("text", .text(text)),
      ("severity", .count(severity)), ("since", .moment(since)), ("firedAt", .moment(firedAt)),
      ("clearedAt", .moment(clearedAt)),
      (
        "facts",
        .array(
          facts.map {
            .of([
              ("name", .string($0.name)), ("value", .fact($0.value)),
              ("evidence", .array($0.evidence.map { .string($0) })),
            ])
          })
      ),
    ])
  }
}

extension ConnectionState {
  fileprivate var word: String {
    switch self {
    case .idle: "idle"
    case .connecting: "connecting"
    case .live: "live"
    case .stale: "stale"
    case .waiting: "waiting"
    case .refused: "refused"
    case .ended: "ended"
    }
  }
}
