/// Input that a decoder had to pass over because it exceeds a stated bound. The stream goes on.
package struct WireError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What exceeded its bound.
  package enum Kind: String, Equatable, Sendable {
    case line = "line"
    case event = "event data"
  }

  package let kind: Kind
  /// Byte offset in the stream, 0 for its first byte, of the line where the bound was passed.
  package let offset: Int
  /// The bound in bytes.
  package let bound: Int

  package init(kind: Kind, offset: Int, bound: Int) {
    self.kind = kind
    self.offset = offset
    self.bound = bound
  }

  /// One line saying what happened, where, and what to do.
  package var description: String {
    "byte \(offset): \(kind.rawValue) longer than \(bound) bytes was skipped; "
      + "raise the bound, or have the source send smaller events"
  }
}
