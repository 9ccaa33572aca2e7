// The state machine of a ticket, and the moments of its steps.

extension Ticket {
  /// Whether the state machine knows a step; a repeated state is no step.
  func allows(_ next: TicketState) -> Bool {
    switch (state, next) {
    case (.held, .fired), (.fired, .started), (.fired, .bumped), (.started, .bumped),
      (.bumped, .recalled), (.recalled, .fired), (.recalled, .started), (.recalled, .bumped),
      (.voided, .bumped), (_, .voided):
      true
    default: state == next
    }
  }

  /// Takes over everything a report tells that is no step.
  mutating func take(_ report: KitchenReport) {
    lastEventAt = max(lastEventAt, report.now)
    report.update(&station, .station)
    report.update(&course, .course, -1_000...1_000)
    report.update(&reason, .reason)
    report.update(&version, .version, .min ... .max)
    if let number = report.integer(.priority, 0...10) { priority = number }
    routedAt = report.told(.routedAt) ?? routedAt
    firedAt = report.told(.firedAt) ?? firedAt
    startedAt = report.told(.startedAt) ?? startedAt
    recalledAt = report.told(.recalledAt) ?? recalledAt
  }

  /// Goes to a state; `old` is what it was before the report.
  mutating func enter(_ next: TicketState, from old: Ticket?, _ report: KitchenReport) {
    basis = report.isSnapshot && report.data.text(.basis) == "inferred" ? .inferred : .asserted
    if old?.state == .voided, next == .bumped {
      clearedAt = clearedAt ?? report.moment(.bumpedAt)
      return
    }
    let isNew = old?.state != next
    state = next
    clearedAt = nil
    switch next {
    case .held: enterHold(report)
    case .fired: firedAt = firing(isNew: isNew, report)
    case .started: enterStart(isNew: isNew, report)
    case .bumped: if isNew || bumpedAt == nil { enterBump(report) }
    case .recalled: enterRecall(isNew: isNew, report)
    case .voided: clearedAt = report.isSnapshot ? report.told(.bumpedAt) : nil
    }
    if next != .bumped { (bumpedAt, bumpedBy) = (nil, nil) }
  }

  private mutating func enterHold(_ report: KitchenReport) {
    routedAt = routedAt ?? report.at
    (firedAt, startedAt) = (nil, nil)
  }

  /// A step fires now unless told; a repetition and a snapshot keep what is known.
  private func firing(isNew: Bool, _ report: KitchenReport) -> Timestamp {
    if let told = report.told(.firedAt) { return told }
    return isNew && !report.isSnapshot ? report.at : firedAt ?? report.at
  }

  private mutating func enterStart(isNew: Bool, _ report: KitchenReport) {
    if isNew, report.told(.startedAt) == nil, !report.isSnapshot { startedAt = report.at }
    startedAt = startedAt ?? report.at
    firedAt = firedAt ?? startedAt
  }

  private mutating func enterBump(_ report: KitchenReport) {
    let moment = report.moment(.bumpedAt)
    bumpedAt = moment
    bumpedBy = report.data.text(.by)
    if firedAt == nil, let prep = report.integer(.prepS, 0...86_400) {
      firedAt = moment - .seconds(prep)
    }
  }

  private mutating func enterRecall(isNew: Bool, _ report: KitchenReport) {
    if isNew, report.told(.recalledAt) == nil, !report.isSnapshot { recalledAt = report.at }
    recalledAt = recalledAt ?? report.at
    if let told = report.integer(.recallCount, 0...1_000) {
      recallCount = Int(told)
    } else if isNew {
      recallCount = min(1_000, recallCount + 1)
    }
  }
}
