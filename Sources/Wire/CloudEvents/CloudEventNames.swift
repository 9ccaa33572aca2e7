import Domain

/// The member names a CloudEvent decoder looks for, and their usual order.
struct CloudEventNames: Sendable {
  /// A member of `data`.
  enum DataName: Sendable {
    /// A field of the catalogue and its number among them.
    case field(Field, ordinal: Int)
    /// Changed fields of a delta, which go before same-named ones beside it.
    case set
    /// Names of withdrawn fields of a delta.
    case unset
    /// Token counts as an object of `in`, `out` and `cache`.
    case tokens
  }

  var attributes = KeyPredictor<CloudEventAttribute>(
    CloudEventAttribute.allCases.map { ($0.rawValue, $0) })
  var data: KeyPredictor<DataName>

  /// What every decoder begins with; built once, for it costs more than reading a short event.
  static let initial = CloudEventNames()

  private init() {
    var names = Field.allCases.enumerated().map { index, field in
      (name: field.rawValue, value: DataName.field(field, ordinal: index))
    }
    // What real feeds call the token counts (DOMAIN.md section 3, `agent.usage`).
    let aliases: [(String, Field)] = [
      ("in", .tokensIn), ("out", .tokensOut), ("cache", .tokensCache),
    ]
    for (alias, field) in aliases {
      guard let ordinal = Field.allCases.firstIndex(of: field) else { continue }
      names.append((alias, .field(field, ordinal: ordinal)))
    }
    data = KeyPredictor(names + [("set", .set), ("unset", .unset), ("tokens", .tokens)])
  }
}
