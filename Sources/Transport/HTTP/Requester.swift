import AsyncHTTPClient
import Domain
import NIOCore
import NIOHTTP1

/// Sends requests, follows the redirections of GET and renews a refused credential.
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
    let question = Question(headers: headers, timeout: timeout, use: use)
    var target = address
    for _ in 0...Self.maximumRedirects {
      let response = try await ask(question, of: target)
      guard case .redirect(let location) = response.answer else { return response }
      target = try following(location, from: target)
    }
    throw .refused(
      reason: "more than \(Self.maximumRedirects) redirections in a row: check the address")
  }

  /// Sends a document of a media type by POST and returns as soon as the head of the answer is
  /// there. A redirection is an answer too: what was meant for one server is not given to another.
  func post(
    _ document: [UInt8], as type: String, to address: HTTPAddress, timeout: Span
  ) async throws(ConnectFailure) -> Response {
    try await ask(
      Question(headers: ["Content-Type": type], document: document, timeout: timeout, use: .once),
      of: address)
  }

  /// What is sent to a server, but for who we are.
  private struct Question: Sendable {
    var headers: HTTPHeaders
    /// What is posted; nil for a GET.
    var document: [UInt8]?
    let timeout: Span
    let use: HTTPClients.Use
  }

  /// Asks an address, anew where a refused credential could be renewed.
  private func ask(
    _ question: Question, of address: HTTPAddress
  ) async throws(ConnectFailure) -> Response {
    let response = try await send(question, to: address)
    guard response.status == 401, address.origin == origin, await authorizer.renew() else {
      return response
    }
    return try await send(question, to: address)
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
    _ question: Question, to address: HTTPAddress
  ) async throws(ConnectFailure) -> Response {
    let (client, request) = try await request(question, to: address)
    let response: HTTPClientResponse
    do {
      response = try await client.execute(
        request, timeout: .microseconds(question.timeout.microseconds))
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
    _ question: Question, to address: HTTPAddress
  ) async throws(ConnectFailure) -> (HTTPClient, HTTPClientRequest) {
    let route: HTTPClients.Route
    do throws(SecurityError) {
      route = try clients.route(to: address, use: question.use)
    } catch {
      throw .refused(reason: error.message)
    }
    var request = HTTPClientRequest(url: route.url)
    request.headers = question.headers
    request.headers.add(contentsOf: route.headers)
    if let document = question.document {
      request.method = .POST
      request.body = .bytes(ByteBuffer(bytes: document))
    } else {
      request.headers.add(name: "Accept-Encoding", value: "gzip, deflate")
    }
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

extension Requester {
  /// Asks a source at its address, with its own credential or what the address carries.
  init(
    _ source: Source, at address: HTTPAddress, _ clients: HTTPClients, _ options: TransportOptions
  ) {
    let basic = address.credentials.map { Credential.fixed($0.basicAuthorization) }
    self.init(
      clients: clients, options: options, origin: Endpoints(address).stream.origin,
      authorizer: Authorizer(source.credential ?? basic), headers: source.headers)
  }
}
