import ArgumentParser
import Dashboard

/// `podium keys`
struct Keys: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Print the keys.")

  func run() throws {
    for binding in Keymap.bindings {
      let padding = String(repeating: " ", count: max(1, 12 - binding.label.count))
      print(binding.label + padding + binding.words)
    }
  }
}
