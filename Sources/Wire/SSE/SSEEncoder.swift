/// Writes event streams that any decoder after WHATWG HTML section 9.2.6 reads back.
package enum SSEEncoder {
  /// Appends one event.
  ///
  /// CR, LF and CRLF in `data` all become line ends, which read back as LF. An `id` or `type` cannot
  /// hold a line end, nor an id U+0000; such bytes are left out.
  /// - Parameters:
  ///   - id: the id to resume after; nil leaves the reader's as it is, empty resets it.
  ///   - type: the event's type; nil or empty means `message`.
  package static func appendEvent(
    id: String? = nil, type: String? = nil, data: some Sequence<UInt8>, to bytes: inout [UInt8]
  ) {
    if let id { appendField("id: ", id, to: &bytes) }
    if let type, !type.isEmpty { appendField("event: ", type, to: &bytes) }
    appendData(data, to: &bytes)
    bytes.append(0x0A)
  }

  /// Appends one event with its checksum in the field `crc32c`: the CRC-32C of the id (nothing
  /// where there is none), a LF, and the data as it will be read.
  package static func appendCheckedEvent(
    id: String? = nil, data: [UInt8], to bytes: inout [UInt8]
  ) {
    var block: [UInt8] = []
    if let id { appendField("", id, to: &block) } else { block.append(0x0A) }
    appendLines(data, separator: "\n", to: &block)
    let checksum = block.withUnsafeBytes { CRC32C($0) }
    if let id { appendField("id: ", id, to: &bytes) }
    bytes.append(contentsOf: "crc32c: ".utf8)
    bytes.append(contentsOf: checksum.digits)
    bytes.append(0x0A)
    appendData(data, to: &bytes)
    bytes.append(0x0A)
  }

  /// Appends a reconnection delay in milliseconds, at least 0, effective at once.
  package static func appendRetry(milliseconds: Int, to bytes: inout [UInt8]) {
    appendField("retry: ", String(max(milliseconds, 0)), to: &bytes)
    bytes.append(0x0A)
  }

  /// Appends a comment, which serves as a heartbeat. Line ends in it are left out.
  package static func appendComment(_ text: String = "", to bytes: inout [UInt8]) {
    appendField(text.isEmpty ? ":" : ": ", text, to: &bytes)
    bytes.append(0x0A)
  }

  private static func appendField(_ name: String, _ value: String, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: name.utf8)
    for byte in value.utf8 where byte != 0x0A && byte != 0x0D && byte != 0 { bytes.append(byte) }
    bytes.append(0x0A)
  }

  private static func appendData(_ data: some Sequence<UInt8>, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: "data: ".utf8)
    appendLines(data, separator: "\ndata: ", to: &bytes)
    bytes.append(0x0A)
  }

  /// Appends lines with `separator` in place of each line end, be it CR, LF or CRLF.
  private static func appendLines(
    _ data: some Sequence<UInt8>, separator: String, to bytes: inout [UInt8]
  ) {
    var previous: UInt8 = 0
    for byte in data {
      let completesCRLF = byte == 0x0A && previous == 0x0D
      previous = byte
      if completesCRLF { continue }
      guard byte == 0x0A || byte == 0x0D else {
        bytes.append(byte)
        continue
      }
      bytes.append(contentsOf: separator.utf8)
    }
  }
}
