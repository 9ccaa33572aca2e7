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

extension TapeReport.FileFacts {
  var value: JSONValue {
    .of([
      ("file", .string(name)), ("bytes", bytes.map { .integer($0) } ?? .null),
      ("files", .count(count)), ("keyframes", .count(keyframes)), ("version", .integer(version)),
      ("start", .moment(start)), ("isCutOff", .bool(isCutOff)),
    ])
  }
}
