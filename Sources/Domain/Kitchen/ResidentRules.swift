// What a resident must not have, against what was ordered.

/// What an order or a transcription goes against.
struct Harm: Equatable, Sendable {
  /// The resident's allergens and diets that are concerned.
  var allergens: [String] = [], diets: [String] = []

  /// All of it.
  var all: [String] { allergens + diets }
  /// Whether there is none.
  var isEmpty: Bool { allergens.isEmpty && diets.isEmpty }
}

extension Preference {
  /// What a dish goes against.
  ///
  /// An allergen is found among the dish's allergens, or as a word of its name when it has none
  /// told. A diet is broken when the dish names the diets it suits and not this one, or when the
  /// diet reads "no X" or "X-free" and the dish has X.
  func harm(name: String, allergens told: [String], dietary: [String]) -> Harm {
    let has = Set(told.map { $0.simplified })
    let words = Set(name.lowercased().split { !$0.isLetter }.map { String($0).simplified })
    let contains = { (word: String) in has.contains(word) || words.contains(word) }
    let suits = Set(dietary.map { $0.simplified })
    return Harm(
      allergens: allergens.filter { contains($0.simplified) },
      diets: self.dietary.filter { diet in
        if !suits.isEmpty { return !suits.contains(diet.simplified) }
        return diet.excluded.map { contains($0.simplified) } ?? false
      })
  }
}

extension String {
  /// Lower case and without a plural s, so that "Nuts" is "nut".
  fileprivate var simplified: String {
    let text = lowercased()
    return text.count > 3 && text.hasSuffix("s") && !text.hasSuffix("ss")
      ? String(text.dropLast()) : text
  }

  /// What a diet of the form "no X", "X-free" or "X free" excludes.
  fileprivate var excluded: String? {
    let text = lowercased()
    if text.hasPrefix("no ") { return String(text.dropFirst(3)) }
    if text.hasSuffix("-free") || text.hasSuffix(" free") { return String(text.dropLast(5)) }
    return nil
  }
}

extension Kitchen {
  /// Judges the order of an item that goes against something, or did.
  mutating func judgeHarm(
    ofItem id: String, cause: String, at now: Timestamp, context: inout BoardContext
  ) {
    guard let order = itemTable[id]?.order else { return }
    judgeHarm(ofOrder: order, cause: cause, at: now, context: &context)
  }

  /// Raises or withdraws the alerts of an order against its resident's rules.
  mutating func judgeHarm(
    ofOrder id: String, cause: String, at now: Timestamp, context: inout BoardContext
  ) {
    guard let slot = orderBook.table.slot(of: id), let order = orderBook.table.entity(at: slot),
      !order.state.isTerminal, order.isHarmful || order.resident != nil
    else { return }
    let items = order.items + order.tickets.flatMap { ticketBook.table[$0]?.items ?? [] }
    var found = Harm()
    var dishes: [String] = []
    for slot in items.compactMap({ itemTable.slot(of: $0) }) {
      guard let item = itemTable.entity(at: slot), item.state != .voided else { continue }
      let harm = harm(of: item)
      if harm.all != item.conflicts { itemTable.update(slot) { $0.conflicts = harm.all } }
      for text in harm.allergens { found.allergens.set(text, true, bound: 16) }
      for text in harm.diets { found.diets.set(text, true, bound: 16) }
      if !harm.isEmpty { dishes.set(item.name, true, bound: 4) }
    }
    orderBook.table.update(slot) { $0.isHarmful = !found.isEmpty }
    guard order.isHarmful || !found.isEmpty else { return }
    let dish = dishes.joined(separator: ", ")
    judge(.allergenWarning, id, found.allergens, dish, cause: cause, at: now, context: &context)
    judge(.dietaryViolation, id, found.diets, dish, cause: cause, at: now, context: &context)
  }

  /// Raises or withdraws one alert of what something goes against.
  func judge(
    _ code: AlertCode, _ subject: String, _ harm: [String], _ dish: String, cause: String,
    at now: Timestamp, context: inout BoardContext
  ) {
    guard !harm.isEmpty else { return withdraw(code, subject, at: now, context: &context) }
    let text = "\(harm.joined(separator: ", ")): \(dish)"
    let key = Alert.Key(code: code.rawValue, subject: subject)
    if let known = context.alerts.alert(key), known.text == text, known.falseSince == nil { return }
    context.alerts.raise(
      code, subject: subject, text: text, cause: cause, at: now, changes: &context.changes)
  }

  private func harm(of item: TicketItem) -> Harm {
    guard let order = item.order, let resident = orderBook.table[order]?.resident,
      let preference = preferences[resident]
    else { return Harm() }
    return preference.harm(name: item.name, allergens: item.allergens, dietary: item.dietary)
  }
}
