import Domain
import Testing

@Suite struct ConnectionTests {
  private static func at(_ seconds: Int64) -> Timestamp { Timestamp(seconds: 1_000 + seconds) }

  private static func live(_ kind: TransportKind = .sse) -> Connection {
    var connection = Connection(name: "http://a", at: at(0))
    connection.note(.connected(kind, resumedFrom: nil), at: at(0))
    return connection
  }

  @Test("events, heartbeats alone, and nothing at all are told apart")
  func liveness() {
    var connection = Self.live()
    #expect(connection.liveness(at: Self.at(9)) == .busy)
    #expect(connection.liveness(at: Self.at(10)) == .silent(since: Self.at(0)))
    for second in stride(from: 10, through: 40, by: 5) {
      connection.note(.heartbeat, at: Self.at(Int64(second)))
    }
    #expect(connection.liveness(at: Self.at(41)) == .quiet(since: Self.at(0)))
    connection.receive(bytes: 10, at: Self.at(42))
    connection.receive(events: 1, at: Self.at(42))
    #expect(connection.liveness(at: Self.at(45)) == .busy)
    #expect(connection.liveness(at: Self.at(53)) == .quiet(since: Self.at(42)))
    connection.note(.lost(reason: "reset"), at: Self.at(60))
    #expect(connection.liveness(at: Self.at(61)) == nil)
  }

  @Test(
    "a file that does not grow is not silent",
    arguments: [TransportKind.file, .standardInput, .tape])
  func file(kind: TransportKind) {
    #expect(Self.live(kind).liveness(at: Self.at(1_000)) == nil)
  }

  @Test("a reconnection that could not resume leaves a time nobody accounts for")
  func unaccounted() {
    var connection = Self.live()
    connection.receive(bytes: 1, at: Self.at(3))
    connection.note(.lost(reason: "reset"), at: Self.at(5))
    connection.note(.waiting(attempt: 1, until: Self.at(8), reason: "reset"), at: Self.at(5))
    connection.note(.connecting(attempt: 1), at: Self.at(8))
    connection.note(.connected(.webSocket, resumedFrom: nil), at: Self.at(9))
    #expect(connection.unaccounted.map(\.from) == [Self.at(3)])
    #expect(connection.unaccounted.map(\.to) == [Self.at(9)])
    connection.resync(at: Self.at(10))
    #expect(connection.unaccounted.first?.resyncedAt == Self.at(10))
    #expect(connection.unaccountedCount == 1)
  }

  @Test("a resumed stream, a poll, a change of transport and a first connection leave none")
  func accounted() {
    var connection = Self.live()
    connection.note(.lost(reason: "reset"), at: Self.at(5))
    connection.note(.connected(.sse, resumedFrom: "9"), at: Self.at(9))
    connection.note(.connected(.webSocket, resumedFrom: nil), at: Self.at(12))
    connection.note(.lost(reason: "reset"), at: Self.at(15))
    connection.note(.connected(.poll, resumedFrom: nil), at: Self.at(19))
    #expect(connection.unaccounted.isEmpty)
  }

  @Test("only the newest such times are kept, all are counted")
  func bounded() {
    var connection = Self.live()
    for second in 0..<40 {
      connection.note(.lost(reason: "reset"), at: Self.at(Int64(second)))
      connection.note(.connected(.sse, resumedFrom: nil), at: Self.at(Int64(second)))
    }
    #expect(connection.unaccounted.count == 16)
    #expect(connection.unaccountedCount == 40)
  }

  @Test("a fallback says what is in use and why, until a better transport is there again")
  func fallback() {
    var connection = Self.live(.webSocket)
    connection.note(.fellBack(.longPoll, reason: "the proxy buffers"), at: Self.at(1))
    #expect(connection.state == .live(.longPoll))
    connection.note(.connected(.longPoll, resumedFrom: "4"), at: Self.at(2))
    #expect(connection.fallback?.reason == "the proxy buffers")
    connection.note(.connected(.poll, resumedFrom: "4"), at: Self.at(2))
    #expect(connection.fallback?.kind == .longPoll)
    connection.note(.connected(.webSocket, resumedFrom: "5"), at: Self.at(3))
    #expect(connection.fallback == nil)
  }

  @Test("the time nobody accounts for is an alert until a snapshot makes it good")
  func alert() {
    var board = Board()
    let number = board.addConnection("http://a", at: Self.at(0))
    board.note(.connected(.sse, resumedFrom: nil), connection: number, at: Self.at(0))
    board.note(.lost(reason: "reset"), connection: number, at: Self.at(3))
    #expect(board.alerts.openCount == 0)
    board.note(.connected(.sse, resumedFrom: nil), connection: number, at: Self.at(9))
    let key = Alert.Key(code: "STREAM_GAP", subject: "http://a")
    #expect(
      board.alerts.alert(key)?.text == "unaccounted 00:16:40-00:16:49 UTC: back without resuming")
    board.noteResynced(connection: number, at: Self.at(10))
    board.noteResynced(connection: 7, at: Self.at(10))
    #expect(board.alerts.alert(key)?.falseSince == Self.at(10))
    #expect(board.stream.connections[number].unaccounted.first?.resyncedAt == Self.at(10))
  }

  @Test("what a feed went on without is counted and an alert until a snapshot makes it good")
  func feedGap() {
    var board = Board()
    let number = board.addConnection("http://a", at: Self.at(0))
    #expect(board.stream.gaps == nil)
    board.noteMissing("events 6 to 8", count: 3, connection: number, at: Self.at(1))
    board.noteMissing("all events after 9-e", count: nil, connection: number, at: Self.at(2))
    board.noteMissing("event 1", count: 1, connection: 7, at: Self.at(2))
    #expect(board.stream.gaps == 2)
    #expect(board.stream.missing == 3)
    let key = Alert.Key(code: "STREAM_GAP", subject: "http://a")
    #expect(board.alerts.alert(key)?.count == 2)
    #expect(
      board.alerts.alert(key)?.text == "all events after 9-e missing: the feed went on without")
    board.noteResynced(connection: number, at: Self.at(10))
    #expect(board.alerts.alert(key)?.falseSince == Self.at(10))
    #expect(board.stream.missing == 0)
    #expect(board.stream.gaps == 2)
  }

  @Test("clocks that do not agree say by how much")
  func skew() {
    var board = Board()
    let event = Event(
      id: "1", source: "/s", type: .known(.taskCreated), subject: "task/t", time: Self.at(7))
    _ = board.apply(event, at: Self.at(5))
    #expect(board.stream.sources.first?.skew == .seconds(2))
  }

  @Test("a connection that we do not read is limited, not stale, and goes on with its rhythm")
  func held() {
    var connection = Self.live()
    for second in 0...4 { connection.note(.heartbeat, at: Self.at(Int64(second))) }
    #expect(connection.staleAt == Self.at(4) + .milliseconds(2_500))
    connection.hold(true, at: Self.at(5))
    #expect(connection.staleAt == nil)
    #expect(connection.tick(now: Self.at(60)) == false)
    #expect(connection.isLimited(at: Self.at(60)))
    connection.hold(false, at: Self.at(60))
    connection.note(.heartbeat, at: Self.at(60))
    #expect(connection.patience == .milliseconds(2_500))
    #expect(connection.isLimited(at: Self.at(61)))
    #expect(!connection.isLimited(at: Self.at(62)))
    #expect(connection.staleAt == Self.at(60) + .milliseconds(2_500))
  }
}
