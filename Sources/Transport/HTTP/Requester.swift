import AsyncHTTPClient
import Domain
import NIOCore
import NIOHTTP1

/// Sends GET requests and follows redirections.
///
/// The laws of redirections: at most five hops; each request starts anew at the original address;
/// `Authorization` goes to the original origin alone; never from an encrypted address to a plain
/// one, unless that is allowed or stays on this machine.
struct Requester: Sendable {
  let client: HTTPClient
  let options: TransportOptions
  /// The origin that `authorization` belongs to.
  let origin: String
  let authorization: String?

  /// An answer whose body has not been read.
  struct Response: Sendable {
    let answer: Answer
    let headers: HTTPHeaders
    let body: HTTPClientResponse.Body
  }

  private static let maximumRedirects = 5

  /// Asks for an address and returns as soon as the head of the final answer is there.
  func get(
    _ address: HTTPAddress, headers: HTTPHeaders, timeout: Span
  ) async throws(ConnectFailure) -> Response {
    var target = address
    for _ in 0...Self.maximumRedirects {
      let response = try await send(to: target, headers: headers, timeout: timeout)
      guard case .redirect(let location) = response.answer else { return response }
      target = try following(location, from: target)
    }
    throw .refused(
      reason: "more than \(Self.maximumRedirects) redirections in a row: check the address")
  }

  private func following(
    _ location: String?, from address: HTTPAddress
  ) throws(ConnectFailure) -> HTTPAddress {
    guard let target = location.flatMap({ address.following($0) }) else {
      throw .refused(reason: "the server redirects without saying where: check the address")
    }
    guard target.isSecure || options.allowPlaintext || target.isLoopback else {
      throw .refused(
        reason: "the server redirects to \(target.name), which is not encrypted: check the address")
    }
    return target
  }

  private func send(
    to address: HTTPAddress, headers: HTTPHeaders, timeout: Span
  ) async throws(ConnectFailure) -> Response {
    var request = HTTPClientRequest(url: address.url)
    request.headers = headers
    request.headers.add(name: "Host", value: address.authority)
    request.headers.add(name: "User-Agent", value: options.userAgent)
    if let authorization, address.origin == origin {
      request.headers.add(name: "Authorization", value: authorization)
    }
    do {
      let response = try await client.execute(
        request, timeout: .microseconds(timeout.microseconds))
      return Response(
        answer: answer(of: response), headers: response.headers, body: response.body)
    } catch {
      throw ConnectFailure(error, at: address)
    }
  }

  private func answer(of response: HTTPClientResponse) -> Answer {
    let head = Answer.Head(
      status: Int(response.status.code), contentType: response.headers.first(name: "Content-Type"),
      location: response.headers.first(name: "Location"),
      retryAfter: response.headers.first(name: "Retry-After"))
    return Answer(head, now: options.clock.now())
  }
}
