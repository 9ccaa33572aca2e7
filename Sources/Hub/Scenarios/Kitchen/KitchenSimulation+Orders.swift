import Domain

// An order from the guest's mouth to the stations' screens.

extension KitchenSimulation {
  /// Takes an order at a seat.
  mutating func placeOrder(table: Int, seat: Int, _ stage: inout Stage) {
    let resident =
      stage.random.chance(450) ? stage.random.index(below: Roster.residents.count) : nil
    var order = PlacedOrder(
      number: nextNumber, table: table, seat: seat, resident: resident, createdAt: stage.now,
      items: [])
    let slip = slip
    self.slip = .none
    order = fill(order, slip: slip, &stage)
    nextNumber += 1
    lastOrder = order.number
    orders[order.number] = order
    announce(order, &stage)
    let isUnrouted = slip == .unrouted
    let pause =
      isUnrouted
      ? stage.random.span(seconds: 90...260) : stage.random.span(milliseconds: 700...2_600)
    stage.schedule(.kitchen(.orderIsRouted(order.number)), after: pause)
  }

  /// Chooses what is ordered; a slip makes the choice a mistake.
  private func fill(_ order: PlacedOrder, slip: Slip, _ stage: inout Stage) -> PlacedOrder {
    if slip == .repeated, let twin = lastOrder.flatMap({ orders[$0] }) {
      return PlacedOrder(
        number: order.number, table: twin.table, seat: twin.seat, resident: twin.resident,
        createdAt: order.createdAt,
        items: twin.items.map {
          PlacedItem(item: $0.item, quantity: $0.quantity, modifiers: $0.modifiers)
        })
    }
    var order = order
    if slip == .harmful, let (resident, item) = harm(&stage) {
      order = PlacedOrder(
        number: order.number, table: order.table, seat: order.seat, resident: resident,
        createdAt: order.createdAt, items: [PlacedItem(item: item, quantity: 1, modifiers: [])])
      return order
    }
    let isDrinks = slip == .unrouted || stage.random.chance(40)
    let count =
      isDrinks ? 1 : stage.random.pick(weighted: [1: 22, 2: 38, 3: 27, 4: 10, 5: 3])
    let choices = suitable(for: order.resident).filter { !isDrinks || $0.station == .bar }
    for _ in 0..<count { addLine(to: &order, of: choices, &stage) }
    return order
  }

  /// What a resident may have of what is left; everything left for a guest nobody knows.
  func suitable(for resident: Int?) -> [MenuItem] {
    let allergens = resident.map { Roster.residents[$0].mustNotHave } ?? []
    return card.filter { item in
      !soldOut.contains(item.name) && !item.allergens.contains(where: allergens.contains)
    }
  }

  /// A resident and a dish that must not meet.
  private func harm(_ stage: inout Stage) -> (resident: Int, item: MenuItem)? {
    let pairs = Roster.residents.indices.flatMap { resident in
      card.filter { item in
        item.allergens.contains(where: Roster.residents[resident].mustNotHave.contains)
      }.map { (resident, $0) }
    }
    return stage.random.pick(pairs)
  }

  /// Adds a line of the given choices that the order does not have yet.
  private func addLine(
    to order: inout PlacedOrder, of choices: [MenuItem], _ stage: inout Stage
  ) {
    let fresh = choices.filter { choice in !order.items.contains { $0.item.name == choice.name } }
    var rest = stage.random.index(below: fresh.reduce(0) { $0 + $1.weight })
    guard
      let item = fresh.first(where: {
        rest -= $0.weight
        return rest < 0
      })
    else { return }
    let quantity: Int64 = stage.random.pick(weighted: [1: 84, 2: 13, 3: 3])
    let wish = stage.random.chance(300) ? stage.random.pick(item.wishes) : nil
    order.items.append(
      PlacedItem(item: item, quantity: quantity, modifiers: wish.map { [$0] } ?? []))
  }

  private mutating func announce(_ order: PlacedOrder, _ stage: inout Stage) {
    var data = orderRecord(order)
    data[.id] = nil
    data[.order] = .string(order.id)
    if stage.random.chance(60) { data[.requests] = .strings(["birthday candle"]) }
    data[.items] = .records(order.items.indices.map { itemRecord(order, $0, isOrdered: true) })
    stage.emit(.orderCreated, from: &till, about: "order/\(order.id)", data)
  }

  /// Gives an order's items to their stations; later courses are held.
  mutating func route(_ number: Int, _ stage: inout Stage) {
    guard var order = orders[number], order.tickets.isEmpty, !order.state.isTerminal else { return }
    let food = order.items.filter { $0.item.station != .bar }.map(\.item.course).min() ?? .max
    let holds = stage.random.chance(650)
    for station in plan.stations {
      let items = order.items.indices.filter { order.items[$0].item.station == station }
      guard let course = items.map({ order.items[$0].item.course }).min() else { continue }
      let isHeld = holds && course > food
      order.tickets.append(
        PlacedTicket(
          station: station, course: course, state: isHeld ? .held : .fired,
          firedAt: isHeld ? nil : stage.now, items: items))
      for item in items { order.items[item].state = isHeld ? .hold : .sent }
    }
    orders[number] = order
    for ticket in order.tickets.indices {
      order.tickets[ticket].state == .held
        ? say(.ticketHeld, number, ticket, &stage) : fire(number, ticket, &stage)
    }
  }
}
