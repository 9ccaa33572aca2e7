import Domain
import Glibc
import Wire

/// Reads newline-delimited events from a descriptor that is no file of ours, to its end.
struct StandardInput: Sendable {
  let feed: Feed
  let control: SourceControl
  let descriptor: Int32

  /// Works until the input ends, nobody reads any more, or the task is cancelled. The sink's
  /// suspension is the back pressure: nothing is read meanwhile.
  func run() async {
    guard await feed.note(.connecting(attempt: 1)) else { return }
    guard fcntl(descriptor, F_GETFD) >= 0 else {
      return await refuse("standard input is closed: pipe events into podium")
    }
    control.report(.connected)
    guard await feed.note(.connected(.standardInput, resumedFrom: nil)) else { return }
    let buffer = ReadBuffer()
    while await readable(descriptor) {
      switch buffer.read(descriptor) {
      case .bytes(let bytes):
        guard await feed.deliver(.frame(.ndjson, bytes), at: feed.clock.now()) else { return }
      case .nothing: continue
      case .end:
        _ = await feed.note(.ended)
        return
      case .failed(let code):
        return await refuse("standard input cannot be read: \(errorWords(code))")
      }
    }
  }

  private func refuse(_ reason: String) async {
    control.report(.failed(.refused(reason: reason)))
    _ = await feed.note(.refused(reason: reason))
  }
}
