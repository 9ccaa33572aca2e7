import CLinux
package import Domain
import Glibc
import Recording

/// The folder of the tapes that live runs leave behind, kept within bounds.
package struct TapeFolder: Equatable, Sendable {
  /// Where it is.
  package var path: String
  /// When a file is full, and the run goes on in another.
  package var segmentBytes: Int64 = 64 << 20
  /// What all tapes may have together; beyond it the oldest go.
  package var totalBytes: Int64 = 1 << 30
  /// How old a tape may become.
  package var age = Span.seconds(14 * 86_400)

  /// A folder with the bounds that are usual.
  package init(_ path: String) {
    self.path = path
  }

  /// A tape of ours in the folder.
  private struct Found {
    let name: String
    let run: String
    let number: Int
    let bytes: Int64
    let changed: Timestamp
  }

  /// Makes the folder, for this user alone, and those above it.
  func make() throws(FileError) {
    for index in path.indices.dropFirst() where path[index] == "/" {
      mkdir(String(path[..<index]), 0o700)
    }
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else {
      throw FileError("create", path, code: errno)
    }
  }

  /// The name of a run: when it began (UTC), and its first source in short.
  package static func runName(_ start: Timestamp, sources: [String]) -> String {
    let time = start.rfc3339.prefix { $0 != "." && $0 != "Z" }.filter { $0 != "-" && $0 != ":" }
    let first = sources.first ?? ""
    let address = first.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: true)
    let isNetwork = first.contains("://")
    let word = (isNetwork ? address.dropFirst().first : address.last).map { String($0) ?? "" } ?? ""
    let plain = word.unicodeScalars.prefix(40).map { scalar in
      scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
        ? Character(scalar) : "-"
    }
    let more = sources.count > 1 ? "+\(sources.count - 1)" : ""
    let short = String(plain).isEmpty ? "tape" : String(plain)
    return "\(time)Z-\(short)\(more)"
  }

  /// Begins the first file of a run; one whose name another run has is given another name.
  func beginRun(_ run: inout String, _ header: TapeHeader) throws(FileError) -> TapeFile {
    try make()
    prune(room: segmentBytes, own: "", at: header.start)
    let base = run
    var attempt = 1
    while true {
      attempt += 1
      var header = header
      header.segment = TapeSegment(run: run, number: 1, linesBefore: 0, previous: nil)
      do throws(FileError) {
        return try TapeFile(creating: tapePath(run, 1), header: header)
      } catch {
        // Another run of the same second has the name.
        guard error.code == EEXIST, attempt < 100 else { throw error }
        run = "\(base)-\(attempt)"
      }
    }
  }

  /// Goes on with a run in another file.
  func goOn(_ run: String, _ number: Int, _ header: TapeHeader) throws(FileError) -> TapeFile {
    prune(room: segmentBytes, own: run, at: header.start)
    return try TapeFile(creating: tapePath(run, number), header: header)
  }

  private func tapePath(_ run: String, _ number: Int) -> String {
    "\(path)/\(TapeSegment.fileName(run: run, number: number))"
  }

  /// Removes what is too old, then the oldest until `room` more bytes fit; never a run that another
  /// program writes or reads. `own` is the run of this program, of which what is written stays.
  func prune(room: Int64, own: String, at now: Timestamp) {
    var left = tapes().sorted {
      ($0.run, $0.number) < ($1.run, $1.number)
    }
    var total = left.reduce(0) { $0 + $1.bytes }
    while let oldest = left.first {
      let isOld = now - oldest.changed > age
      guard isOld || total + room > totalBytes else { break }
      left.removeFirst()
      let others = left.filter { $0.run == oldest.run }
      let isOurs = oldest.run == own
      guard isFree(oldest.name),
        isOurs || others.allSatisfy({ isFree($0.name) })
      else { continue }
      if unlink("\(path)/\(oldest.name)") == 0 { total -= oldest.bytes }
    }
  }

  /// Whether nobody writes or reads a tape.
  private func isFree(_ name: String) -> Bool {
    let descriptor = open("\(path)/\(name)", O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return flock(descriptor, LOCK_EX | LOCK_NB) == 0
  }

  private func tapes() -> [Found] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var found: [Found] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
        tuple.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      var bytes: Int64 = 0
      var changed: Int64 = 0
      guard let (run, number) = Self.parts(name),
        clinux_file_facts("\(path)/\(name)", &bytes, &changed) == 0
      else { continue }
      found.append(
        Found(
          name: name, run: run, number: number, bytes: bytes,
          changed: Timestamp(seconds: changed)))
    }
    return found
  }

  /// The run and number in the name of a tape that we have named; nil for any other file, which is
  /// none of ours to remove.
  static func parts(_ name: String) -> (run: String, number: Int)? {
    let pattern = Array("00000000T000000Z-".utf8)
    let isOurs = zip(pattern, name.utf8).allSatisfy { sample, byte in
      sample == UInt8(ascii: "0") ? (0x30...0x39).contains(byte) : sample == byte
    }
    guard isOurs, name.utf8.count > pattern.count, name.hasSuffix(".cast") else { return nil }
    let stem = name.dropLast(5)
    guard let dot = stem.lastIndex(of: "."), let number = Int(stem[stem.index(after: dot)...]),
      number > 1
    else { return (String(stem), 1) }
    return (String(stem[..<dot]), number)
  }
}
