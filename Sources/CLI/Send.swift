import ArgumentParser
import Domain
import Transport
import Wire

/// `podium send TYPE`
struct Send: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Publish one event to a hub.",
    discussion: """
      podium send com.example.kds.ticket.fired --subject ticket/204:grill \\
        --data '{"ticket":"204:grill","order":"204","station":"grill"}'
      """)

  @Argument(help: "The CloudEvents type, such as com.example.kds.ticket.fired.")
  var type: String

  @Option(help: "The entity it concerns, as collection/id.")
  var subject: String?

  @Option(help: "The event's data, a JSON object.")
  var data = "{}"

  @Option(help: "Who says so.")
  var source = "podium/send"

  @Option(help: "The event's id; unique within its source. A new one by default.")
  var id: String?

  @Option(
    help: ArgumentHelp(
      "The hub: its address, or its name in the config file.", valueName: "URL"))
  var hub = "http://127.0.0.1:7800"

  @OptionGroup var connecting: ConnectionOptions

  func run() async throws {
    let value: JSONValue
    do throws(JSONError) {
      value = try JSONValue(parsing: Array(data.utf8))
    } catch {
      throw Failure(.usage, "--data is not JSON: \(error)")
    }
    guard case .object = value else { throw Failure(.usage, "--data must be a JSON object") }
    let now = WallClock.now
    var json = JSONWriter()
    json.beginObject()
    for (name, text) in [
      ("specversion", "1.0"), ("id", id ?? "send-\(now.microseconds)"), ("source", source),
      ("type", type), ("time", now.rfc3339),
    ] {
      json.key(name)
      json.string(text)
    }
    if let subject {
      json.key("subject")
      json.string(subject)
    }
    json.key("data")
    json.value(value)
    json.endObject()
    try await publish(json.bytes)
  }

  private func publish(_ bytes: [UInt8]) async throws {
    let (named, options) = (try destination(), try connecting.transport)
    do throws(PublishError) {
      try await EventPublisher.publish(bytes, to: named.source, options: options)
    } catch {
      let code: Failure.Code =
        switch error.kind {
        case .address: .usage
        case .connection: .cannotConnect
        case .forbidden: .notAllowed
        case .refusal: .badData
        }
      throw Failure(code, "\(named.name): \(error.message)")
    }
  }

  /// The hub, without looking for a file where it is no address.
  private func destination() throws -> NamedSource {
    if case .path = try SourcePath(hub), try ConfiguredSource.settings(of: hub) == nil {
      throw Failure(.usage, "--hub is an address such as http://127.0.0.1:7800, not \"\(hub)\"")
    }
    return try connecting.source(hub, follow: false)
  }
}
