import Engine
import Glibc

/// Where a command's result goes: a file, or the standard output for `-`.
struct Destination {
  private let file: OutputFile?

  /// Creates the file; one that exists is an error unless it is to be replaced.
  init(_ path: String, replaces: Bool) throws {
    do throws(OutputError) {
      file = path == "-" ? nil : try OutputFile(creating: path, replaces: replaces)
    } catch {
      throw Failure(.cannotCreate, error.description)
    }
  }

  /// Writes bytes; false when nobody reads the standard output any more.
  func write(_ bytes: [UInt8]) throws -> Bool {
    guard let file else { return writeAll(bytes, to: STDOUT_FILENO) }
    do throws(OutputError) {
      try file.write(bytes)
      return true
    } catch {
      throw Failure(.cannotCreate, error.description)
    }
  }

  /// Writes what is left; without it, the file is removed again.
  func finish() throws {
    do throws(OutputError) {
      try file?.finish()
    } catch {
      throw Failure(.cannotCreate, error.description)
    }
  }
}
