import Glibc

/// The kernel's notices about files and folders (inotify(7)).
final class Inotify {
  /// What to watch about a file.
  static let fileMask = UInt32(IN_MODIFY) | UInt32(IN_ATTRIB) | fileGone
  /// What to watch about a folder whose files are followed.
  static let folderMask = arrivalMask | UInt32(IN_MODIFY)
  /// What to watch about a folder in which a name may appear.
  static let arrivalMask = UInt32(IN_CREATE) | UInt32(IN_MOVED_TO) | UInt32(IN_ONLYDIR)
  private static let fileGone = UInt32(IN_DELETE_SELF) | UInt32(IN_MOVE_SELF)

  /// A notice: something happened to the watched thing itself, or to `name` in a watched folder.
  struct Notice {
    let watch: Int32
    let name: String
    let isFolder: Bool
    /// Notices were dropped: anything may have happened.
    let isOverflow: Bool
  }

  let descriptor: Int32
  private let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 8)

  /// Nil when the system has no watches left to give.
  init?() {
    descriptor = inotify_init1(Int32(bitPattern: 0o2_004_000))  // IN_CLOEXEC | IN_NONBLOCK
    guard descriptor >= 0 else { return nil }
  }

  deinit {
    close(descriptor)
    memory.deallocate()
  }

  /// Watches a path; the number its notices carry, or nil when that cannot be done.
  func watch(_ path: String, _ mask: UInt32) -> Int32? {
    let number = inotify_add_watch(descriptor, path, mask)
    return number >= 0 ? number : nil
  }

  /// The notices that are there now.
  func notices() -> [Notice] {
    let count = read(descriptor, memory.baseAddress, memory.count)
    guard count > 0 else { return [] }
    var notices: [Notice] = []
    var offset = 0
    let header = MemoryLayout<inotify_event>.size
    while offset + header <= count {
      let event = memory.loadUnaligned(fromByteOffset: offset, as: inotify_event.self)
      let end = min(offset + header + Int(event.len), count)
      let name = memory[(offset + header)..<end].prefix { $0 != 0 }
      notices.append(
        Notice(
          watch: event.wd, name: String(decoding: name, as: UTF8.self),
          isFolder: event.mask & UInt32(IN_ISDIR) != 0,
          isOverflow: event.mask & UInt32(IN_Q_OVERFLOW) != 0))
      offset = end
    }
    return notices
  }
}
