/// Why a film cannot be put in one file.
package struct FilmError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What there is too much of, the bound, and what to do.
  package let description: String

  init(_ what: String, bound: String) {
    description =
      "\(what) has at most \(bound); draw fewer (--fps 1, --speed 10, a smaller --size) or a shorter"
      + " stretch (--from, --end)"
  }
}
