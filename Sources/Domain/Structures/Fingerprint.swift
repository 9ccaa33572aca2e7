/// 64 bits that stand for a text: eight bytes at a time through the multiply-and-fold step of wyhash.
///
/// Among a million texts two have the same with a chance below one in 10^7.
enum Fingerprint {
  /// The fingerprint of a text; a seed tells texts of different kinds apart.
  static func of(_ text: String, seed: UInt64 = 0) -> UInt64 {
    var text = text
    return text.withUTF8 { bytes in
      var state = seed ^ 0xA076_1D64_78BD_642F
      var index = 0
      while index < bytes.count {
        var word: UInt64 = 0
        let end = min(index + 8, bytes.count)
        for place in index..<end { word = word << 8 | UInt64(bytes[place]) }
        state = fold(state ^ word, 0xE703_7ED1_A0B4_28DB)
        index = end
      }
      return fold(state ^ UInt64(bytes.count), 0x8EBC_6AF0_9C88_C6E3)
    }
  }

  private static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.high ^ product.low
  }
}
