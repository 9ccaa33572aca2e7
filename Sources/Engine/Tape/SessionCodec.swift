import Recording

/// How a session becomes the bytes of a keyframe, and is made of them again.
package struct SessionCodec: Sendable {
  /// The number under which tapes know it: a reader passes over what it does not know.
  package let format: Int
  /// The bytes of a session.
  package let encode: @Sendable (Session) -> [UInt8]
  /// The session of bytes; nil where they are none.
  package let decode: @Sendable ([UInt8]) -> Session?

  /// A way to write sessions.
  package init(
    format: Int, encode: @escaping @Sendable (Session) -> [UInt8],
    decode: @escaping @Sendable ([UInt8]) -> Session?
  ) {
    self.format = format
    self.encode = encode
    self.decode = decode
  }

  /// That of this program.
  package static let standard: SessionCodec? = SessionCodec(
    format: Keyframe.format, encode: { $0.encoded() }, decode: { try? Session(decoding: $0) })
}
