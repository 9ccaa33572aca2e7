package import Domain
import Recording
package import Rules

extension RuleBook {
  /// What would have fired on a tape, in the order in which it would have, each with when and why;
  /// at most `limit` of them, so that rules that fire all the time stay readable.
  package func rehearse(
    playing input: TapeInput, from start: Timestamp? = nil, to end: Timestamp? = nil,
    limit: Int = 10_000
  ) throws(FileError) -> [RuleFiring] {
    var watch = RuleWatch(self)
    var firings: [RuleFiring] = []
    var walk = try TapeWalk(input, from: start, to: end)
    try walk.run(nextLook: { watch.nextLook }) { session, changed in
      for news in watch.look(at: session.board, changed: changed, now: session.now) {
        switch news {
        case .fired(let firing): firings.append(firing)
        case .cleared(let firing): firings.note(end: firing)
        }
      }
      return firings.count < limit
    }
    return Array(firings.prefix(limit))
  }
}

extension [RuleFiring] {
  /// Puts a firing that has ended in the place of the same one while it lasted.
  fileprivate mutating func note(end firing: RuleFiring) {
    let place = lastIndex { $0.rule.name == firing.rule.name && $0.at == firing.at }
    if let place { self[place] = firing }
  }
}

extension Gate {
  /// Goes along a tape from a moment, or the beginning, to another, or the end, until the condition
  /// holds, and reports the first moment at which it does, or how things stood at the end.
  package mutating func pass(
    playing input: TapeInput, from start: Timestamp? = nil, to end: Timestamp? = nil
  ) throws(FileError) -> GateReport {
    var gate = self
    var passage: Gate.Passage?
    var walk = try TapeWalk(input, from: start, to: end)
    try walk.run(nextLook: { gate.nextLook }) { session, changed in
      passage = gate.look(at: session.board, changed: changed, now: session.now)
      return passage == nil
    }
    self = gate
    let origin = input.header.start
    if let passage { return GateReport(passage, of: gate, tapeStart: origin) }
    return GateReport(
      missed: gate, on: walk.session.board, at: walk.session.now, tapeStart: origin)
  }
}
