import Wire

/// What was taken out of the mailbox and is not ingested yet, cut into pieces small enough that the
/// keyboard is looked at between them.
struct Slice {
  /// The most bytes of a stream in one piece. A document cannot be cut.
  static let pieceSize = 16 << 10

  /// A piece of something that arrived.
  struct Piece {
    let inbound: Inbound
    /// The whole of which this is the first piece; nil for further ones.
    let whole: Inbound?
  }

  private var arrived: [Inbound] = []
  private var next = 0
  private var offset = 0

  /// Whether everything taken was ingested.
  var isEmpty: Bool { next == arrived.count }

  /// The bytes that are not ingested yet.
  var bytes: Int { arrived[next...].reduce(0) { $0 + $1.frameSize } - offset }

  /// Begins anew with what was taken.
  mutating func refill(_ taken: [Inbound]) {
    arrived = taken
    next = 0
    offset = 0
  }

  /// The next piece, in order; nil when there is none.
  mutating func nextPiece() -> Piece? {
    guard next < arrived.count else { return nil }
    let whole = arrived[next]
    guard case .frame(let format, let bytes) = whole.body, format.isStretch,
      bytes.count > Self.pieceSize
    else {
      next += 1
      return Piece(inbound: whole, whole: whole)
    }
    let end = min(bytes.count, offset + Self.pieceSize)
    var piece = whole
    piece.body = .frame(format, Array(bytes[offset..<end]))
    let isFirst = offset == 0
    offset = end
    if end == bytes.count {
      next += 1
      offset = 0
    }
    return Piece(inbound: piece, whole: isFirst ? whole : nil)
  }
}
