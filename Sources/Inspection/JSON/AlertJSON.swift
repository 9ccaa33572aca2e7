import Domain
import Wire

extension FiredAlert {
  func value(by end: Timestamp) -> JSONValue {
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
