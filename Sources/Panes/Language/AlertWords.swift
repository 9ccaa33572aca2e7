import Domain

// The board keeps what is the matter in English, as tapes, gates and JSON need one form. Here that
// form is read back, by the code of the alert, and told in another language.

/// What an alert says.
enum AlertWords {
  /// The text of an alert. What another system wrote is shown as it came.
  static func text(_ alert: Alert, in language: Language) -> String {
    text(alert.text, code: alert.key.code, in: language)
  }

  /// What an alert with a code says.
  static func text(_ text: String, code: String, in language: Language) -> String {
    guard language != .english, let code = AlertCode(rawValue: code) else { return text }
    for label in labels(of: code) {
      guard let found = values(of: text, in: label.english) else { continue }
      return language.text(label, values: found.map { value(of: $0, code, language) })
    }
    return text
  }

  /// What stands in `text` at the places of a pattern; nil when it has another form. The last
  /// place takes all that is left.
  private static func values(of text: String, in pattern: String) -> [String]? {
    var rest = text[...]
    var values: [String] = []
    let pieces = pieces(of: pattern)
    guard rest.hasPrefix(pieces[0]) else { return nil }
    rest = rest.dropFirst(pieces[0].count)
    for piece in pieces.dropFirst() {
      if piece.isEmpty {
        values.append(String(rest))
        return values
      }
      guard let end = rest.firstRange(of: piece) else { return nil }
      values.append(String(rest[..<end.lowerBound]))
      rest = rest[end.upperBound...]
    }
    return rest.isEmpty ? values : nil
  }

  /// What stands between the places of a pattern; they are in order.
  private static func pieces(of pattern: String) -> [String] {
    var pieces = [""]
    var isPlace = false
    for character in pattern {
      if isPlace {
        pieces.append("")
        isPlace = false
      } else if character == "%" {
        isPlace = true
      } else {
        pieces[pieces.count - 1].append(character)
      }
    }
    return pieces
  }

  /// A value that is a word of ours.
  private static func value(of text: String, _ code: AlertCode, _ language: Language) -> String {
    switch code {
    case .kdsSyncError: TicketState(rawValue: text).map(language.word) ?? text
    case .clusterFailure:
      Cluster.allCases.first { $0.title == text }.map { language.name($0) } ?? text
    default: text
    }
  }

  private static func labels(of code: AlertCode) -> [Label] {
    switch code {
    case .agentStalled:
      [
        Label("silent 10 min in %1", "صامت منذ 10 دقائق في %1"),
        Label("silent 10 min", "صامت منذ 10 دقائق"),
      ]
    case .agentWaiting: [Label("waits", "بانتظار")]
    case .agentOrphan: [Label("events, no start", "أحداث بلا بداية")]
    case .clusterFailure: [Label("%1 of 4 critical in %2", "%1 من 4 حرجة في %2")]
    case .chainBlocked: [Label("%1 waiting", "المهام المنتظرة %1")]
    case .mandateViolation:
      [
        Label("%1 (%2), last by %3", "%1 (%2)، آخرها بواسطة %3"),
        Label("%1 (%2)", "%1 (%2)"),
      ]
    case .evidenceFailed: [Label("%1: exit %2", "%1: رمز الخروج %2")]
    case .tableOvercapacity: [Label("%1 orders, %2 seats", "الطلبات %1 والمقاعد %2")]
    case .ticketLate: [Label("order %1 at %2", "الطلب %1 في %2"), Label("order %1", "الطلب %1")]
    case .stationOverload: [Label("%1 open", "المفتوح %1")]
    case .orderUnrouted: [Label("no ticket for #%1", "لا تذكرة للطلب %1")]
    case .orderTimeout: [Label("#%1 pending for 45 min", "الطلب %1 قيد الانتظار منذ 45 دقيقة")]
    case .kitchenOverload: [Label("%1 orders pending", "الطلبات قيد الانتظار: %1")]
    case .duplicateOrder: [Label("same as #%1", "مطابق للطلب %1")]
    case .rushSpike: [Label("orders at twice the usual rate", "الطلبات بضعف المعدل المعتاد")]
    case .prepAnomaly:
      [Label("%1 s, mean %2 s at %3", "المدة %1 ث والمتوسط %2 ث في %3")]
    case .streamGap: gaps
    case .unmappedStatus: [Label("\"%1\" from %2", "\"%1\" من %2")]
    case .kdsSyncError: [Label("%1 while %2", "%1 وكانت %2")]
    case .lowCompliance, .patternDegradation: compliance
    case .allergenWarning, .dietaryViolation, .filterMatchesNothing: []
    }
  }

  private static let gaps = [
    Label("unaccounted %1 UTC: back without resuming", "وقت مجهول %1 UTC: عاد دون استئناف"),
    Label("source reports %1 missing", "المصدر يبلّغ عن فقدان %1"),
    Label("source reports a gap of unknown length", "المصدر يبلّغ عن فجوة مجهولة الطول"),
    Label("%1 missing (%2)", "المفقود %1 (%2)"),
  ]

  private static let compliance = [
    Label("%1 (%2) of %3", "%1 (%2) من %3"),
    Label("%1 -%2 points in 15 min", "%1: هبوط %2 نقطة في 15 دقيقة"),
  ]
}
