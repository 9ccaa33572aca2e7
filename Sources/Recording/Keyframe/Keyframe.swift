import Wire

/// A state as bytes: what a tape carries so that a seek need not replay from its beginning.
///
/// Values stand in the order in which they are coded, without names: a varint of the format, the
/// values, and the CRC-32C of all before it. Equal states give equal bytes on any machine.
package enum Keyframe {
  /// The version of the form. Raise it whenever the shape of what is written changes; a keyframe of
  /// another format is passed over, and what it stands for replayed.
  package static let format = 2

  /// The bytes of a state.
  package static func encode(_ state: some Encodable) -> [UInt8] {
    let writer = KeyframeWriter()
    // Only what a writer refuses can throw, and ours refuses nothing.
    try? writer.write(state)
    return seal(writer.bytes)
  }

  /// The state of some bytes; throws when they were not written by `encode`, or by another podium.
  package static func decode<State: Decodable>(
    _ type: State.Type, from bytes: [UInt8]
  ) throws(KeyframeError) -> State {
    let values = try open(bytes)
    return try bytes.withKeyframeReader(in: values) { reader throws(KeyframeError) in
      do {
        let state = try reader.read(State.self)
        guard reader.isAtEnd else { throw reader.fault("more follows than there should be") }
        return state
      } catch {
        throw reader.fault(error)
      }
    }
  }

  /// The values with their head and their checksum.
  package static func seal(_ values: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = [UInt8(format)]
    bytes.reserveCapacity(values.count + 5)
    bytes += values
    let checksum = bytes.withUnsafeBytes { CRC32C($0).value }
    withUnsafeBytes(of: checksum.littleEndian) { bytes += $0 }
    return bytes
  }

  /// Where the values stand between the head and the checksum.
  private static func open(_ bytes: [UInt8]) throws(KeyframeError) -> Range<Int> {
    guard bytes.count >= 5 else { throw KeyframeError(offset: 0, problem: "it is cut off") }
    guard bytes[0] == format else {
      throw KeyframeError(
        offset: 0, problem: "it has format \(bytes[0]), and this podium reads \(format)")
    }
    let end = bytes.count - 4
    let checksum = bytes.withUnsafeBytes {
      CRC32C(UnsafeRawBufferPointer(rebasing: $0[..<end])).value
    }
    let isWhole = withUnsafeBytes(of: checksum.littleEndian) { bytes[end...].elementsEqual($0) }
    guard isWhole else {
      throw KeyframeError(offset: end, problem: "it differs from its checksum")
    }
    return 1..<end
  }
}

/// Why bytes are no keyframe that can be used.
package struct KeyframeError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Where in the bytes it showed, from 0.
  package let offset: Int
  /// What is wrong.
  package let problem: String

  package var description: String { "a keyframe cannot be read at byte \(offset): \(problem)" }
}
