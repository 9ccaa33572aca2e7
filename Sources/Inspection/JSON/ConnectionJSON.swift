import Domain
import Wire

extension ConnectionReport {
  var value: JSONValue {
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
