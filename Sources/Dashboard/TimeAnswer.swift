package import Domain
import Panes

/// Why an answer was not taken, and what would be.
package struct AnswerFault: Error, Equatable, Sendable {
  package let text: String

  /// A fault in words.
  package init(text: String) {
    self.text = text
  }
}

/// Reads the moment that a person asks to go to.
///
/// A sign counts from the moment shown: `-2m`, `+30s`, `-1:30`. The rest is a `TimeReference`:
/// `19:42:08` a time of day, `1:30` or `90` since the beginning, `end`; and `start`. Hours and
/// minutes of two digits, `19:42`, are a time of day where that moment is within reach.
package enum TimeAnswer {
  /// The moment of an answer. What is counted from the moment shown ends at the ends of the reach;
  /// a named moment outside of it is a fault.
  package static func moment(
    _ answer: String, in reach: TimeReach
  ) throws(AnswerFault) -> Timestamp {
    let text = answer.lowercased()
    if text == "start" { return reach.start }
    if text == "now" { return reach.end }
    if let sign = text.first, sign == "-" || sign == "+" {
      guard case .afterStart(let span) = TimeReference(String(text.dropFirst())) else {
        throw AnswerFault(text: "\"\(answer)\" is no span; such as -2m, +30s, -1:30")
      }
      return reach.clamped(sign == "-" ? reach.now - span : reach.now + span)
    }
    return try named(answer, in: reach)
  }

  private static func named(
    _ answer: String, in reach: TimeReach
  ) throws(AnswerFault) -> Timestamp {
    if isHourAndMinute(answer), let moment = reach.moment(of: TimeReference(answer + ":00")) {
      return moment
    }
    // RFC 3339 writes its letters large, units are written small.
    guard
      let reference = TimeReference(answer.lowercased()) ?? TimeReference(answer.uppercased())
    else {
      throw AnswerFault(text: "\"\(answer)\" is no time; such as -2m, 19:42:08, 1:30, start, end")
    }
    guard let moment = reach.moment(of: reference) else {
      throw AnswerFault(text: "\(answer) is outside of \(reach.words)")
    }
    return moment
  }

  private static func isHourAndMinute(_ text: String) -> Bool {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    return parts.count == 2 && parts.allSatisfy { $0.utf8.count == 2 }
  }
}

extension TimeReach {
  /// The moment within the reach that is nearest to another.
  package func clamped(_ moment: Timestamp) -> Timestamp { max(start, min(end, moment)) }

  /// The moment meant, within the reach; nil where it lies on no part of the tape up to its end.
  fileprivate func moment(of reference: TimeReference?) -> Timestamp? {
    guard
      let moment = reference?.resolved(start: origin, end: end, utcOffset: utcOffset),
      moment >= origin, moment <= end
    else { return nil }
    return clamped(moment)
  }

  /// From when to when it goes, and how long that is.
  fileprivate var words: String {
    let from = Format.timeOfDay(origin, offset: utcOffset)
    let to = Format.timeOfDay(end, offset: utcOffset)
    return "\(from)-\(to) (\(Format.clock(end - origin)))"
  }
}
