import HummingbirdCore
import Logging
import NIOCore
import NIOEmbedded
import Testing

@testable import Hub

@Suite("Connections of the feed")
struct KeptChannelTests {
  @Test("a connection that nobody takes up, because the server stops, ends like any other")
  func nobody() throws {
    let channel = EmbeddedChannel()
    let kept = KeptChannel(base: HTTP1Channel { _, _, _ in })
    // The value is let go of at once.
    let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    try kept.setup(channel: channel, logger: logger).map { _ in }.wait()
    try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
    #expect(channel.isActive)
    #expect(try channel.finish(acceptAlreadyClosed: true).isClean)
    #expect(!channel.isActive)
  }
}
