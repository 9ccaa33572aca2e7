import NIOCore
import NIOPosix

/// The one thread of a group, and the HTTP clients on it.
struct HTTPStack: Sendable {
  /// The loop that every socket is read on.
  let loop: any EventLoop
  /// Runs the sources' tasks on that thread.
  let executor: LoopExecutor
  private let group: MultiThreadedEventLoopGroup

  init() {
    group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    loop = group.next()
    executor = LoopExecutor(loop)
  }

  /// The clients of one source; to be shut down before the stack.
  func clients(_ options: TransportOptions) -> HTTPClients {
    HTTPClients(on: loop, options)
  }

  /// Ends the thread, once what was cancelled just now has had time to end on it: a connection that
  /// is still closing would find no thread any more, and say so.
  func shutdown() async {
    try? await loop.scheduleTask(in: .milliseconds(20)) {}.futureResult.get()
    try? await group.shutdownGracefully()
  }
}
