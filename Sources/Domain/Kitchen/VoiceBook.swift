/// The newest spoken orders, and how fast they were understood.
struct VoiceBook: Codable, Sendable {
  /// The most transcriptions kept.
  static let bound = 64

  private(set) var ring = Ring<Transcription>(bound: VoiceBook.bound)
  private(set) var latency = Histogram()
  private(set) var failed = 0

  /// At most `limit` transcriptions: those to be read again first, then the newest.
  func transcriptions(limit: Int) -> [Transcription] {
    let newest = (0..<ring.count).compactMap { ring.newest($0) }
    let pinned = newest.filter(\.isLowConfidence)
    let rest = newest.filter { !$0.isLowConfidence }
    return Array((pinned + rest).prefix(max(0, limit)))
  }

  /// The transcription of an id.
  func transcription(_ id: String) -> Transcription? {
    age(of: id).flatMap { ring.newest($0) }
  }

  /// Adds a transcription or replaces the one of its id; returns the one that gave way.
  mutating func put(_ new: Transcription) -> Transcription? {
    if case .failed = new.state { failed += 1 }
    if let milliseconds = new.latencyMilliseconds, new.state == .final {
      latency.record(.milliseconds(milliseconds))
    }
    guard let age = age(of: new.id) else { return ring.append(new) }
    ring.updateNewest(age) { $0 = new }
    return nil
  }

  /// Changes a transcription in place.
  mutating func update(_ id: String, _ change: (inout Transcription) -> Void) {
    if let age = age(of: id) { ring.updateNewest(age, change) }
  }

  private func age(of id: String) -> Int? {
    (0..<ring.count).first { ring.newest($0)?.id == id }
  }
}
