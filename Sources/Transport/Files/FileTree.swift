import Glibc

/// The files being followed, the watches on them, and which of them must be read.
///
/// Bounds: 10,000 files, 8 folders deep; what lies beyond is left alone.
struct FileTree {
  static let maximumFiles = 10_000
  static let maximumDepth = 8

  /// A file and how much of it was read.
  struct File {
    let path: String
    /// The path below the root, which tells transcripts apart.
    let name: String
    var offset = 0
    var identity: FileStatus.Identity?
  }

  private enum Watch {
    /// The one file that was named.
    case file(index: Int)
    /// A folder whose files are followed.
    case folder(path: String, name: String, depth: Int)
    /// The folder of the one file, where it and its session's folder may appear.
    case parent(path: String)
  }

  var files: [File] = []
  private var due: [Int] = []
  private var isDue: Set<Int> = []
  private var indexOfPath: [String: Int] = [:]
  private var watches: [Int32: Watch] = [:]
  private var companion: String?
  private let inotify: Inotify?

  /// An empty tree; without `inotify` it is read once.
  init(inotify: Inotify?) {
    self.inotify = inotify
  }

  /// Follows one file and, if asked, the folder of the same name without extension beside it.
  mutating func follow(file path: String, withCompanion: Bool) {
    let (parent, last) = split(path)
    watch(parent, Inotify.arrivalMask, as: .parent(path: parent))
    touch(path, name: last)
    watchFile(0)
    guard withCompanion, let stem = stem(of: last) else { return }
    companion = stem
    if FileStatus(path: join(parent, stem))?.kind == .folder {
      add(folder: join(parent, stem), name: stem, depth: 1)
    }
  }

  /// Follows every `*.jsonl` file below a folder.
  mutating func follow(folder path: String) {
    add(folder: path, name: "", depth: 0)
  }

  /// The next file that must be read.
  mutating func nextDue() -> Int? {
    guard !due.isEmpty else { return nil }
    let index = due.removeFirst()
    isDue.remove(index)
    return index
  }

  /// Notes what happened.
  mutating func note(_ notices: [Inotify.Notice]) {
    for notice in notices {
      guard !notice.isOverflow else {
        rescan()
        continue
      }
      switch watches[notice.watch] {
      case .file(let index): touch(index)
      case .parent(let path): appeared(notice, in: path)
      case .folder(let path, let name, let depth):
        let child = join(path, notice.name)
        entry(child, name: join(name, notice.name), isFolder: notice.isFolder, depth: depth)
      case nil: continue
      }
    }
  }

  private mutating func appeared(_ notice: Inotify.Notice, in parent: String) {
    let path = join(parent, notice.name)
    if notice.isFolder {
      if notice.name == companion { add(folder: path, name: notice.name, depth: 1) }
    } else if path == files.first?.path {
      watchFile(0)
      touch(0)
    }
  }

  private mutating func add(folder path: String, name: String, depth: Int) {
    guard depth <= Self.maximumDepth else { return }
    watch(path, Inotify.folderMask, as: .folder(path: path, name: name, depth: depth))
    for child in names(inFolder: path) {
      let childPath = join(path, child)
      guard !isLink(childPath), let status = FileStatus(path: childPath) else { continue }
      entry(
        childPath, name: join(name, child), isFolder: status.kind == .folder, depth: depth)
    }
  }

  private mutating func entry(_ path: String, name: String, isFolder: Bool, depth: Int) {
    if isFolder {
      add(folder: path, name: name, depth: depth + 1)
    } else if path.hasSuffix(".jsonl") {
      touch(path, name: name)
    }
  }

  private mutating func touch(_ path: String, name: String) {
    if let index = indexOfPath[path] { return touch(index) }
    guard files.count < Self.maximumFiles else { return }
    indexOfPath[path] = files.count
    files.append(File(path: path, name: name))
    touch(files.count - 1)
  }

  private mutating func touch(_ index: Int) {
    if isDue.insert(index).inserted { due.append(index) }
  }

  private mutating func watchFile(_ index: Int) {
    watch(files[index].path, Inotify.fileMask, as: .file(index: index))
  }

  private mutating func watch(_ path: String, _ mask: UInt32, as watch: Watch) {
    guard let number = inotify?.watch(path, mask) else { return }
    watches[number] = watch
  }

  private mutating func rescan() {
    for index in files.indices { touch(index) }
    for case .folder(let path, let name, let depth) in watches.values {
      add(folder: path, name: name, depth: depth)
    }
  }
}

private func split(_ path: String) -> (parent: String, last: String) {
  guard let slash = path.lastIndex(of: "/") else { return (".", path) }
  let parent = path[..<slash]
  return (parent.isEmpty ? "/" : String(parent), String(path[path.index(after: slash)...]))
}

private func join(_ folder: String, _ name: String) -> String {
  folder.isEmpty || folder.hasSuffix("/") ? folder + name : folder + "/" + name
}

private func stem(of name: String) -> String? {
  guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return nil }
  return String(name[..<dot])
}
