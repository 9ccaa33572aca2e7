package import CESQL
package import Domain

/// A condition over the facts of a board: an expression in CESQL whose names are facts.
package struct Condition: Sendable {
  /// The condition as it was written.
  package let text: String
  /// The facts it speaks of, each once, in order of appearance.
  package let facts: [Fact]
  private let expression: CESQLExpression

  /// What it comes to at a moment.
  package enum Outcome: Hashable, Sendable {
    case holds, fails
    /// Nobody can say, and why.
    case unknown(String)
  }

  /// Reads a condition and looks up its facts.
  ///
  /// - Throws: what is wrong, with its column: a fact that does not exist with those that were
  ///   perhaps meant, an expression that is not about true or false.
  package init(_ text: String) throws(CESQLError) {
    expression = try CESQLExpression(text, dialect: .dotted)
    self.text = text
    var facts: [Fact] = []
    for name in expression.names {
      guard let fact = Facts.named(name.name) else { throw Self.unknown(name) }
      if !facts.contains(where: { $0.name == fact.name }) { facts.append(fact) }
    }
    self.facts = facts
    try expression.check()
    let kind = expression.kind { Facts.named($0)?.kind }
    guard kind == .boolean else {
      throw CESQLError(
        .generic, column: 1,
        "is \(kind == .integer ? "a number" : "a text"), not true or false: compare it, as in "
          + "\(facts.first?.name ?? "kds.late") = 0")
    }
  }

  /// Whether it asks how the streams stand, and so wants an answer also while they are lost.
  package var asksOfStreams: Bool { facts.contains(where: \.isOfStream) }

  /// Where the board must change for the condition to change, other than by time.
  package var collections: Changes.Collections {
    facts.reduce(into: []) { $0.formUnion($1.collections) }
  }

  /// Whether it may change with every second.
  package var isTimed: Bool { facts.contains(where: \.isTimed) }

  /// What it comes to on a board.
  ///
  /// Facts of a board that may lag behind what it shows are not believed, unless the condition
  /// itself asks of the streams.
  package func outcome(on board: Board, at now: Timestamp) -> Outcome {
    if !asksOfStreams, let doubt = board.stream.doubt(at: now) { return .unknown(doubt) }
    let result = expression.evaluate { name in
      Facts.named(name)?.value(of: board, at: now).map(CESQLValue.init)
    }
    if let error = result.error { return .unknown(Self.words(error)) }
    return result.value == .boolean(true) ? .holds : .fails
  }

  /// Its facts on a board, with their evidence.
  package func readings(of board: Board, at now: Timestamp) -> [FactReading] {
    facts.map { $0.reading(of: board, at: now) }
  }

  private static func unknown(_ name: CESQLName) -> CESQLError {
    let near = NearNames.nearest(to: name.name, in: Facts.all.map(\.name))
    return CESQLError(
      .missingAttribute, column: name.column,
      "there is no fact \(name.name)"
        + (near.isEmpty ? ":" : NearNames.advice(near)) + " `podium facts` lists them")
  }

  private static func words(_ error: CESQLError) -> String {
    error.kind == .missingAttribute
      ? error.message.replacing(" is missing", with: " is not known yet") : error.message
  }
}

extension Fact {
  /// Its type in an expression.
  var kind: CESQLKind { isTruth ? .boolean : .integer }
}

extension CESQLValue {
  /// A fact's value; a number beyond 32 bits counts as the largest there is.
  init(_ value: Fact.Value) {
    switch value {
    case .count(let count): self = .integer(Int32(clamping: count))
    case .truth(let truth): self = .boolean(truth)
    }
  }
}
