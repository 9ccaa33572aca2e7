/// The pattern of a LIKE (section 3.4.3), over Unicode scalars.
struct LikePattern: Hashable, Sendable {
  private enum Element: Hashable, Sendable {
    case exactly(Unicode.Scalar)
    /// `_`
    case any
    /// `%`
    case run
  }

  private let elements: [Element]

  /// `\%` and `\_` stand for the character; any other backslash for itself.
  init(_ text: String) {
    var elements: [Element] = []
    var isEscaped = false
    for scalar in text.unicodeScalars {
      if isEscaped {
        isEscaped = false
        if scalar == "%" || scalar == "_" {
          elements.append(.exactly(scalar))
          continue
        }
        elements.append(.exactly("\\"))
      }
      switch scalar {
      case "\\": isEscaped = true
      case "_": elements.append(.any)
      case "%": if elements.last != .run { elements.append(.run) }
      default: elements.append(.exactly(scalar))
      }
    }
    if isEscaped { elements.append(.exactly("\\")) }
    self.elements = elements
  }

  /// Whether a text has this form. Only the newest `%` is ever gone back to, since what an earlier
  /// one took in can be left to it: at most pattern × text steps.
  func matches(_ text: String) -> Bool {
    let scalars = Array(text.unicodeScalars)
    var (place, next) = (0, 0)
    var resume: (element: Int, place: Int)?
    while place < scalars.count {
      switch next < elements.count ? elements[next] : nil {
      case .run?:
        next += 1
        resume = (next, place)
      case .any?:
        (place, next) = (place + 1, next + 1)
      case .exactly(let scalar)? where scalar == scalars[place]:
        (place, next) = (place + 1, next + 1)
      case .exactly?, nil:
        guard let last = resume else { return false }
        (place, next) = (last.place + 1, last.element)
        resume = (last.element, place)
      }
    }
    return elements[next...].allSatisfy { $0 == .run }
  }
}
