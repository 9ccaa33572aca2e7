import Domain
import Glibc

/// Measures the memory and processor time of this process.
struct ProcessMeter {
  private var last: (at: Timestamp, used: Span)?

  /// Resident bytes, and the cores used since the last call; nil where the system does not tell.
  mutating func measure(at now: Timestamp) -> (residentBytes: Int64?, cpuShare: Double?) {
    let used = Self.processorTime()
    defer { last = (now, used) }
    guard let last, now > last.at else { return (Self.residentBytes(), nil) }
    return (Self.residentBytes(), (used - last.used) / (now - last.at))
  }

  private static func processorTime() -> Span {
    var usage = rusage()
    getrusage(RUSAGE_SELF.rawValue, &usage)
    func span(_ time: timeval) -> Int64 { Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_usec) }
    return Span(microseconds: span(usage.ru_utime) + span(usage.ru_stime))
  }

  /// The second number of /proc/self/statm counts resident pages (proc(5)).
  private static func residentBytes() -> Int64? {
    let descriptor = open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    let text = withUnsafeTemporaryAllocation(byteCount: 128, alignment: 1) { buffer -> String in
      let count = max(0, read(descriptor, buffer.baseAddress, buffer.count))
      return String(decoding: buffer.prefix(count), as: UTF8.self)
    }
    let parts = text.split(separator: " ")
    guard parts.count > 1, let pages = Int64(parts[1]) else { return nil }
    return pages * Int64(sysconf(Int32(_SC_PAGESIZE)))
  }
}

extension Span {
  fileprivate static func / (left: Span, right: Span) -> Double {
    left.seconds / right.seconds
  }
}
