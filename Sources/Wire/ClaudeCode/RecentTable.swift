/// A table that forgets its oldest keys, so that a session of any length stays bounded.
///
/// It keeps at least the newest `bound` keys and at most twice as many: two generations, of which
/// the older is dropped whole when the younger is full.
struct RecentTable<Value> {
  private var current: [String: Value] = [:]
  private var previous: [String: Value] = [:]
  /// Keys of one generation.
  let bound: Int

  init(bound: Int) {
    self.bound = max(1, bound)
  }

  subscript(key: String) -> Value? {
    get { current[key] ?? previous[key] }
    set {
      previous[key] = nil
      guard let newValue else {
        current[key] = nil
        return
      }
      if current.count >= bound, current[key] == nil {
        previous = current
        current = [:]
      }
      current[key] = newValue
    }
  }

  /// The keys in alphabetical order, for walks whose order must not vary.
  var sortedKeys: [String] { (Array(current.keys) + Array(previous.keys)).sorted() }
}

extension RecentTable: Sendable where Value: Sendable {}

extension RecentTable where Value == Bool {
  /// Remembers a key; false when it was there already.
  mutating func insert(_ key: String) -> Bool {
    if self[key] != nil { return false }
    self[key] = true
    return true
  }
}

extension RecentTable: Codable where Value: Codable {}
