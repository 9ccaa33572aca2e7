import Domain
import Wire

extension Diagnosis {
  /// The diagnosis as one JSON object, without any secret. Times are in milliseconds.
  package var json: [UInt8] {
    var json = JSONWriter()
    json.value(.object(members))
    return json.bytes
  }

  private var members: [JSONValue.Member] {
    let verdict = Verdict(self)
    return object(
      ("source", .string(source)), ("startedAt", .string(startedAt.rfc3339)),
      ("healthy", .bool(verdict.level == .healthy)),
      ("verdict", .string(verdict.level.rawValue)), ("summary", .string(verdict.text)),
      ("fix", verdict.fix.map { .string($0) }),
      ("transport", verdict.transport.map { .string($0.rawValue) }),
      ("proxy", proxy.map { .string($0) }), ("tls", encryption.map { .object($0.members(self)) }),
      ("http", head.map { .object($0.members) }),
      ("transports", trials.isEmpty ? nil : .array(trials.map { .object($0.members) })),
      ("resume", trials.isEmpty ? nil : .string(resume.word)),
      ("steps", .array(rows.map { .object($0.members) })))
  }
}

extension DiagnosisRow {
  fileprivate var members: [JSONValue.Member] {
    object(
      ("step", .string(label)), ("mark", .string(mark.rawValue)), ("text", .string(text)),
      ("ms", took.map(milliseconds)), ("advice", advice.map { .string($0) }))
  }
}

extension Diagnosis.Resume {
  fileprivate var word: String {
    switch self {
    case .exact: "exact"
    case .replays: "replays"
    case .loses: "loses"
    case .untested: "untested"
    }
  }
}

extension Diagnosis.Encryption {
  fileprivate func members(_ diagnosis: Diagnosis) -> [JSONValue.Member] {
    object(
      ("version", version.map { .string($0) }),
      ("applicationProtocol", applicationProtocol.map { .string($0) }),
      ("trusted", .bool(problem == nil)), ("problem", problem.map { .string($0) }),
      ("pinned", .bool(isPinned)), ("ms", milliseconds(took)),
      (
        "chain",
        .array(
          chain.map { certificate in
            .object(
              object(
                ("subject", .string(certificate.subject)),
                ("issuer", .string(certificate.issuer)),
                ("names", .array(certificate.names.map { .string($0) })),
                ("notBefore", .string(certificate.notBefore.rfc3339)),
                ("notAfter", .string(certificate.notAfter.rfc3339)),
                ("daysLeft", .integer(certificate.daysLeft(at: diagnosis.startedAt))),
                ("pin", certificate.pin.map { .string($0) })))
          })
      ))
  }
}

extension Diagnosis.Head {
  fileprivate var members: [JSONValue.Member] {
    object(
      ("status", .integer(Int64(status))), ("version", .string(httpVersion)),
      ("contentType", contentType.map { .string($0) }),
      ("contentEncoding", contentEncoding.map { .string($0) }),
      ("server", server.map { .string($0) }), ("ms", milliseconds(took)),
      ("clockAheadMs", clock.map { milliseconds($0.ahead) }),
      ("clockUncertaintyMs", clock.map { milliseconds($0.uncertainty) }),
      ("answersNotModified", answersNotModified.map { .bool($0) }))
  }
}

extension Diagnosis.Trial {
  fileprivate var members: [JSONValue.Member] {
    object(
      ("transport", .string(kind.rawValue)), ("accepted", .bool(accepted != nil)),
      ("problem", problem.map { .string($0) }), ("acceptedMs", accepted.map(milliseconds)),
      ("firstByteMs", firstByte.map(milliseconds)),
      ("firstEventMs", firstEvent.map(milliseconds)), ("events", .integer(Int64(events))),
      ("malformed", .integer(Int64(malformed))), ("bytes", .integer(bytes)),
      ("listenedMs", milliseconds(listened)), ("heartbeats", .integer(Int64(heartbeats))),
      ("heartbeatMs", heartbeatInterval.map(milliseconds)),
      ("roundTripMs", roundTrip.map(milliseconds)),
      ("compressionRatio", compressionRatio.map { .number($0) }),
      ("leastLagMs", leastLag.map(milliseconds)), ("complaint", complaint.map { .string($0) }))
  }
}

/// Members whose value is known.
private func object(_ members: (name: String, value: JSONValue?)...) -> [JSONValue.Member] {
  members.compactMap { member in
    member.value.map { JSONValue.Member(name: member.name, value: $0) }
  }
}

private func milliseconds(_ span: Span) -> JSONValue {
  .number(Double(span.microseconds) / 1_000)
}
