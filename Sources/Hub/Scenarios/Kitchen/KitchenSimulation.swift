import Domain

/// A kitchen, its guests and its feeds, advanced step by step.
///
/// Orders live in a dictionary that is only ever looked up by number: its iteration order differs
/// from run to run and must not reach the stream.
struct KitchenSimulation: Sendable {
  let plan: KitchenPlan
  /// What the stations of this kitchen can make.
  let card: [MenuItem]
  /// The feeds of the till, the kitchen screens, the floor's devices and the voice orders.
  var till: Origin, screens: Origin, floor: Origin, voice: Origin
  var tables: [FloorTable]
  var devices: [Device]
  var orders: [Int: PlacedOrder] = [:]
  var nextNumber = 101
  var transcripts = 0
  /// Names of items that ran out.
  var soldOut: [String] = []
  /// Stations that take no orders for now.
  var paused: [StationKind] = []
  /// Until when twice as many guests come as usual.
  var waveUntil = Timestamp(microseconds: .min)
  /// Whether the next order repeats the one before, breaks an allergy, or goes unrouted.
  var slip = Slip.none
  var lastOrder: Int?

  /// A mistake the next order makes.
  enum Slip: Sendable {
    case none, repeated, harmful, unrouted
  }

  /// An empty house whose first guests are at the door.
  init(_ plan: KitchenPlan, stage: inout Stage) {
    self.plan = plan
    card = MenuItem.card.filter { plan.stations.contains($0.station) }
    till = stage.origin("kitchen/main/pos", prefix: "pos", basis: .upstream)
    screens = stage.origin("kitchen/main/kds", prefix: "kds", basis: .upstream)
    floor = stage.origin("kitchen/main/presence", prefix: "prs", basis: .upstream)
    voice = stage.origin("kitchen/main/voice", prefix: "vox", basis: .upstream)
    tables = (0..<plan.tables).map {
      FloorTable(
        id: "T\($0 + 1)", seats: [2, 4, 4, 6, 2, 4, 8][$0 % 7],
        server: $0 * plan.servers / plan.tables)
    }
    devices = Self.devices(plan)
    for device in devices.indices {
      let first = stage.random.span(seconds: 0...29)
      stage.schedule(.kitchen(.deviceReports(device)), after: first)
    }
    stage.schedule(.kitchen(.partyArrives), after: .seconds(1))
    stage.schedule(.kitchen(.residentSpeaks), after: plan.voiceEvery)
    stage.schedule(.kitchen(.oddity), after: plan.oddityEvery)
    begin(&stage)
  }

  /// Lets one thing happen.
  mutating func perform(_ step: KitchenStep, _ stage: inout Stage) {
    switch step {
    case .partyArrives: seatParty(&stage)
    case .orderIsPlaced(let table, let seat): placeOrder(table: table, seat: seat, &stage)
    case .orderIsRouted(let order): route(order, &stage)
    case .courseIsFired(let order): fireCourse(order, &stage)
    case .ticketIsStarted(let order, let ticket): start(order, ticket, &stage)
    case .itemIsReady(let order, let ticket, let item): finish(order, ticket, item: item, &stage)
    case .ticketIsBumped(let order, let ticket): bump(order, ticket, &stage)
    case .ticketIsRecalled(let order, let ticket): recall(order, ticket, &stage)
    case .orderIsDelivered(let order): deliver(order, &stage)
    case .voidIsCleared(let ticket, let order, let station):
      clearVoid(ticket, order: order, station, &stage)
    case .guestsLeave(let table): clear(table, &stage)
    case .tableIsCleaned(let table): reopen(table, &stage)
    case .tableIsSplit(let table): split(table, &stage)
    case .deviceReports(let device): report(device, &stage)
    case .deviceRejoins(let key): rejoin(key, &stage)
    case .residentSpeaks: speak(&stage)
    case .suggestionIsAnswered(let resident): answerSuggestion(resident, &stage)
    case .oddity: oddity(&stage)
    case .itemIsBack(let name, let station): restore(name, station, &stage)
    case .stationResumes(let station): resume(station, &stage)
    case .lockIsReleased(let order, let by): releaseLock(order, by: by, &stage)
    case .feedResyncs(let lost): resync(lost: lost, &stage)
    }
  }

  /// The numbers of the orders that are not delivered yet, ascending.
  var openOrders: [Int] { orders.keys.sorted() }

  /// How many tickets a station has to work on.
  func load(of station: StationKind) -> Int {
    orders.values.reduce(0) { sum, order in
      sum + order.tickets.count { $0.station == station && $0.state.isCooking }
    }
  }

  private static func devices(_ plan: KitchenPlan) -> [Device] {
    let screens = plan.stations.map {
      Device(
        key: $0.device, user: $0.device, role: $0 == .expo ? "expo" : "cook", device: "screen")
    }
    let handhelds = (0..<plan.handhelds).map { place in
      let name = Roster.servers[place % plan.servers]
      let round = place / plan.servers
      let key = round == 0 ? name.lowercased() : "\(name.lowercased())-\(round + 1)"
      return Device(key: key, user: name, role: "server", device: "handheld")
    }
    let office = Device(key: "office", user: "Ruth", role: "admin", device: "browser")
    return screens + handhelds + [office]
  }
}
