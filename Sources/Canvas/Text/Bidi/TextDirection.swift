/// The side at which a line begins.
package enum TextDirection: Hashable, Sendable {
  case leftToRight, rightToLeft
}
