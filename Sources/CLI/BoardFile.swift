import Domain
import Engine
import Glibc

/// The file a board is written to when a session is left.
enum BoardFile {
  /// Writes a board as JSON, if a file is named; `podium snapshot TAPE --format json` writes the
  /// same of the session's tape.
  static func write(_ board: (board: Board, at: Timestamp), to path: String?) throws {
    guard let path else { return }
    let bytes = BoardJSON.bytes(of: board.board, at: board.at)
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0, writeAll(bytes, to: descriptor) else {
      throw Failure(.cannotCreate, "cannot write \(path): \(String(cString: strerror(errno)))")
    }
    close(descriptor)
  }
}
