import Domain

/// The stations of a kitchen in the order of their screens; the raw value is id and type.
enum StationKind: String, CaseIterable, Sendable {
  case grill, fryer, salad, expo, bar, prep, dessert

  /// The name a person reads.
  var title: String {
    switch self {
    case .grill: "Grill"
    case .fryer: "Fryer"
    case .salad: "Salad"
    case .expo: "Expo"
    case .bar: "Bar"
    case .prep: "Prep"
    case .dessert: "Dessert"
    }
  }

  /// The most tickets it can work on at once, and the seconds after which one bumps itself.
  var limits: (maxOrders: Int64, autoBumpS: Int64) {
    switch self {
    case .grill: (12, 900)
    case .fryer: (8, 480)
    case .salad: (15, 300)
    case .expo: (20, 120)
    case .bar: (10, 180)
    case .prep: (12, 600)
    case .dessert: (8, 420)
    }
  }

  /// How long a ticket waits until a cook takes it up.
  var pickUp: Quantiles { Self.pickUpTime }

  /// How long the work on it takes from then on.
  var work: Quantiles {
    switch self {
    case .grill: Self.grillTime
    case .fryer: Self.fryerTime
    case .salad: Self.saladTime
    case .expo: Self.expoTime
    case .bar: Self.barTime
    case .prep: Self.prepTime
    case .dessert: Self.dessertTime
    }
  }

  /// The device that bumps its tickets.
  var device: String {
    switch self {
    case .grill: "kds-grl"
    case .fryer: "kds-fry"
    case .salad: "kds-sal"
    case .expo: "kds-exp"
    case .bar: "kds-bar"
    case .prep: "kds-prp"
    case .dessert: "kds-des"
    }
  }

  private static let pickUpTime = Quantiles([
    0: 4_000, 500: 35_000, 900: 95_000, 1_000: 210_000,
  ])
  private static let grillTime = Quantiles([
    0: 190_000, 500: 420_000, 900: 660_000, 990: 820_000, 1_000: 1_150_000,
  ])
  private static let fryerTime = Quantiles([
    0: 120_000, 500: 235_000, 900: 310_000, 990: 430_000, 1_000: 640_000,
  ])
  private static let saladTime = Quantiles([
    0: 50_000, 500: 140_000, 900: 210_000, 990: 300_000, 1_000: 420_000,
  ])
  private static let expoTime = Quantiles([
    0: 15_000, 500: 70_000, 900: 140_000, 990: 260_000, 1_000: 420_000,
  ])
  private static let barTime = Quantiles([
    0: 40_000, 500: 160_000, 900: 340_000, 990: 480_000, 1_000: 660_000,
  ])
  private static let prepTime = Quantiles([
    0: 90_000, 500: 240_000, 900: 380_000, 990: 520_000, 1_000: 700_000,
  ])
  private static let dessertTime = Quantiles([
    0: 80_000, 500: 190_000, 900: 300_000, 990: 420_000, 1_000: 560_000,
  ])
}
