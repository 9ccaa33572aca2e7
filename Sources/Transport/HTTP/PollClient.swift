import Domain
import NIOHTTP1
import Wire

/// Asks for documents again and again, as cheaply as the server allows: by position at a hub, by
/// validators (RFC 9110 section 13) elsewhere.
///
/// The laws of the pauses:
/// - At a hub a long poll asks again at once, unless a request that was to be held back until there
///   is news was answered with nothing within 50 ms; an interval poll pauses after the last page.
/// - Elsewhere an interval poll pauses, and a long poll makes up what is left of the interval: a
///   server that holds nothing back is not asked more often for it.
/// - A server whose answers vary with the conditions of the request is a queue, such as nchan: each
///   answer is one message, so while there are any, the next is asked for at once.
struct PollClient: Rung {
  /// `.longPoll` or `.poll`.
  let kind: TransportKind
  let requester: Requester
  let endpoints: Endpoints
  let feed: Feed
  let memory: PollMemory
  let start: FeedStart
  let options: TransportOptions
  /// Whether a server must show that it holds answers back before it is long polled: where interval
  /// polls could take over.
  let needsProof: Bool

  /// From here on an empty answer was held back.
  private static let leastHeld = Span.milliseconds(50)
  /// How much longer than it was asked to may a hub hold an answer back, and how long it may take
  /// for one that it does not hold back: recovery from a dead line has to fit into 5 s.
  static let waitTolerance = Span.seconds(1)
  /// An answer from here on is a page, which another follows.
  private static let pageBytes = 64 << 10

  func run(
    from position: String, timeout: Span, accepted: @escaping @Sendable () async -> Bool
  ) async -> RungEnd {
    var end = RungEnd(reason: .interrupted)
    var cursor = start.position(insteadOf: position.isEmpty ? memory.cursor : position)
    var carried = CarriedBytes()
    var reports = CompressionReports()
    while true {
      switch await ask(after: cursor, isFirst: end.since == nil, timeout: timeout) {
      case .unanswered:
        if end.since == nil {
          guard await accepted() else { return finished(end, at: cursor) }
          end.since = options.clock.now()
        }
      case .over(let reason):
        end.reason = reason
        return finished(end, at: cursor)
      case .answered(let answer):
        let isFirst = end.since == nil
        if isFirst {
          guard !needsProof || isHeldBack(answer) else {
            end.reason = .unsupported(
              "the server does not hold its answers back until there is news")
            return finished(end, at: cursor)
          }
          guard await accepted() else { return finished(end, at: cursor) }
        }
        guard await deliver(answer, isFirst: isFirst) else {
          end.reason = .unread
          return finished(end, at: cursor)
        }
        if let body = answer.body {
          carried.add(body.bytes, of: body.of)
          let fact = reports.due(carried.compression, at: answer.at)
          if let fact, await !feed.note(fact) {
            end.reason = .unread
            return finished(end, at: cursor)
          }
        }
        cursor = self.cursor(after: answer, asked: cursor, from: position)
        end.since = end.since ?? answer.at
        end.hasByte = true
        let pause = pause(after: answer, isFirst: isFirst)
        if pause > .zero { try? await options.clock.sleep(pause) }
      }
      if Task.isCancelled { return finished(end, at: cursor) }
    }
  }

  var ownPosition: String? {
    memory.cursor.isEmpty ? memory.position ?? start.position : memory.cursor
  }

  /// How long nothing may come although all is well.
  var longestSilence: Span {
    let longestAnswer = limit(isFirst: false, timeout: options.answerTimeout)
    guard endpoints.isHub else {
      return longestAnswer + Self.waitTolerance + options.pollInterval
    }
    return kind == .poll ? longestAnswer + options.pollInterval : longestAnswer
  }

  /// A position is kept only where nobody doubted what was delivered.
  private func finished(_ end: RungEnd, at cursor: String) -> RungEnd {
    var end = end
    if Task.isCancelled { end.reason = .interrupted }
    memory.cursor = end.reason == .interrupted ? "" : cursor
    return end
  }

  private func deliver(_ answer: Answered, isFirst: Bool) async -> Bool {
    // The first poll's time holds the making of the connection too: no round trip.
    if kind == .poll, !isFirst {
      guard await feed.note(.roundTrip(answer.held)) else { return false }
    }
    let body = answer.news.map { Inbound.Body.frame(.document, $0) } ?? .fact(.heartbeat)
    guard await feed.deliver(body, at: answer.at) else { return false }
    memory.keep(answer.headers, from: answer.address)
    return true
  }

  /// After news the position that the answer tells; after none the last one that was decoded, so
  /// that a wrong one does not last. Where decoding tells nothing of positions, none is better.
  private func cursor(after answer: Answered, asked: String, from position: String) -> String {
    let told = feed.resumePoint.lastEventID
    if answer.news == nil {
      if !told.isEmpty, told != position { return told }
      if endpoints.isHub {
        start.begins(after: answer.headers.first(name: "Last-Event-ID"), asked: asked)
      }
    }
    return answer.headers.first(name: "Last-Event-ID") ?? asked
  }

  private func pause(after answer: Answered, isFirst: Bool) -> Span {
    let interval = options.pollInterval
    switch (endpoints.isHub, kind, answer.news) {
    case (true, .longPoll, .some): return .zero
    case (true, .longPoll, nil): return isFirst || answer.held >= Self.leastHeld ? .zero : interval
    case (true, _, let news): return (news?.count ?? 0) < Self.pageBytes ? interval : .zero
    case (false, _, .some) where answer.isOfQueue: return .zero
    case (false, .longPoll, _):
      return Span(microseconds: max(0, interval.microseconds - answer.held.microseconds))
    case (false, _, _): return interval
    }
  }

  private func isHeldBack(_ answer: Answered) -> Bool {
    answer.isOfQueue || answer.news == nil && answer.held >= options.pollInterval
  }
}
