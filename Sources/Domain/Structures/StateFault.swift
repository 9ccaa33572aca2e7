/// Why a state that is read back cannot be one that was written: it would break what the code that
/// goes on with it relies on.
package struct StateFault: Error, Equatable, Sendable {
  /// What is wrong.
  package let problem: String

  /// Throws unless something holds.
  package static func check(
    _ holds: Bool, _ problem: @autoclosure () -> String
  ) throws(StateFault) {
    if !holds { throw StateFault(problem: problem()) }
  }

  /// The bound on a total that goes on being added to, so that a hostile one cannot overflow.
  package static let totalBound: Int64 = 1 << 52

  /// Throws for a total beyond `totalBound`, of either sign.
  package static func check(total: Int64) throws(StateFault) {
    try check(
      (-totalBound...totalBound).contains(total), "the total \(total) cannot have come about")
  }
}
