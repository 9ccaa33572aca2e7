import Domain
import NIOCore
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
  private static let waitTolerance = Span.seconds(1)
  /// How long an answer elsewhere may be held back before it is asked for anew.
  private static let longestHeld = Span.seconds(60)
  /// How long the first one may be, before the request counts as accepted.
  private static let longestHeldAtFirst = Span.seconds(5)
  /// An answer from here on is a page, which another follows.
  private static let pageBytes = 64 << 10

  /// An answer that is no failure.
  fileprivate struct Answered {
    let address: HTTPAddress
    let headers: HTTPHeaders
    /// Nil where there was nothing new.
    let news: [UInt8]?
    /// When it was complete.
    let at: Timestamp
    /// From the request to the head of the answer.
    let held: Span
    /// Its body and how many bytes that came to; nil where it had none.
    let body: (bytes: Int, of: ResponseBody)?
  }

  private enum Outcome {
    case answered(Answered)
    /// It was held back for longer than we wait.
    case unanswered
    case over(RungEnd.Reason)
  }

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

extension PollClient {
  /// One request. The first at a hub is not to be held back: it tells whether we are let in.
  private func ask(after cursor: String, isFirst: Bool, timeout: Span) async -> Outcome {
    let waits = kind == .longPoll && !isFirst
    let address = endpoints.poll(after: cursor, wait: waits ? options.pollWait : nil)
    let began = options.clock.now()
    do {
      let response = try await requester.get(
        address, headers: headers(for: address),
        timeout: limit(isFirst: isFirst, timeout: isFirst ? timeout : options.answerTimeout)
          + options.connectTimeout, use: .kept)
      return await read(response, from: address, held: options.clock.now() - began)
    } catch {
      if mayBeHeld(isFirst: isFirst), case .unanswered = error { return .unanswered }
      return .over(RungEnd.Reason(error))
    }
  }

  private func limit(isFirst: Bool, timeout: Span) -> Span {
    if mayBeHeld(isFirst: isFirst) {
      return isFirst ? min(timeout, Self.longestHeldAtFirst) : Self.longestHeld
    }
    let isHeld = kind == .longPoll && !isFirst
    if isHeld { return options.pollWait + Self.waitTolerance }
    return endpoints.isHub && !isFirst ? Self.waitTolerance : timeout
  }

  /// Whether no answer may mean that there is no news: elsewhere than at a hub, where nothing says
  /// how long an answer is held back.
  private func mayBeHeld(isFirst: Bool) -> Bool {
    !endpoints.isHub && (!isFirst || kind == .longPoll)
  }

  private func headers(for address: HTTPAddress) -> HTTPHeaders {
    var headers: HTTPHeaders = [
      "Accept":
        "application/cloudevents-batch+json, application/cloudevents+json, application/json;q=0.9",
      "Cache-Control": "no-cache",
    ]
    headers.add(contentsOf: memory.conditions(for: address))
    return headers
  }

  private func read(
    _ response: Requester.Response, from address: HTTPAddress, held: Span
  ) async -> Outcome {
    func answered(_ document: [UInt8]?) -> Outcome {
      .answered(
        Answered(
          address: address, headers: response.headers,
          news: document.flatMap { isEmpty($0) ? nil : $0 }, at: options.clock.now(), held: held,
          body: document.map { ($0.count, response.body) }))
    }
    switch response.answer {
    case .document:
      switch await document(response) {
      case .success(let bytes): return answered(bytes)
      case .failure(let over): return .over(over.reason)
      }
    case .noContent, .notModified: return answered(nil)
    case .requestTimeout(let words):
      return endpoints.isHub ? .over(.busy(words, retryAfter: nil)) : answered(nil)
    case .eventStream, .lines:
      return .over(.unsupported("the server sends a stream: use sse+https://"))
    case .busy(let words, let retryAfter): return .over(.busy(words, retryAfter: retryAfter))
    case .unsupported(let words): return .over(.unsupported(words))
    case .absent(let words):
      return .over(endpoints.isHub ? .unsupported(words) : .refused(words))
    case .refused(let words): return .over(.refused(words))
    case .redirect:
      return .over(.refused("the server answered with a redirection we cannot follow"))
    }
  }

  private struct Over: Error {
    let reason: RungEnd.Reason
  }

  private func document(_ response: Requester.Response) async -> Result<[UInt8], Over> {
    do {
      let body = try await response.body.collect(upTo: options.maximumDocumentBytes)
      return .success(body.withUnsafeReadableBytes { [UInt8]($0) })
    } catch is NIOTooManyBytesError {
      let most = options.maximumDocumentBytes >> 20
      return .failure(
        Over(reason: .refused("the answer is longer than \(most) MiB: ask for less")))
    } catch {
      return .failure(Over(reason: .lost(lossWords(error))))
    }
  }
}

extension PollClient.Answered {
  /// Whether the server hands out one message after the other by the conditions of the request.
  fileprivate var isOfQueue: Bool {
    headers["Vary"].contains { $0.lowercased().contains("if-none-match") }
  }
}

/// Whether an answer holds no event: nothing, or an empty list.
private func isEmpty(_ bytes: [UInt8]) -> Bool {
  guard bytes.count <= 64 else { return false }
  let solid = bytes.filter { $0 > 0x20 }
  return solid.isEmpty || solid == [UInt8(ascii: "["), UInt8(ascii: "]")]
}
