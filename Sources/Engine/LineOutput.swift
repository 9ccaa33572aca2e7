/// Lines to print, counted, up to a limit.
struct LineOutput {
  private var bytes: [UInt8] = []
  /// Lines so far, those that were taken included.
  private(set) var count = 0
  private let limit: Int

  /// At most so many lines.
  init(limit: Int) {
    self.limit = limit
  }

  /// Whether no more lines are wanted.
  var isFull: Bool { count >= limit }

  /// Adds a line, its end left out; nothing once it is full.
  mutating func add(_ append: (inout [UInt8]) -> Void) {
    guard !isFull else { return }
    count += 1
    append(&bytes)
    bytes.append(UInt8(ascii: "\n"))
  }

  /// The lines since the last call.
  mutating func take() -> [UInt8] {
    defer { bytes = [] }
    return bytes
  }
}
