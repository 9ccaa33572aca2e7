import Domain

/// The size and pace of a kitchen.
struct KitchenPlan: Sendable {
  /// How many tables, waiters and hand-held devices there are.
  let tables: Int, servers: Int, handhelds: Int
  /// The stations it has.
  let stations: [StationKind]
  /// Orders an hour.
  let ordersAnHour: Int64
  /// How often a resident speaks an order, on average.
  let voiceEvery: Span
  /// How often something out of the ordinary happens, on average.
  let oddityEvery: Span

  static let dinnerRush = KitchenPlan(
    tables: 90, servers: 12, handhelds: 31, stations: StationKind.allCases, ordersAnHour: 240,
    voiceEvery: .seconds(150), oddityEvery: .seconds(75))

  static let smallRestaurant = KitchenPlan(
    tables: 15, servers: 3, handhelds: 1, stations: [.grill, .fryer, .salad, .expo, .bar],
    ordersAnHour: 25, voiceEvery: .seconds(600), oddityEvery: .seconds(420))

  static let mixed = KitchenPlan(
    tables: 64, servers: 8, handhelds: 16, stations: StationKind.allCases, ordersAnHour: 230,
    voiceEvery: .seconds(20), oddityEvery: .seconds(16))
}

/// The people of a house.
enum Roster {
  /// Waiters by their first names.
  static let servers = [
    "Ana", "Leo", "Mia", "Sam", "Noor", "Ben", "Zoe", "Omar", "Ivy", "Tom", "Lina", "Max",
  ]

  /// A resident, and what the kitchen must know of them.
  struct Resident: Sendable {
    let name: String
    let dietary: [String]
    let allergens: [String]
    /// The allergens in what this resident must not be served.
    var mustNotHave: [String] {
      allergens + (dietary.contains("gluten-free") ? ["gluten"] : [])
    }
    /// The IDDSI texture level, nil for food as it comes.
    let texture: Int64?

    init(
      _ name: String, dietary: [String] = [], allergens: [String] = [], texture: Int64? = nil
    ) {
      self.name = name
      self.dietary = dietary
      self.allergens = allergens
      self.texture = texture
    }
  }

  /// Residents who order by voice or through a waiter.
  static let residents = [
    Resident("Smith", allergens: ["shellfish"]),
    Resident("Lee", texture: 6),
    Resident("Haddad", dietary: ["halal"]),
    Resident("Okafor", dietary: ["low sodium"]),
    Resident("Novak", allergens: ["nuts"]),
    Resident("Rossi"),
    Resident("Tanaka", dietary: ["diabetic"], texture: 5),
    Resident("Moreau", allergens: ["milk"]),
    Resident("Larsen", dietary: ["gluten-free"]),
    Resident("Patel", dietary: ["vegetarian"]),
    Resident("Weber", texture: 4),
    Resident("Santos", allergens: ["fish"]),
    Resident("Kim"),
    Resident("Brown", dietary: ["low sodium"], allergens: ["egg"]),
    Resident("Aziz", dietary: ["halal"]),
    Resident("Murphy"),
  ]
}
