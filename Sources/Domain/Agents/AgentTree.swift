/// Who started whom, and the order in which groups of agents are listed.
///
/// A group is a root with all below it and ranks as its worst member. Every node carries the
/// tally of its subtree, so that a change costs a walk to the root (at most `heightBound` steps)
/// and a list can skip what is not in view.
struct AgentTree: Sendable {
  /// How many levels a tree may have; a link that would make it higher is refused.
  static let heightBound = 32

  /// Members of a subtree: lanes 0-6 by rank, lane 7 all of them.
  private typealias Members = SIMD8<Int32>

  private struct Node: Sendable {
    var parent = -1, firstChild = -1, lastChild = -1, previous = -1, next = -1
    var height = 1
    var rank: AgentRank
    var members: Members
  }

  private var nodes: [Node?] = []
  private var roots = RankedSlots(groups: AgentRank.allCases.count)
  /// All members by the rank of their group; lane 7 is not used.
  private var listed = Members()
  /// How many agents there are of each rank.
  private(set) var counts = [Int](repeating: 0, count: AgentRank.allCases.count)

  /// Adds a root.
  mutating func add(_ slot: Int, rank: AgentRank) {
    while nodes.count <= slot { nodes.append(nil) }
    guard nodes[slot] == nil else { return }
    nodes[slot] = Node(rank: rank, members: Self.one(rank))
    counts[rank.rawValue] += 1
    list(slot)
  }

  /// Removes a node without children.
  mutating func remove(_ slot: Int) {
    guard let node = node(slot), node.firstChild < 0 else { return }
    unlink(slot)
    unlist(slot)
    counts[node.rank.rawValue] -= 1
    nodes[slot] = nil
  }

  /// Whether a node has children.
  func hasChildren(_ slot: Int) -> Bool { (node(slot)?.firstChild ?? -1) >= 0 }

  /// The node above, nil for a root.
  func parent(of slot: Int) -> Int? {
    guard let node = node(slot), node.parent >= 0 else { return nil }
    return node.parent
  }

  /// Gives a node another rank.
  mutating func move(_ slot: Int, to rank: AgentRank) {
    guard let node = node(slot), node.rank != rank else { return }
    counts[node.rank.rawValue] -= 1
    counts[rank.rawValue] += 1
    nodes[slot]?.rank = rank
    let root = path(from: slot).last ?? slot
    unlist(root)
    grow(slot, by: Self.one(rank) &- Self.one(node.rank))
    list(root)
  }

  /// Puts a root under a parent; false when that would close a circle or make the tree too high.
  @discardableResult
  mutating func link(_ child: Int, under parent: Int) -> Bool {
    guard let node = node(child), node.parent < 0, self.node(parent) != nil else { return false }
    let path = path(from: parent)
    guard path.count + node.height <= Self.heightBound, !path.contains(child),
      let root = path.last
    else { return false }
    unlist(child)
    unlist(root)
    attach(child, to: parent)
    grow(parent, by: node.members)
    raise(parent, to: node.height + 1)
    list(root)
    return true
  }

  /// Makes a node with all below it a group of its own.
  mutating func unlink(_ child: Int) {
    guard let node = node(child), node.parent >= 0, let root = path(from: child).last else {
      return
    }
    unlist(root)
    grow(node.parent, by: Members() &- node.members)
    detach(child, node)
    list(root)
    list(child)
  }

  /// At most `limit` rows from row `start`: the slot and how deep it lies.
  func rows(from start: Int, limit: Int) -> [(slot: Int, depth: Int)] {
    var cursor = Cursor(skip: max(0, start), limit: limit)
    for rank in AgentRank.allCases {
      guard cursor.limit > cursor.rows.count else { break }
      let members = Int(listed[rank.rawValue])
      if cursor.skip >= members {
        cursor.skip -= members
        continue
      }
      var next = roots.first(in: rank.rawValue)
      while let root = next, cursor.rows.count < limit {
        collect(root, depth: 0, into: &cursor)
        next = roots.first(in: rank.rawValue, from: root + 1)
      }
    }
    return cursor.rows
  }

  /// A node and all below it, depth first (at most `limit`).
  func subtree(of slot: Int, limit: Int) -> [Int] {
    var cursor = Cursor(skip: 0, limit: limit)
    collect(slot, depth: 0, into: &cursor)
    return cursor.rows.map(\.slot)
  }

  private struct Cursor {
    var skip: Int
    let limit: Int
    var rows: [(slot: Int, depth: Int)] = []
  }

  private func collect(_ slot: Int, depth: Int, into cursor: inout Cursor) {
    guard let node = node(slot), cursor.rows.count < cursor.limit else { return }
    if cursor.skip >= Int(node.members[7]) {
      cursor.skip -= Int(node.members[7])
      return
    }
    if cursor.skip > 0 { cursor.skip -= 1 } else { cursor.rows.append((slot, depth)) }
    var child = node.firstChild
    while child >= 0, cursor.rows.count < cursor.limit {
      collect(child, depth: depth + 1, into: &cursor)
      child = self.node(child)?.next ?? -1
    }
  }

  // MARK: Links

  private func node(_ slot: Int) -> Node? { nodes.indices.contains(slot) ? nodes[slot] : nil }

  /// The slots from a node up to its root.
  private func path(from slot: Int) -> [Int] {
    var path: [Int] = []
    var next = slot
    while let node = node(next), path.count <= Self.heightBound {
      path.append(next)
      next = node.parent
    }
    return path
  }

  private mutating func attach(_ child: Int, to parent: Int) {
    let last = node(parent)?.lastChild ?? -1
    nodes[child]?.parent = parent
    nodes[child]?.previous = last
    nodes[child]?.next = -1
    if last >= 0 { nodes[last]?.next = child } else { nodes[parent]?.firstChild = child }
    nodes[parent]?.lastChild = child
  }

  private mutating func detach(_ child: Int, _ node: Node) {
    if node.previous >= 0 {
      nodes[node.previous]?.next = node.next
    } else {
      nodes[node.parent]?.firstChild = node.next
    }
    if node.next >= 0 {
      nodes[node.next]?.previous = node.previous
    } else {
      nodes[node.parent]?.lastChild = node.previous
    }
    nodes[child]?.parent = -1
    nodes[child]?.previous = -1
    nodes[child]?.next = -1
  }

  // MARK: Tallies

  private static func one(_ rank: AgentRank) -> Members {
    var members = Members()
    members[rank.rawValue] = 1
    members[7] = 1
    return members
  }

  private mutating func grow(_ slot: Int, by change: Members) {
    for ancestor in path(from: slot) {
      nodes[ancestor]?.members &+= change
    }
  }

  /// Heights only grow: after a branch was cut off, they are an upper bound.
  private mutating func raise(_ slot: Int, to height: Int) {
    for (step, ancestor) in path(from: slot).enumerated() {
      let known = node(ancestor)?.height ?? 0
      nodes[ancestor]?.height = max(known, height + step)
    }
  }

  private mutating func list(_ root: Int) {
    guard let node = node(root), let worst = Self.worst(node.members) else { return }
    roots.insert(root, in: worst)
    listed[worst] &+= node.members[7]
  }

  private mutating func unlist(_ root: Int) {
    guard let node = node(root), node.parent < 0, let worst = Self.worst(node.members) else {
      return
    }
    roots.remove(root, from: worst)
    listed[worst] &-= node.members[7]
  }

  private static func worst(_ members: Members) -> Int? {
    AgentRank.allCases.first { members[$0.rawValue] > 0 }?.rawValue
  }
}

// Rank, parent, next sibling and height of each node: the other links and the tallies follow.
extension AgentTree: Codable {
  func encode(to encoder: any Encoder) throws {
    var container = encoder.unkeyedContainer()
    try container.encode(nodes.map { $0?.rank.rawValue ?? -1 })
    try container.encode(nodes.map { $0?.parent ?? -1 })
    try container.encode(nodes.map { $0?.next ?? -1 })
    try container.encode(nodes.map { $0?.height ?? -1 })
  }

  init(from decoder: any Decoder) throws {
    var container = try decoder.unkeyedContainer()
    let ranks = try container.decode([Int].self)
    let parents = try container.decode([Int].self)
    let nexts = try container.decode([Int].self)
    let heights = try container.decode([Int].self)
    try Self.check(
      [ranks, parents, nexts, heights].allSatisfy { $0.count == ranks.count }, "is not complete")
    nodes = try ranks.indices.map { slot in
      guard ranks[slot] != -1 else { return nil }
      guard let rank = AgentRank(rawValue: ranks[slot]) else {
        throw StateFault(problem: "there is no rank \(ranks[slot]) of agents")
      }
      try Self.check((1...Self.heightBound).contains(heights[slot]), "is too high")
      return Node(
        parent: parents[slot], next: nexts[slot], height: heights[slot], rank: rank,
        members: Members())
    }
    try linkChildren()
    try tally()
  }

  private static func check(_ holds: Bool, _ problem: String) throws(StateFault) {
    try StateFault.check(holds, "the tree of agents \(problem)")
  }

  /// Derives the links between parents and children from each node's parent and next sibling.
  private mutating func linkChildren() throws(StateFault) {
    for slot in nodes.indices {
      guard let node = nodes[slot] else { continue }
      if node.next >= 0 {
        let next = self.node(node.next)
        try Self.check(
          next?.parent == node.parent && node.parent >= 0 && next?.previous == -1, "is torn")
        nodes[node.next]?.previous = slot
      } else if node.parent >= 0 {
        try Self.check(self.node(node.parent)?.lastChild == -1, "is torn")
        nodes[node.parent]?.lastChild = slot
      }
    }
    for slot in nodes.indices {
      guard let node = nodes[slot], node.parent >= 0, node.previous < 0 else { continue }
      try Self.check(self.node(node.parent)?.firstChild == -1, "is torn")
      nodes[node.parent]?.firstChild = slot
    }
    // Siblings in a ring have neither a first nor a last.
    for slot in nodes.indices {
      guard let node = nodes[slot] else { continue }
      try Self.check((node.firstChild < 0) == (node.lastChild < 0), "has a circle")
    }
  }

  private mutating func tally() throws(StateFault) {
    for slot in nodes.indices {
      guard let node = nodes[slot] else { continue }
      let path = path(from: slot)
      try Self.check(path.count <= Self.heightBound, "is too high or has a circle")
      for ancestor in path { nodes[ancestor]?.members &+= Self.one(node.rank) }
      counts[node.rank.rawValue] += 1
    }
    for slot in nodes.indices { if nodes[slot]?.parent == -1 { list(slot) } }
    // What hangs together hangs from a root.
    var reached = 0
    for rank in AgentRank.allCases { reached += Int(listed[rank.rawValue]) }
    try Self.check(reached == counts.reduce(0, +), "has parts that hang from no root")
  }
}
