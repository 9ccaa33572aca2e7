/// One row of the new frame beside what the terminal shows in it.
struct Row {
  let y: Int
  let width: Int
  let clusters: ClusterTable
  private let base: Int
  private let cells: [PackedCell]
  /// Nil when what the terminal shows is not known.
  private let known: [PackedCell]?

  init(y: Int, new: Grid, known: [PackedCell]?) {
    self.init(
      y: y, width: new.size.width, clusters: new.clusters, cells: new.cells, known: known)
  }

  private init(
    y: Int, width: Int, clusters: ClusterTable, cells: [PackedCell], known: [PackedCell]?
  ) {
    self.y = y
    self.width = width
    self.clusters = clusters
    self.cells = cells
    self.known = known
    base = y * width
  }

  /// The same row, with nothing known of the terminal.
  var redrawn: Row {
    Row(y: y, width: width, clusters: clusters, cells: cells, known: nil)
  }

  subscript(x: Int) -> PackedCell { cells[base + x] }

  /// True when the cell must be drawn.
  func isChanged(_ x: Int) -> Bool {
    guard let known else { return true }
    let (new, old) = (cells[base + x], known[base + x])
    if new == old { return false }
    return !(new.looksBlank && old.looksBlank && new.background == old.background)
  }

  /// True when all cells are the same words, without looking at each.
  var isUnchanged: Bool {
    guard let known else { return false }
    let stride = MemoryLayout<PackedCell>.stride
    return cells.withUnsafeBytes { new in
      known.withUnsafeBytes { old in
        new.baseAddress == old.baseAddress
          || Self.areEqual(new, old, from: base * stride, to: (base + width) * stride)
      }
    }
  }

  /// True when the row shows, or showed, a glyph that terminals measure differently.
  var isDelicate: Bool {
    for index in base..<base + width {
      if cells[index].isDelicate || known?[index].isDelicate == true { return true }
    }
    return false
  }

  /// Sixty-four bytes at a time, as neither end is worth a branch for each cell.
  private static func areEqual(
    _ one: UnsafeRawBufferPointer, _ other: UnsafeRawBufferPointer, from start: Int, to end: Int
  ) -> Bool {
    var difference = SIMD16<UInt32>(repeating: 0)
    var index = start
    while index + 64 <= end {
      difference |=
        one.loadUnaligned(fromByteOffset: index, as: SIMD16<UInt32>.self)
        ^ other.loadUnaligned(fromByteOffset: index, as: SIMD16<UInt32>.self)
      index += 64
    }
    while index < end {
      difference[0] |=
        one.loadUnaligned(fromByteOffset: index, as: UInt32.self)
        ^ other.loadUnaligned(fromByteOffset: index, as: UInt32.self)
      index += 4
    }
    return difference == SIMD16(repeating: 0)
  }
}

extension PackedCell {
  /// A space whose glyph colour and weight cannot be seen.
  var looksBlank: Bool {
    isBlank && attributes & Attributes.visibleOnBlanks.rawValue == 0
  }

  /// Clusters and emoji: terminals differ in their widths by age and mode.
  var isDelicate: Bool {
    isCluster || (0x1F000..<0x20000).contains(glyph)
  }
}
