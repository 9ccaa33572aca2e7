import Domain
import NIOCore
import NIOHTTP1

// One request of a `PollClient`, and what its answer means.

extension PollClient {
  /// How long an answer elsewhere may be held back before it is asked for anew.
  private static let longestHeld = Span.seconds(60)
  /// How long the first one may be, before the request counts as accepted.
  private static let longestHeldAtFirst = Span.seconds(5)

  /// An answer that is no failure.
  struct Answered {
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

    /// Whether the server hands out one message after the other by the conditions of the request.
    var isOfQueue: Bool {
      headers["Vary"].contains { $0.lowercased().contains("if-none-match") }
    }
  }

  /// What became of a request.
  enum Outcome {
    case answered(Answered)
    /// It was held back for longer than we wait.
    case unanswered
    case over(RungEnd.Reason)
  }

  /// One request. The first at a hub is not to be held back: it tells whether we are let in.
  func ask(after cursor: String, isFirst: Bool, timeout: Span) async -> Outcome {
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

  /// How long to wait for an answer.
  func limit(isFirst: Bool, timeout: Span) -> Span {
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

/// Whether an answer holds no event: nothing, or an empty list.
private func isEmpty(_ bytes: [UInt8]) -> Bool {
  guard bytes.count <= 64 else { return false }
  let solid = bytes.filter { $0 > 0x20 }
  return solid.isEmpty || solid == [UInt8(ascii: "["), UInt8(ascii: "]")]
}
