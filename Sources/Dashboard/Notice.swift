/// A line that tells what became of a key, until the next one.
package struct Notice: Hashable, Sendable {
  package let text: String
  /// Whether something could not be done.
  package let isFault: Bool

  /// A line.
  package init(_ text: String, isFault: Bool = false) {
    self.text = text
    self.isFault = isFault
  }
}
