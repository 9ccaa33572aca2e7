/// The facts of the board, in the order in which they are listed.
package enum Facts {
  /// All of them.
  package static let all: [Fact] = kitchen + floor + agents + work + evidence + alerts + stream

  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

  /// The fact of a name, in any case; nil where there is none.
  package static func named(_ name: String) -> Fact? { byName[name.lowercased()] }

  /// How far a list is looked through for evidence.
  static let reach = 1_024

  /// Whole seconds since a moment; nil without one.
  static func seconds(since moment: Timestamp?, at now: Timestamp) -> Int? {
    moment.map { max(0, Int(clamping: (now - $0).wholeSeconds)) }
  }

  /// Whole seconds of a span; nil without one.
  static func seconds(_ span: Span?) -> Int? { span.map { Int(clamping: $0.wholeSeconds) } }

  /// A share as a whole number of hundredths, cut off, so that only a full share is 100.
  static func percent(_ share: Double?) -> Int? {
    share.flatMap { $0.isFinite ? Int((min(1, max(0, $0)) * 100).rounded(.down)) : nil }
  }
}
