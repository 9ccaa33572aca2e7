import Engine
import Transport

/// Listens to sources for as long as a command runs.
enum Listening {
  /// Starts the transports, waits for the first contact, runs `body` and stops the transports,
  /// however it ends. Throws when no source can be reached, or what `body` throws.
  static func listen(
    to sources: [NamedSource], _ options: TransportOptions,
    _ body: (Mailbox, TransportGroup) async throws -> Void
  ) async throws {
    let mailbox = Mailbox()
    var options = options
    // What is compared with the loop's time must come from its clock.
    options.clock.now = { WallClock.now }
    let group = TransportGroup(
      sources: sources.map(\.source), sink: mailbox, options: options)
    group.start()
    let outcome: Result<Void, any Error>
    do {
      try await FirstContact.wait(for: sources, in: group)
      outcome = .success(try await body(mailbox, group))
    } catch {
      outcome = .failure(error)
    }
    mailbox.closeForGood()
    await group.stop()
    try outcome.get()
  }
}
