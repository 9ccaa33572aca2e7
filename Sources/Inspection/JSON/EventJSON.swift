import Domain
import Wire

extension EventTotals {
  var value: JSONValue {
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
  var value: JSONValue {
    .of([
      ("type", .string(name)), ("count", .count(count)), ("first", .moment(first)),
      ("last", .moment(last)),
    ])
  }
}

extension SourceCount {
  var value: JSONValue {
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
