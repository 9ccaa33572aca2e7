import Domain
import NIOCore
import NIOHTTP1
import Wire

/// Sends plain requests as the clients do and looks at the heads of the answers alone.
struct HeadProbe: Sendable {
  let source: Source
  let address: HTTPAddress
  let options: TransportOptions

  /// The head of the answer to a request for the stream.
  func examine() async -> Result<Diagnosis.Head, ConnectFailure> {
    let stack = HTTPStack()
    let clients = stack.clients(options)
    let endpoints = Endpoints(address)
    let requester = Requester(source, at: address, clients, options)
    let result: Result<Diagnosis.Head, ConnectFailure>
    do throws(ConnectFailure) {
      result = .success(try await head(requester, endpoints))
    } catch {
      result = .failure(error)
    }
    await clients.shutdown()
    await stack.shutdown()
    return result
  }

  private func head(
    _ requester: Requester, _ endpoints: Endpoints
  ) async throws(ConnectFailure) -> Diagnosis.Head {
    let now = options.clock.now
    let sent = now()
    let response = try await requester.get(
      endpoints.stream,
      headers: [
        "Accept": "text/event-stream, application/json;q=0.5", "Cache-Control": "no-cache",
      ],
      timeout: options.answerTimeout)
    let came = now()
    let field = { (name: String) in
      response.headers.first(name: name).map { harmless($0, limit: 80) }
    }
    var head = Diagnosis.Head(
      status: response.status, httpVersion: response.version,
      contentType: field("Content-Type"), contentEncoding: field("Content-Encoding"),
      server: field("Server"), took: came - sent,
      clock: response.headers.first(name: "Date").flatMap {
        ClockReading.difference(date: $0, sent: sent, received: came)
      }, answersNotModified: nil)
    if case .document = response.answer, let question = validators(response.headers) {
      head.answersNotModified = try await answersNotModified(requester, endpoints, question)
    }
    return head
  }

  private func validators(_ headers: HTTPHeaders) -> HTTPHeaders? {
    var question: HTTPHeaders = ["Accept": "application/json"]
    if let tag = headers.first(name: "ETag") { question.add(name: "If-None-Match", value: tag) }
    if let date = headers.first(name: "Last-Modified") {
      question.add(name: "If-Modified-Since", value: date)
    }
    return question.contains(name: "If-None-Match") || question.contains(name: "If-Modified-Since")
      ? question : nil
  }

  private func answersNotModified(
    _ requester: Requester, _ endpoints: Endpoints, _ question: HTTPHeaders
  ) async throws(ConnectFailure) -> Bool {
    let response = try await requester.get(
      endpoints.stream, headers: question, timeout: options.answerTimeout)
    return response.status == 304
  }
}

/// Reads the clock of a server off its `Date` header (RFC 9110 section 6.6.1).
enum ClockReading {
  /// How far it is ahead of ours, for an answer that was asked for and came at our moments; nil for
  /// a date that cannot be read. The date is cut to seconds and was written some time in between, or
  /// before: servers write it down every second or so and use it until the next.
  static func difference(
    date: String, sent: Timestamp, received: Timestamp
  ) -> Diagnosis.ClockDifference? {
    guard let second = httpDate(date) else { return nil }
    let roundTrip = max(.zero, received - sent)
    let middle = sent + Span(microseconds: roundTrip.microseconds / 2)
    return Diagnosis.ClockDifference(
      ahead: second + .milliseconds(500) - middle,
      uncertainty: Span(microseconds: 2_000_000 + roundTrip.microseconds / 2))
  }
}
