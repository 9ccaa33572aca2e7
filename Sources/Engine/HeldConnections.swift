/// The connections that are not read for now, since they sent more than they may.
struct HeldConnections {
  private var held: Set<Int> = []

  /// Reads on from connections of a session that may send again, and no further from those that may
  /// not.
  mutating func update(_ session: inout Session, in mailbox: Mailbox) {
    let overdrawn = session.overdrawn
    guard overdrawn != held else { return }
    for connection in overdrawn.symmetricDifference(held) {
      mailbox.hold(connection, overdrawn.contains(connection))
      session.hold(overdrawn.contains(connection), connection: connection)
    }
    held = overdrawn
  }
}
