import Glibc
import Rules
import Settings

/// The alert rules that a person names, or keeps in the config file.
enum RuleFile {
  /// The rules of a file. Every fault but the first is told on the standard error.
  ///
  /// - Throws: `Failure` 66 for a file that cannot be read, 65 naming file, line and key.
  static func book(at path: String) throws -> RuleBook {
    guard let bytes = SmallFile.read(path, atMost: (1 << 20) + 1) else {
      throw Failure(.noInput, "cannot read the rules \(path): \(String(cString: strerror(errno)))")
    }
    let (book, faults) = RuleBook.read(bytes)
    guard let first = faults.first else { return book }
    for fault in faults.dropFirst() { standardError("podium: \(path): \(fault)") }
    throw Failure(.badData, "\(path): \(first)")
  }

  /// The rules of a file, if one is named, after those of the config file.
  static func all(with path: String?) throws -> RuleBook {
    let (book, faults) = RuleBook.compile(try ConfigFile.settings().rules)
    if let first = faults.first { throw ConfigFile.failure(ConfigFile.path ?? "", first) }
    guard let path else { return book }
    return RuleBook(book.rules + (try self.book(at: path)).rules)
  }
}
