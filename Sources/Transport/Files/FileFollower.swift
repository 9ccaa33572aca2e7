import Domain
import Glibc
import Wire

/// Reads files from their start and, if asked, what is appended to them, as the kernel tells.
struct FileFollower: Sendable {
  let feed: Feed
  let control: SourceControl
  let path: String
  let format: FileFormat
  let follows: Bool

  /// What reading a file came to.
  private enum Outcome {
    case done
    /// The file is not there.
    case missing
    /// It is not the file it was, or holds less than was read.
    case restarted(String)
    case failed(String)
    /// Nobody reads any more, or the task was cancelled.
    case stopped
  }

  /// Works until the end where it does not follow, or until nobody reads any more or the task is
  /// cancelled.
  func run() async {
    guard await feed.note(.connecting(attempt: 1)) else { return }
    guard let tree = await begin() else { return }
    control.report(.connected)
    guard await feed.note(.connected(.file, resumedFrom: nil)) else { return }
    await work(tree.tree, tree.inotify)
  }

  private func begin() async -> (tree: FileTree, inotify: Inotify?)? {
    let inotify = follows ? Inotify() : nil
    if follows, inotify == nil {
      await refuse("\(path) cannot be followed: raise fs.inotify.max_user_instances")
      return nil
    }
    var tree = FileTree(inotify: inotify)
    switch (FileStatus(path: path)?.kind, format) {
    case (nil, _): await refuse("\(path): \(errorWords(errno))")
    case (.other, _): await refuse("\(path) is neither a file nor a folder")
    case (.folder, .ndjson): await refuse("\(path) is a folder: name a file in it")
    case (.folder, .claudeCode):
      tree.follow(folder: path)
      return (tree, inotify)
    case (.file, _):
      tree.follow(file: path, withCompanion: format == .claudeCode)
      return (tree, inotify)
    }
    return nil
  }

  private func work(_ start: FileTree, _ inotify: Inotify?) async {
    var tree = start
    let buffer = ReadBuffer()
    while true {
      while let index = tree.nextDue() {
        guard await bringUpToDate(&tree.files[index], with: buffer) else { return }
      }
      guard let inotify else {
        _ = await feed.note(.ended)
        return
      }
      guard await readable(inotify.descriptor) else { return }
      tree.note(inotify.notices())
    }
  }

  /// Reads a file to its end, from its start again where it must; false when work is to stop.
  private func bringUpToDate(_ file: inout FileTree.File, with buffer: ReadBuffer) async -> Bool {
    while true {
      switch await read(&file, with: buffer) {
      case .done: return true
      case .stopped: return false
      case .missing:
        guard file.identity != nil else { return true }
        file.identity = nil
        file.offset = 0
        return await feed.note(.lost(reason: "\(file.name) was removed"))
      case .restarted(let reason):
        file.identity = nil
        file.offset = 0
        guard await feed.note(.lost(reason: reason)),
          await feed.note(.connected(.file, resumedFrom: nil))
        else { return false }
      case .failed(let reason):
        return await feed.note(.lost(reason: reason))
      }
    }
  }

  private func read(_ file: inout FileTree.File, with buffer: ReadBuffer) async -> Outcome {
    let descriptor = open(file.path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      return errno == ENOENT ? .missing : .failed("\(file.name): \(errorWords(errno))")
    }
    defer { close(descriptor) }
    guard let status = FileStatus(descriptor: descriptor), status.kind == .file else {
      return .failed("\(file.name) is no file any more")
    }
    if let known = file.identity, known != status.identity {
      return .restarted("\(file.name) was replaced")
    }
    if status.size < file.offset { return .restarted("\(file.name) was truncated") }
    file.identity = status.identity
    return await readOn(descriptor, &file, with: buffer)
  }

  private func readOn(
    _ descriptor: Int32, _ file: inout FileTree.File, with buffer: ReadBuffer
  ) async -> Outcome {
    while !Task.isCancelled {
      switch buffer.read(descriptor, at: file.offset) {
      case .bytes(let bytes):
        file.offset += bytes.count
        let frame = Inbound.Body.frame(frameFormat(of: file), bytes)
        guard await feed.deliver(frame, at: feed.clock.now()) else { return .stopped }
      case .nothing: continue
      case .end: return .done
      case .failed(let code): return .failed("\(file.name): \(errorWords(code))")
      }
    }
    return .stopped
  }

  private func frameFormat(of file: FileTree.File) -> FrameFormat {
    switch format {
    case .ndjson: .ndjson
    case .claudeCode: .claudeCode(file: file.name)
    }
  }

  private func refuse(_ reason: String) async {
    control.report(.failed(.refused(reason: reason)))
    _ = await feed.note(.refused(reason: reason))
  }
}
