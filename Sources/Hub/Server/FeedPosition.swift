/// Where in the feed a reader wants to go on.
enum FeedPosition: Equatable, Sendable {
  /// It has seen nothing yet.
  case beginning
  /// It has seen everything up to a number.
  case after(Int64)
  /// It has seen something that this feed never numbered.
  case elsewhere

  /// A position as the last event id a reader tells; nil when it tells none.
  init(lastEventID: String?) {
    guard let lastEventID, !lastEventID.isEmpty else {
      self = .beginning
      return
    }
    self = Int64(lastEventID).map { $0 > 0 ? .after($0) : .beginning } ?? .elsewhere
  }

  /// The numbers a reader at this position has missed for good; nil for one that has seen nothing.
  func lost(before first: Int64) -> (from: Int64, to: Int64)? {
    switch self {
    case .beginning: nil
    case .after(let sequence): (min(sequence, first - 1) + 1, max(first - 1, 0))
    case .elsewhere: (1, max(first - 1, 0))
    }
  }
}
