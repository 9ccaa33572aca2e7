/// The keyframes that the next one names, of any number written so far: a deterministic skip list
/// kept by its right edge, so that memory is O(log n).
struct KeyframeIndex: Sendable {
  private var count = 0
  private var first: KeyframeHead.Link?
  /// In place k the newest keyframe whose number, from 0, is a multiple of 2 to the power of k.
  private var levels: [KeyframeHead.Link] = []

  /// What the next keyframe names, the newest first.
  var back: [KeyframeHead.Link] {
    (levels + [first].compactMap(\.self)).reduce(into: []) { back, link in
      if back.last != link { back.append(link) }
    }
  }

  /// Notes that a keyframe was written.
  mutating func note(_ link: KeyframeHead.Link) {
    defer { count += 1 }
    guard count > 0 else {
      first = link
      return
    }
    let height = count.trailingZeroBitCount
    while levels.count <= height { levels.append(link) }
    for level in 0...height { levels[level] = link }
  }
}
