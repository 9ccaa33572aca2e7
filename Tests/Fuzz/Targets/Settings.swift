import Address
import Themes

/// What a person types is understood or refused; what is shown of it is understood again.
func fuzzAddress(_ input: Input) {
  guard let address = try? SourceAddress(input.text, allowPlaintext: true) else { return }
  guard case .http(let target, _) = address else { return }
  let shown = address.name.split(separator: "://", maxSplits: 1).last ?? ""
  require(!shown.prefix { !"/?#".contains($0) }.contains("@"), "no credentials are shown")
  require((0...65_535).contains(target.port), "a port is one")
  let again = try? SourceAddress(address.name, allowPlaintext: true)
  require(again != nil, "what is shown can be typed")
}

/// A theme file is taken or refused with its line.
func fuzzTheme(_ input: Input) {
  _ = try? Theme(name: "fuzz", text: input.text)
}
