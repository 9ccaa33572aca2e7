/// One line of the menu.
struct MenuItem: Sendable {
  /// What the guest calls it.
  let name: String
  /// The station that makes it.
  let station: StationKind
  /// 1 starters and drinks, 2 mains, 3 desserts.
  let course: Int64
  /// How often it is ordered, relative to the others.
  let weight: Int
  /// What in it can harm someone.
  let allergens: [String]
  /// Wishes that guests have with it.
  let wishes: [String]

  init(
    _ name: String, _ station: StationKind, course: Int64, weight: Int, allergens: [String] = [],
    wishes: [String] = []
  ) {
    self.name = name
    self.station = station
    self.course = course
    self.weight = weight
    self.allergens = allergens
    self.wishes = wishes
  }

  /// The card of the house.
  static let card: [MenuItem] = starters + mains + drinks + desserts

  private static let starters = [
    MenuItem(
      "Caesar", .salad, course: 1, weight: 9, allergens: ["egg", "fish", "milk"],
      wishes: ["no croutons", "dressing aside", "add chicken"]),
    MenuItem("House salad", .salad, course: 1, weight: 7, wishes: ["no onion", "oil aside"]),
    MenuItem(
      "Beet carpaccio", .salad, course: 1, weight: 3, allergens: ["milk", "nuts"],
      wishes: ["no walnuts"]),
    MenuItem(
      "Shrimp cocktail", .salad, course: 1, weight: 4, allergens: ["shellfish"],
      wishes: ["sauce aside"]),
    MenuItem("Tomato soup", .prep, course: 1, weight: 6, allergens: ["celery"]),
    MenuItem("Lentil soup", .prep, course: 1, weight: 4, wishes: ["extra lemon"]),
    MenuItem(
      "Wings", .fryer, course: 1, weight: 6, allergens: ["celery"],
      wishes: ["hot", "mild", "sauce aside"]),
    MenuItem("Onion rings", .fryer, course: 1, weight: 4, allergens: ["gluten", "milk"]),
    MenuItem("Calamari", .fryer, course: 1, weight: 4, allergens: ["gluten", "molluscs"]),
  ]

  private static let mains = [
    MenuItem(
      "Ribeye", .grill, course: 2, weight: 8,
      wishes: ["rare", "medium rare", "medium", "well done"]),
    MenuItem(
      "Salmon", .grill, course: 2, weight: 8, allergens: ["fish"], wishes: ["no skin", "lemon"]),
    MenuItem(
      "Burger", .grill, course: 2, weight: 12, allergens: ["gluten", "milk", "sesame"],
      wishes: ["no onion", "add bacon", "no cheese", "gluten-free bun"]),
    MenuItem("Half chicken", .grill, course: 2, weight: 7, wishes: ["skin off", "cut small"]),
    MenuItem("Lamb chops", .grill, course: 2, weight: 4, wishes: ["medium", "well done"]),
    MenuItem("Grilled halloumi", .grill, course: 2, weight: 3, allergens: ["milk"]),
    MenuItem("Fish & chips", .fryer, course: 2, weight: 6, allergens: ["fish", "gluten"]),
    MenuItem("Fries", .fryer, course: 2, weight: 12, wishes: ["no salt", "well done"]),
    MenuItem("Falafel plate", .fryer, course: 2, weight: 4, allergens: ["sesame"]),
    MenuItem(
      "Mushroom risotto", .prep, course: 2, weight: 4, allergens: ["milk"], wishes: ["no cheese"]),
    MenuItem("Mashed potatoes", .prep, course: 2, weight: 5, allergens: ["milk"]),
    MenuItem("Steamed greens", .prep, course: 2, weight: 4, wishes: ["soft"]),
  ]

  private static let drinks = [
    MenuItem("Coke", .bar, course: 1, weight: 7, wishes: ["no ice"]),
    MenuItem("Sparkling water", .bar, course: 1, weight: 6, wishes: ["lemon"]),
    MenuItem("Iced tea", .bar, course: 1, weight: 4, wishes: ["no sugar"]),
    MenuItem("House red", .bar, course: 1, weight: 4),
    MenuItem("Coffee", .bar, course: 3, weight: 5, wishes: ["black", "decaf", "oat milk"]),
  ]

  private static let desserts = [
    MenuItem("Crème brûlée", .dessert, course: 3, weight: 3, allergens: ["egg", "milk"]),
    MenuItem("Apple tart", .dessert, course: 3, weight: 3, allergens: ["gluten", "milk"]),
    MenuItem("Fruit plate", .dessert, course: 3, weight: 3, wishes: ["cut small"]),
    MenuItem("Baklava", .dessert, course: 3, weight: 2, allergens: ["gluten", "nuts"]),
  ]
}
