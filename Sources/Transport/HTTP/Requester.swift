import AsyncHTTPClient
import Domain
import NIOCore
import NIOHTTP1

/// Sends GET requests, follows redirections and renews a refused credential.
///
/// The laws of redirections: at most five hops; each request starts anew at the original address;
/// `Authorization` and the source's own headers go to the original origin alone; never from an
/// encrypted address to a plain one, unless that is allowed or stays on this machine, and never
/// where keys are pinned.
///
/// The law of credentials: a 401 of the original origin renews the credential once and asks again;
/// the second 401 of a request stands.
struct Requester: Sendable {
  let clients: HTTPClients
  let options: TransportOptions
  /// The origin that the credential belongs to.
  let origin: String
  let authorizer: Authorizer
  /// The headers a person set for this source.
  var headers: [HTTPField] = []

  /// An answer whose body has not been read.
  struct Response: Sendable {
    let status: Int
    /// The version of HTTP, such as `1.1`.
    let version: String
    let answer: Answer
    let headers: HTTPHeaders
    let body: ResponseBody
  }

  private static let maximumRedirects = 5

  /// Asks for an address and returns as soon as the head of the final answer is there.
  ///
  /// - Parameter use: whether the connection is for this request alone, as a stream's is, or one of
  ///   many polls goes over it.
  func get(
    _ address: HTTPAddress, headers: HTTPHeaders, timeout: Span, use: HTTPClients.Use = .once
  ) async throws(ConnectFailure) -> Response {
    do throws(ConnectFailure) {
      return try await followed(address, headers: headers, timeout: timeout, use: use)
    } catch {
      if use == .kept { clients.dropKept() }
      throw error
    }
  }

  private func followed(
    _ address: HTTPAddress, headers: HTTPHeaders, timeout: Span, use: HTTPClients.Use
  ) async throws(ConnectFailure) -> Response {
    var target = address
    for _ in 0...Self.maximumRedirects {
      var response = try await send(to: target, headers: headers, timeout: timeout, use: use)
      if response.status == 401, target.origin == origin, await authorizer.renew() {
        response = try await send(to: target, headers: headers, timeout: timeout, use: use)
      }
      guard case .redirect(let location) = response.answer else { return response }
      target = try following(location, from: target)
    }
    throw .refused(
      reason: "more than \(Self.maximumRedirects) redirections in a row: check the address")
  }

  /// Where a redirection leads, by the laws above.
  func following(
    _ location: String?, from address: HTTPAddress
  ) throws(ConnectFailure) -> HTTPAddress {
    guard let target = location.flatMap({ address.following($0) }) else {
      throw .refused(reason: "the server redirects without saying where: check the address")
    }
    guard target.isSecure || options.allowPlaintext || target.isLoopback else {
      throw .refused(
        reason:
          "the server redirects to \(harmless(target.name)), which is not encrypted: check the address"
      )
    }
    guard target.isSecure || !address.isSecure || options.security.pins.isEmpty else {
      throw .refused(
        reason:
          "the server redirects to \(harmless(target.name)), where no key can be pinned: check the address"
      )
    }
    return target
  }

  private func send(
    to address: HTTPAddress, headers: HTTPHeaders, timeout: Span, use: HTTPClients.Use
  ) async throws(ConnectFailure) -> Response {
    let (client, request) = try await request(to: address, headers: headers, use)
    let response: HTTPClientResponse
    do {
      response = try await client.execute(request, timeout: .microseconds(timeout.microseconds))
    } catch {
      throw await explained(error, at: address)
    }
    let answer = answer(of: response)
    let coding = response.headers["Content-Encoding"].joined(separator: ", ")
    guard let body = ResponseBody(response.body, coding: answer.hasEvents ? coding : nil) else {
      throw .refused(
        reason: "the server sends its answer in the coding “\(harmless(coding, limit: 40))”, "
          + "which was not asked for")
    }
    return Response(
      status: Int(response.status.code),
      version: "\(response.version.major).\(response.version.minor)", answer: answer,
      headers: response.headers, body: body)
  }

  /// The failure in our words; where a certificate was refused, after another look at it.
  func explained(_ error: any Error, at address: HTTPAddress) async -> ConnectFailure {
    let refusal = CertificateRefusal(error)
    guard let refusal, (try? options.proxies.proxy(for: address)) == nil else {
      return ConnectFailure(error, at: address)
    }
    let chain = await CertificateInspector.chain(
      of: address, timeout: options.connectTimeout, on: clients.loop)
    let words = CertificateFault.words(
      chain, isNameWrong: refusal == .name, now: TransportClock.system.now())
    return .insecure(host: address.host, reason: words)
  }

  private func request(
    to address: HTTPAddress, headers: HTTPHeaders, _ use: HTTPClients.Use
  ) async throws(ConnectFailure) -> (HTTPClient, HTTPClientRequest) {
    let route: HTTPClients.Route
    do throws(SecurityError) {
      route = try clients.route(to: address, use: use)
    } catch {
      throw .refused(reason: error.message)
    }
    var request = HTTPClientRequest(url: route.url)
    request.headers = headers
    request.headers.add(contentsOf: route.headers)
    request.headers.add(name: "Accept-Encoding", value: "gzip, deflate")
    for field in try await ownFields(for: address) {
      request.headers.add(name: field.name, value: field.value)
    }
    return (route.client, request)
  }

  /// What every request to an address says of us: a secret, as it may hold the credential.
  func ownFields(
    for address: HTTPAddress
  ) async throws(ConnectFailure) -> [(name: String, value: String)] {
    var fields = [(name: "User-Agent", value: options.userAgent)]
    guard address.origin == origin else { return fields }
    fields += headers.map { ($0.name, $0.value) }
    do {
      if let authorization = try await authorizer.header() {
        fields.append(("Authorization", authorization))
      }
    } catch {
      let words = (error as? SecurityError)?.message ?? "the token could not be had"
      throw .unavailable(reason: words)
    }
    return fields
  }

  private func answer(of response: HTTPClientResponse) -> Answer {
    let head = Answer.Head(
      status: Int(response.status.code), contentType: response.headers.first(name: "Content-Type"),
      location: response.headers.first(name: "Location"),
      retryAfter: response.headers.first(name: "Retry-After"))
    return Answer(head, now: options.clock.now())
  }
}
