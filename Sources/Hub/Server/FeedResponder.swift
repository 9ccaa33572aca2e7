import Domain
import HTTPTypes
import Hummingbird
import NIOCore
import Wire

/// What a request brings along: the connection, so that a reader too slow can be hung up on.
struct FeedContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  let channel: any Channel

  init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
    channel = source.channel
  }
}

/// Answers the feed's requests; whatever goes wrong is answered as a problem document.
struct FeedResponder: HTTPResponder {
  /// The most events in one answer of a poll.
  static let pollLimit = 1_000
  /// About how much is written to a reader at once.
  static let writeBytes = 64 << 10
  private static let comment = {
    var text: [UInt8] = []
    SSEEncoder.appendComment(to: &text)
    return ByteBuffer(bytes: text)
  }()

  let hub: FeedHub
  let bodyBytes: Int

  func respond(to request: Request, context: FeedContext) async throws -> Response {
    do {
      return try await answer(request, context)
    } catch let problem as Problem {
      return problem.response
    }
  }

  private func answer(_ request: Request, _ context: FeedContext) async throws -> Response {
    switch (request.uri.path, request.method) {
    case ("/v1/events", .post): return try await take(request)
    case ("/v1/events", .get): return stream(position(of: request), context.channel)
    case ("/v1/snapshot", .get):
      let (events, position) = hub.snapshot()
      return batch(events, position)
    case ("/v1/poll", .get):
      return try await poll(request, context.channel)
    case ("/api/health/realtime", .get): return json(hub.health().json)
    case ("/metrics", .get):
      return text(Array(hub.health().metrics.utf8), type: FeedHealth.metricsType)
    case ("/v1/events", _): throw notAllowed("GET, POST")
    case ("/v1/snapshot", _), ("/v1/poll", _), ("/v1/ws", _), ("/metrics", _),
      ("/api/health/realtime", _):
      throw notAllowed("GET")
    default:
      throw Problem(
        .notFound,
        "served are /v1/events, /v1/ws, /v1/poll, /v1/snapshot, /metrics and /api/health/realtime")
    }
  }

  private func notAllowed(_ methods: String) -> Problem {
    Problem(.methodNotAllowed, "use \(methods) here", headers: [.allow: methods])
  }

  // MARK: POST

  private func take(_ request: Request) async throws -> Response {
    let attributes = Self.attributes(of: request.headers)
    let form = EventIntake.form(
      contentType: request.headers[.contentType], isBinary: !attributes.isEmpty)
    guard let form else {
      throw Problem(
        .unsupportedMediaType,
        "send application/cloudevents+json, application/cloudevents-batch+json or "
          + "application/x-ndjson")
    }
    let body = try await collect(request)
    let incoming =
      switch form {
      case .document: try EventIntake.document(body)
      case .lines: try EventIntake.lines(body)
      case .binary: try EventIntake.binary(attributes: attributes, body: body)
      }
    let sequence = hub.publish(incoming)
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("accepted")
    writer.integer(incoming.count)
    writer.key("sequence")
    writer.integer(sequence)
    writer.endObject()
    return json(writer.bytes, status: .accepted)
  }

  private func collect(_ request: Request) async throws -> [UInt8] {
    do {
      let buffer = try await request.body.collect(upTo: bodyBytes)
      return Array(buffer.readableBytesView)
    } catch is NIOTooManyBytesError {
      throw Problem(
        .contentTooLarge, "the body is larger than \(bodyBytes) bytes; send fewer events at once")
    }
  }

  /// The attributes that the headers of a binary message carry.
  private static func attributes(of headers: HTTPFields) -> [(name: String, value: String)] {
    headers.compactMap { field in
      let name = field.name.canonicalName
      guard name.hasPrefix("ce-") else { return nil }
      return (String(name.dropFirst(3)), field.value.percentDecoded)
    }
  }

  // MARK: GET

  private func position(of request: Request) -> FeedPosition {
    let parameters = request.uri.queryParameters
    let told = parameters["after"] ?? parameters["lastEventID"]
    return FeedPosition(
      request.headers[.lastEventID] ?? told.map { String($0) }, epoch: hub.epoch)
  }

  /// Answers with the events after a position; where there are none, as soon as there are or the
  /// time that the reader is willing to wait is over. The reader waits on its connection's loop.
  private func poll(_ request: Request, _ channel: any Channel) async throws -> Response {
    let position = position(of: request)
    let seconds = try waitSeconds(of: request)
    if seconds > 0, let (id, wait) = try hub.beginWait(from: position) {
      defer { hub.endWait(id) }
      let timer = channel.eventLoop.scheduleTask(in: .milliseconds(Int64(seconds * 1_000))) {
        wait.end()
      }
      FeedEntrance.notice(endOf: channel) { wait.end() }
      await wait.wait()
      timer.cancel()
    }
    let (events, last) = hub.poll(from: position, limit: Self.pollLimit)
    return batch(events, last)
  }

  /// How long a reader is willing to wait for an event, 0 to 60 seconds.
  private func waitSeconds(of request: Request) throws(Problem) -> Double {
    guard let text = request.uri.queryParameters["wait"] else { return 0 }
    guard let seconds = Double(text), seconds.isFinite else {
      throw Problem(.badRequest, "wait is a number of seconds, 0 to 60", field: "wait")
    }
    return min(60, max(0, seconds))
  }

  private func stream(_ position: FeedPosition, _ channel: any Channel) -> Response {
    var headers = HTTPFields()
    headers[.contentType] = "text/event-stream"
    headers[.cacheControl] = "no-store"
    headers[.lastEventID] = hub.start(of: position)
    let hub = hub
    return Response(
      status: .ok, headers: headers,
      body: ResponseBody { writer in
        let (id, backlog, subscriber) = hub.join(from: position, as: .eventStream) {
          channel.close(mode: .all, promise: nil)
        }
        defer { hub.leave(id) }
        for part in backlog.parts(upTo: Self.writeBytes) { try await writer.write(part.blocks) }
        while let delivery = await subscriber.take(upTo: Self.writeBytes) {
          switch delivery {
          case .frames(let frames): try await writer.write(frames[...].blocks)
          case .heartbeat: try await writer.write(Self.comment)
          }
        }
        try await writer.finish(nil)
      })
  }

  private func batch(_ events: [FeedFrame], _ position: String) -> Response {
    var body = ByteBuffer()
    body.writeInteger(UInt8(ascii: "["))
    for (place, event) in events.enumerated() {
      if place > 0 { body.writeInteger(UInt8(ascii: ",")) }
      body.writeImmutableBuffer(event.message)
    }
    body.writeInteger(UInt8(ascii: "]"))
    var response = Response(status: .ok, body: ResponseBody(byteBuffer: body))
    response.headers[.contentType] = "application/cloudevents-batch+json"
    response.headers[.lastEventID] = position
    return response
  }

  private func json(_ text: [UInt8], status: HTTPResponse.Status = .ok) -> Response {
    self.text(text, type: "application/json", status: status)
  }

  private func text(
    _ text: [UInt8], type: String, status: HTTPResponse.Status = .ok
  ) -> Response {
    var response = Response(
      status: status, body: ResponseBody(byteBuffer: ByteBuffer(bytes: text)))
    response.headers[.contentType] = type
    return response
  }
}

extension HTTPField.Name {
  /// The header of the WHATWG event stream with which a reader tells where it was.
  fileprivate static var lastEventID: HTTPField.Name {
    HTTPField.Name("Last-Event-ID") ?? .eTag
  }
}
