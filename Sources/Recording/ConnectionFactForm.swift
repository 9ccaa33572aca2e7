import Domain
import Wire

/// How connection facts are written on a tape: an object whose `fact` names the case.
enum ConnectionFactForm {
  static func json(_ fact: ConnectionFact) -> String {
    var json = JSONWriter()
    json.value(.object(members(fact)))
    return String(decoding: json.bytes, as: UTF8.self)
  }

  static func fact(_ json: [UInt8]) -> ConnectionFact? {
    guard let value = try? JSONValue(parsing: json) else { return nil }
    let reason = value["reason"]?.string
    let attempt = value["attempt"]?.integer.map { Int(clamping: $0) }
    let kind = value["transport"]?.string.flatMap(TransportKind.init(rawValue:))
    switch value["fact"]?.string {
    case "connecting": return .connecting(attempt: attempt ?? 1)
    case "connected":
      return kind.map { .connected($0, resumedFrom: value["resumedFrom"]?.string) }
    case "heartbeat": return .heartbeat
    case "roundTrip":
      return value["us"]?.integer.map { .roundTrip(Span(microseconds: $0)) }
    case "compressed":
      guard let received = value["received"]?.integer, let inflated = value["inflated"]?.integer
      else { return nil }
      return .compressed(received: received, inflated: inflated)
    case "lost": return .lost(reason: reason ?? "")
    case "waiting":
      return value["until"]?.integer.map {
        .waiting(
          attempt: attempt ?? 1, until: Timestamp(microseconds: $0), reason: reason ?? "")
      }
    case "fellBack": return kind.map { .fellBack($0, reason: reason ?? "") }
    case "refused": return .refused(reason: reason ?? "")
    case "ended": return .ended
    default: return nil
    }
  }

  private static func members(_ fact: ConnectionFact) -> [JSONValue.Member] {
    func member(_ name: String, _ value: JSONValue) -> JSONValue.Member {
      JSONValue.Member(name: name, value: value)
    }
    func named(_ name: String, _ rest: JSONValue.Member...) -> [JSONValue.Member] {
      [member("fact", .string(name))] + rest
    }
    switch fact {
    case .connecting(let attempt):
      return named("connecting", member("attempt", .integer(Int64(attempt))))
    case .connected(let kind, let position):
      let resumed = position.map { [member("resumedFrom", .string($0))] } ?? []
      return named("connected", member("transport", .string(kind.rawValue))) + resumed
    case .heartbeat: return named("heartbeat")
    case .roundTrip(let span): return named("roundTrip", member("us", .integer(span.microseconds)))
    case .compressed(let received, let inflated):
      return named(
        "compressed", member("received", .integer(received)),
        member("inflated", .integer(inflated)))
    case .lost(let reason): return named("lost", member("reason", .string(reason)))
    case .waiting(let attempt, let until, let reason):
      return named(
        "waiting", member("attempt", .integer(Int64(attempt))),
        member("until", .integer(until.microseconds)), member("reason", .string(reason)))
    case .fellBack(let kind, let reason):
      return named(
        "fellBack", member("transport", .string(kind.rawValue)), member("reason", .string(reason)))
    case .refused(let reason): return named("refused", member("reason", .string(reason)))
    case .ended: return named("ended")
    }
  }
}
