import Domain
import Wire

extension RehearsalReport {
  var value: JSONValue {
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
