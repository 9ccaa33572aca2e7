import AsyncHTTPClient
import Domain
import NIOCore
import NIOHTTP1
import Wire

/// Asks for a document again and again, as cheaply as the server allows: by cursor at a hub, by
/// validators (RFC 9110 section 13) elsewhere.
struct PollClient: Sendable {
  let requester: Requester
  let endpoints: Endpoints
  let feed: Feed
  let options: TransportOptions
  /// The position to continue after; empty for the beginning.
  var cursor = ""
  private var validators: Validators?

  /// What lets a server answer that nothing changed, for the one address it was said about.
  private struct Validators: Sendable {
    let address: HTTPAddress
    let entityTag: String?
    let lastModified: String?
  }

  init(requester: Requester, endpoints: Endpoints, feed: Feed, options: TransportOptions) {
    self.requester = requester
    self.endpoints = endpoints
    self.feed = feed
    self.options = options
  }

  /// What came of a poll.
  enum Result: Sendable {
    /// A document, and when it was complete.
    case document([UInt8], at: Timestamp)
    /// Nothing new.
    case empty
    /// The server is there but cannot answer now.
    case busy(String, retryAfter: Span?)
    /// There was no answer.
    case failed(ConnectFailure)
    /// The server will not have us.
    case refused(String)
    /// The server streams here.
    case stream
    /// We were told to drop it.
    case interrupted
  }

  /// Polls once. Returns the client as it is to go on beside the result.
  func polled() async -> (client: PollClient, result: Result) {
    var client = self
    let result = await client.poll()
    return (client, Task.isCancelled ? .interrupted : result)
  }

  private mutating func poll() async -> Result {
    let address = endpoints.poll(after: cursor)
    let response: Requester.Response
    do {
      response = try await requester.get(
        address, headers: headers(for: address), timeout: options.answerTimeout, use: .kept)
    } catch {
      if case .refused(let reason) = error { return .refused(reason) }
      return .failed(error)
    }
    switch response.answer {
    case .document: return await document(response, from: address)
    case .noContent, .notModified:
      remember(response.headers, from: address)
      return .empty
    case .eventStream, .lines: return .stream
    case .busy(let words, let retryAfter): return .busy(words, retryAfter: retryAfter)
    case .refused(let words): return .refused(words)
    case .redirect: return .refused("the server answered with a redirection we cannot follow")
    }
  }

  private func headers(for address: HTTPAddress) -> HTTPHeaders {
    var headers: HTTPHeaders = [
      "Accept":
        "application/cloudevents-batch+json, application/cloudevents+json, application/json;q=0.9",
      "Cache-Control": "no-cache",
    ]
    guard let validators, validators.address == address else { return headers }
    if let tag = validators.entityTag { headers.add(name: "If-None-Match", value: tag) }
    if let date = validators.lastModified { headers.add(name: "If-Modified-Since", value: date) }
    return headers
  }

  private mutating func document(
    _ response: Requester.Response, from address: HTTPAddress
  ) async -> Result {
    do {
      let body = try await response.body.collect(upTo: options.maximumDocumentBytes)
      let now = feed.clock.now()
      remember(response.headers, from: address)
      let bytes = body.withUnsafeReadableBytes { [UInt8]($0) }
      return isEmpty(bytes) ? .empty : .document(bytes, at: now)
    } catch is NIOTooManyBytesError {
      return .refused(
        "the answer is longer than \(options.maximumDocumentBytes >> 20) MiB: ask for less")
    } catch {
      return .failed(.network(reason: lossWords(error)))
    }
  }

  /// Keeps what the next poll is to say about this answer.
  private mutating func remember(_ headers: HTTPHeaders, from address: HTTPAddress) {
    if endpoints.isHub { cursor = headers.first(name: "Last-Event-ID") ?? cursor }
    let known = validators?.address == address ? validators : nil
    validators = Validators(
      address: address, entityTag: headers.first(name: "ETag") ?? known?.entityTag,
      lastModified: headers.first(name: "Last-Modified") ?? known?.lastModified)
  }
}

/// Whether an answer holds no event: nothing, or an empty list.
private func isEmpty(_ bytes: [UInt8]) -> Bool {
  guard bytes.count <= 64 else { return false }
  let solid = bytes.filter { $0 > 0x20 }
  return solid.isEmpty || solid == [UInt8(ascii: "["), UInt8(ascii: "]")]
}
