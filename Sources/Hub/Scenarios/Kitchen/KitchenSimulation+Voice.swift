import Domain

// Spoken orders, and what is suggested to the residents who spoke them.

extension KitchenSimulation {
  /// A resident speaks an order at the table.
  mutating func speak(_ stage: inout Stage) {
    stage.schedule(.kitchen(.residentSpeaks), after: stage.random.wait(mean: plan.voiceEvery))
    let taken = tables.indices.filter { tables[$0].state == .occupied }
    guard let table = stage.random.pick(taken) else { return }
    let resident = stage.random.index(below: Roster.residents.count)
    let seat = stage.random.number(1...max(1, tables[table].covers))
    transcripts += 1
    let id = "v-\(transcripts)"
    let latency = stage.random.number(700...2_400)
    var data = Fields([
      .id: .string(id), .table: .string(tables[table].id), .seat: .string("s\(seat)"),
      .resident: .string(Roster.residents[resident].name), .latencyMs: .integer(latency),
      .cost: .number(Double(stage.random.number(4...18)) / 10_000),
    ])
    guard !stage.random.chance(45) else {
      data[.error] = .string(stage.random.chance(500) ? "timeout" : "no speech")
      stage.emit(.voiceFailed, from: &voice, about: "voice/\(id)", data)
      return
    }
    listen(resident, &data, &stage)
    stage.emit(.voiceFinal, from: &voice, about: "voice/\(id)", data)
    if stage.random.chance(600) { offerSuggestion(resident, &stage) }
  }

  /// What was understood, and how surely.
  private func listen(_ resident: Int, _ data: inout Fields, _ stage: inout Stage) {
    let choices = suitable(for: resident)
    guard let first = stage.random.pick(choices), let second = stage.random.pick(choices) else {
      return
    }
    guard !stage.random.chance(150) else {
      data[.text] = .string("\(first.name.lowercased()) and the, uh")
      data[.items] = .strings([first.name])
      data[.confidence] = .number(Double(stage.random.number(41...79)) / 100)
      return
    }
    let wish = stage.random.pick(first.wishes).map { ", \($0)" } ?? ""
    let isPair = second.name != first.name && stage.random.chance(500)
    data[.text] = .string(
      isPair
        ? "\(first.name)\(wish), and \(second.name.lowercased()), please"
        : "I'd like the \(first.name.lowercased())\(wish)")
    data[.items] = .strings(isPair ? [first.name, second.name] : [first.name])
    data[.confidence] = .number(Double(stage.random.number(84...98)) / 100)
    if stage.random.chance(180) { data[.cached] = .bool(true) }
  }

  /// Suggests what a resident usually has.
  mutating func offerSuggestion(_ resident: Int, _ stage: inout Stage) {
    stage.emit(
      .preferenceOffered, from: &voice, about: "preference/\(Roster.residents[resident].name)",
      preferenceRecord(resident))
    stage.schedule(
      .kitchen(.suggestionIsAnswered(resident: resident)), after: stage.random.span(seconds: 3...15)
    )
  }

  /// The resident takes the suggestion, or something else.
  mutating func answerSuggestion(_ resident: Int, _ stage: inout Stage) {
    stage.emit(
      stage.random.chance(720) ? .preferenceAccepted : .preferenceOverridden, from: &voice,
      about: "preference/\(Roster.residents[resident].name)", preferenceRecord(resident))
  }

  /// What a resident likes and must not have.
  func preferenceRecord(_ place: Int) -> Fields {
    let resident = Roster.residents[place]
    let choices = suitable(for: place).filter { $0.course < 3 }
    let usual = choices.isEmpty ? [] : [choices[place * 7 % choices.count].name]
    var data = Fields([
      .resident: .string(resident.name), .items: .strings(usual),
      .frequency: .integer(Int64(3 + place * 5 % 11)),
    ])
    if !resident.dietary.isEmpty { data[.dietary] = .strings(resident.dietary) }
    if !resident.allergens.isEmpty { data[.allergens] = .strings(resident.allergens) }
    if let texture = resident.texture { data[.texture] = .integer(texture) }
    return data
  }
}
