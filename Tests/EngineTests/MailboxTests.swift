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

  private static func large(_ bytes: Int, at milliseconds: Int64 = 0) -> Inbound {
    let body = Inbound.Body.frame(.ndjson, Array(repeating: 0x20, count: bytes))
    return Inbound(connection: 0, at: at(milliseconds), body: body)
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
}
