import Domain
import Engine
import Glibc
import Testing
import Wire

@Suite(.timeLimit(.minutes(1))) struct MailboxTests {
  private static func isReadable(_ mailbox: Mailbox) -> Bool {
    var entry = pollfd(fd: mailbox.descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&entry, 1, 0) == 1
  }

  private static func large(
    _ bytes: Int, at milliseconds: Int64 = 0, connection: Int = 0
  ) -> Inbound {
    let body = Inbound.Body.frame(.ndjson, Array(repeating: 0x20, count: bytes))
    return Inbound(connection: connection, at: at(milliseconds), body: body)
  }

  /// A mailbox that knows two connections, of which nothing waits.
  private static func two() async -> Mailbox {
    let mailbox = Mailbox()
    for connection in 0..<2 { _ = await mailbox.deliver(large(1, connection: connection)) }
    _ = mailbox.takeAll()
    return mailbox
  }

  @Test("what was delivered is taken in order, and the descriptor is readable just as long")
  func order() async {
    let mailbox = Mailbox()
    #expect(!Self.isReadable(mailbox))
    for number in 0..<5 {
      #expect(await mailbox.deliver(Feed.frame("x", at: Int64(number))))
      #expect(Self.isReadable(mailbox))
    }
    #expect(mailbox.backlog == 5)
    #expect(mailbox.takeAll().map(\.at) == (0..<5).map { at($0) })
    #expect(!Self.isReadable(mailbox))
    #expect(mailbox.backlog == 0)
    #expect(mailbox.takeAll().isEmpty)
    #expect(await mailbox.deliver(Feed.frame("y", at: 9)))
    #expect(Self.isReadable(mailbox))
  }

  @Test("a frame larger than the bound is let in when nothing else waits")
  func oversized() async {
    let mailbox = Mailbox()
    #expect(await mailbox.deliver(Self.large(Mailbox.byteBound + 1)))
    #expect(mailbox.backlog == Mailbox.byteBound + 1)
  }

  @Test("a full mailbox suspends the sender until it is emptied")
  func backPressure() async {
    let mailbox = Mailbox()
    #expect(await mailbox.deliver(Self.large(Mailbox.byteBound)))
    let sender = Task { await mailbox.deliver(Self.large(7, at: 1)) }
    for _ in 0..<100 { await Task.yield() }
    #expect(mailbox.backlog == Mailbox.byteBound)
    var taken = mailbox.takeAll()
    #expect(await sender.value)
    taken += mailbox.takeAll()
    #expect(taken.map(\.at) == [at(0), at(1)])
  }

  @Test("many senders lose and double nothing, each in its own order")
  func manySenders() async {
    let mailbox = Mailbox()
    let senders = 8
    let each = 40
    await withTaskGroup(of: Void.self) { tasks in
      for sender in 0..<senders {
        tasks.addTask {
          for number in 0..<each {
            var inbound = Self.large(1 << 20, at: Int64(number))
            inbound.connection = sender
            #expect(await mailbox.deliver(inbound))
          }
        }
      }
      var next = Array(repeating: Int64(0), count: senders)
      var taken = 0
      while taken < senders * each {
        let batch = mailbox.takeAll()
        taken += batch.count
        for inbound in batch {
          #expect(inbound.at == at(next[inbound.connection]))
          next[inbound.connection] += 1
        }
        await Task.yield()
      }
    }
    #expect(!Self.isReadable(mailbox) || mailbox.takeAll().isEmpty)
  }

  @Test("closing refuses what comes and wakes who waits")
  func close() async {
    let mailbox = Mailbox()
    #expect(await mailbox.deliver(Self.large(Mailbox.byteBound)))
    let sender = Task { await mailbox.deliver(Self.large(1)) }
    for _ in 0..<100 { await Task.yield() }
    mailbox.closeForGood()
    #expect(await sender.value == false)
    #expect(await mailbox.deliver(Self.large(1)) == false)
    #expect(mailbox.takeAll().count == 1)
  }

  @Test("a cancelled sender stops waiting")
  func cancellation() async {
    let mailbox = Mailbox()
    #expect(await mailbox.deliver(Self.large(Mailbox.byteBound)))
    let sender = Task { await mailbox.deliver(Self.large(1)) }
    for _ in 0..<100 { await Task.yield() }
    sender.cancel()
    #expect(await sender.value == false)
    #expect(mailbox.takeAll().count == 1)
  }

  @Test("positions are kept by connection")
  func positions() {
    let mailbox = Mailbox()
    var point = ResumePoint()
    point.lastEventID = "12"
    mailbox.note(point, connection: 3)
    #expect(mailbox.resumePoint(of: 3) == point)
    #expect(mailbox.resumePoint(of: 0) == ResumePoint())
  }

  @Test("a connection that never pauses fills its share and suspends no other")
  func share() async {
    let mailbox = await Self.two()
    #expect(await mailbox.deliver(Self.large(Mailbox.connectionByteBound)))
    let sender = Task { await mailbox.deliver(Self.large(7, at: 1)) }
    for _ in 0..<100 { await Task.yield() }
    #expect(mailbox.backlog == Mailbox.connectionByteBound)
    #expect(await mailbox.deliver(Self.large(5, connection: 1)))
    #expect(mailbox.backlog == Mailbox.connectionByteBound + 5)
    #expect(mailbox.take(1, bytes: .max).map(\.connection) == [0])
    #expect(await sender.value)
    #expect(mailbox.takeAll().map(\.connection) == [1, 0])
  }

  @Test("the shares of many connections are no more than the whole")
  func manyShares() async {
    let mailbox = Mailbox()
    for connection in 0..<16 { _ = await mailbox.deliver(Self.large(1, connection: connection)) }
    _ = mailbox.takeAll()
    let part = Mailbox.byteBound / 16
    for connection in 0..<15 {
      #expect(await mailbox.deliver(Self.large(part, connection: connection)))
    }
    let sender = Task { await mailbox.deliver(Self.large(1, at: 1)) }
    for _ in 0..<100 { await Task.yield() }
    #expect(mailbox.backlog == 15 * part)
    #expect(await mailbox.deliver(Self.large(part, connection: 15)))
    mailbox.closeForGood()
    #expect(await sender.value == false)
  }

  @Test("a connection may have so many frames and facts waiting, however small")
  func countShare() async {
    let mailbox = await Self.two()
    for _ in 0..<Mailbox.connectionCountBound { _ = await mailbox.deliver(Self.large(0)) }
    let sender = Task { await mailbox.deliver(Self.large(0, at: 1)) }
    for _ in 0..<100 { await Task.yield() }
    #expect(mailbox.count == Mailbox.connectionCountBound)
    #expect(mailbox.takeAll().count == Mailbox.connectionCountBound)
    #expect(await sender.value)
  }

  @Test("what waits is taken in the order of arrival, no more than asked for")
  func inOrder() async {
    let mailbox = Mailbox()
    for number in 0..<9 {
      _ = await mailbox.deliver(
        Self.large(10, at: Int64(number), connection: [2, 0, 1][number % 3]))
    }
    #expect(mailbox.take(4, bytes: .max).map(\.at) == (0..<4).map { at($0) })
    #expect(mailbox.take(.max, bytes: 15).map(\.at) == [at(4), at(5)])
    #expect(mailbox.take(.max, bytes: 0).isEmpty)
    #expect(Self.isReadable(mailbox))
    #expect(mailbox.takeAll().map(\.at) == (6..<9).map { at($0) })
    #expect(!Self.isReadable(mailbox))
    #expect(mailbox.backlog == 0)
  }

  @Test("what a held connection sent stays where it is, and the loop may sleep")
  func held() async {
    let mailbox = await Self.two()
    mailbox.hold(0, true)
    #expect(await mailbox.deliver(Self.large(3)))
    #expect(!Self.isReadable(mailbox))
    #expect(await mailbox.deliver(Self.large(4, at: 1, connection: 1)))
    #expect(Self.isReadable(mailbox))
    #expect(mailbox.takeAll().map(\.connection) == [1])
    #expect(!Self.isReadable(mailbox))
    mailbox.hold(0, false)
    #expect(Self.isReadable(mailbox))
    #expect(mailbox.takeAll().map(\.connection) == [0])
  }
}
