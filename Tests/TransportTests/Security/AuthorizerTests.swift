import Glibc
import Locking
import NIOHTTP1
import Testing

@testable import Transport

@Suite("Credentials", .timeLimit(.minutes(1)))
struct AuthorizerTests {
  @Test("a fixed value is sent as it is and cannot be renewed")
  func fixed() async throws {
    let authorizer = Authorizer(.fixed("Bearer a"))
    #expect(try await authorizer.header() == "Bearer a")
    #expect(await !authorizer.renew())
    #expect(try await Authorizer(nil).header() == nil)
  }

  @Test("a command is run once, and again when its token was refused")
  func command() async throws {
    let outputs = Mutex(["one\n", " two \r\n"])
    let authorizer = Authorizer(.tokenCommand("x")) { _ in
      Array(outputs.withLock { $0.removeFirst() }.utf8)
    }
    #expect(try await authorizer.header() == "Bearer one")
    #expect(try await authorizer.header() == "Bearer one")
    #expect(await authorizer.renew())
    #expect(try await authorizer.header() == "Bearer two")
  }

  @Test("a command that prints the same token again gives nothing new to try with")
  func same() async throws {
    let authorizer = Authorizer(.tokenCommand("x")) { _ in Array("one".utf8) }
    #expect(try await authorizer.header() == "Bearer one")
    #expect(await !authorizer.renew())
  }

  @Test(
    "what is no token is never sent nor told",
    arguments: ["", " \n", "two words", "a\nb", "caf\u{E9}", "a\u{1B}[31m"])
  func noToken(output: String) async throws {
    let authorizer = Authorizer(.tokenCommand("x")) { _ in Array(output.utf8) }
    let error = await #expect(throws: SecurityError.self) { try await authorizer.header() }
    #expect(
      error?.message == "the token command printed no token: it must print one line with it")
  }

  @Test("a token file is read again when its token was refused")
  func file() async throws {
    let folder = TemporaryFolder()
    folder.write("token", "one\n")
    let authorizer = Authorizer(.tokenFile(folder.path + "/token"))
    #expect(try await authorizer.header() == "Bearer one")
    folder.write("token", "two\n")
    #expect(try await authorizer.header() == "Bearer one")
    #expect(await authorizer.renew())
    #expect(try await authorizer.header() == "Bearer two")
  }

  @Test("a token file that is not there is named")
  func missingFile() async throws {
    let authorizer = Authorizer(.tokenFile("/nonexistent/token"))
    let error = await #expect(throws: SecurityError.self) { try await authorizer.header() }
    #expect(error?.message == "cannot read /nonexistent/token: no such file or directory")
  }

  @Test("a credential has no words that could tell it")
  func silent() {
    #expect("\(Credential.fixed("Bearer secret"))" == "a credential")
    #expect(String(reflecting: Credential.tokenCommand("secret")) == "a credential")
  }

  @Test("a shell runs the command, and its output is taken")
  func shell() async throws {
    #expect(try await TokenCommand.run("printf %s to; echo ken") == Array("token\n".utf8))
  }

  @Test("what a command leaves running in the background does not delay its token")
  func background() async throws {
    let output = try await TokenCommand.run("sleep 60 & echo $!")
    let process = try #require(Int32(String(decoding: output, as: UTF8.self).dropLast()))
    kill(process, SIGKILL)
  }

  @Test(
    "a command that fails is told by its exit code alone",
    arguments: [
      ("echo secret; exit 3", "exit code 3"), ("nonexistent-program-x", "exit code 127"),
      ("kill -9 $$", "signal 9"),
    ])
  func failing(command: String, words: String) async throws {
    let error = await #expect(throws: SecurityError.self) { try await TokenCommand.run(command) }
    let message = try #require(error?.message)
    #expect(message.contains(words) && !message.contains("secret"))
  }

  @Test("a command that prints without end is ended")
  func endless() async {
    let error = await #expect(throws: SecurityError.self) { try await TokenCommand.run("yes") }
    #expect(error?.message == "the token command printed more than 16 KiB: no token")
  }

  @Test("a command that takes too long is ended")
  func slow() async {
    let error = await #expect(throws: SecurityError.self) {
      try await TokenCommand.run("sleep 60", limit: 50)
    }
    #expect(error?.message == "the token command took longer than 10 s: it was ended")
  }

  @Test("a 401 renews the credential once and asks again")
  func renewal() async throws {
    let folder = TemporaryFolder()
    let command = "cd \(folder.path) && echo x >> n && wc -l < n"
    try await Bench.run(
      [.status(401), .stream("data: a\n\n")], source: { $0.credential = .tokenCommand(command) }
    ) { bench in
      await bench.sink.wait(forText: "\n\n")
      #expect(
        bench.server.requests.map { $0.headers["Authorization"] } == [["Bearer 1"], ["Bearer 2"]])
      #expect(bench.sink.facts.count == 2)
    }
  }

  @Test("a second 401 stands")
  func refusal() async throws {
    let folder = TemporaryFolder()
    let command = "cd \(folder.path) && echo x >> n && wc -l < n"
    try await Bench.run(
      [.status(401), .status(401)], source: { $0.credential = .tokenCommand(command) }
    ) { bench in
      let reason = "the server wants a valid token (401): give one or renew it"
      #expect(
        await bench.group.firstOutcome(of: 0) == .failed(.refused(reason: reason)))
      #expect(bench.server.requests.count == 2)
    }
  }

  @Test("a failing command is a failure to connect that is tried again, not a refusal")
  func unavailable() async throws {
    try await Bench.run([], source: { $0.credential = .tokenCommand("exit 7") }) { bench in
      let outcome = await bench.group.firstOutcome(of: 0)
      #expect(
        outcome
          == .failed(
            .unavailable(
              reason: "the token command failed with exit code 7: run it by hand to see why")))
      #expect(bench.server.requests.isEmpty)
    }
  }
}
