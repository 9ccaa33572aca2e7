/// The clusters of more than one scalar that a grid shows, by number.
///
/// Bounded by its grid, which drops unused entries when there are more than twice its cells; each
/// entry is at most `maximumBytes` of UTF-8, as a cluster in hostile data can be of any length.
struct ClusterTable: Equatable {
  private(set) var clusters: [String] = []
  private var numbers: [String: UInt32] = [:]

  /// A family of four with skin tones takes 41 bytes.
  static let maximumBytes = 64

  var count: Int { clusters.count }

  subscript(number: UInt32) -> String {
    let index = Int(number & ~PackedCell.clusterFlag)
    return index < clusters.count ? clusters[index] : ""
  }

  /// The glyph code of `cluster`, new or known.
  mutating func intern(_ cluster: String) -> UInt32 {
    if let known = numbers[cluster] { return known }
    let code = PackedCell.clusterFlag | UInt32(truncatingIfNeeded: clusters.count)
    clusters.append(cluster)
    numbers[cluster] = code
    return code
  }

  mutating func removeAll() {
    if clusters.isEmpty { return }
    clusters = []
    numbers = [:]
  }

  static func == (one: ClusterTable, other: ClusterTable) -> Bool {
    one.clusters.count == other.clusters.count
      && zip(one.clusters, other.clusters).allSatisfy { $0.utf8.elementsEqual($1.utf8) }
  }
}
