package import Canvas
package import Panes

/// Where everything goes at a size.
package enum Layout: Hashable, Sendable {
  /// A pane and its place.
  package struct Place: Hashable, Sendable {
    package let pane: PaneKind
    package let rect: Rect
  }

  /// What a screen shows beside its panes.
  package struct Frame: Hashable, Sendable {
    package var header: Rect, summary: Rect, status: Rect, footer: Rect
  }

  case screen(Frame, [Place])
  case tooSmall(have: Size, need: Size)

  /// The smallest size at which anything can be read.
  package static let minimum = Size(width: 40, height: 12)
  /// The smallest size at which all panes of a workspace are shown.
  package static let full = Size(width: 110, height: 34)

  /// The layout of a workspace with a pane in focus.
  package init(_ workspace: Workspace, focus: PaneKind, isZoomed: Bool, size: Size) {
    guard size.width >= Self.minimum.width, size.height >= Self.minimum.height else {
      self = .tooSmall(have: size, need: Self.minimum)
      return
    }
    var body = Rect(size: size)
    var frame = Frame(
      header: body.cutTop(1), summary: .zero, status: .zero, footer: body.cutBottom(1))
    if size.height >= 16 { frame.status = body.cutBottom(1) }
    if isZoomed {
      self = .screen(frame, [Place(pane: focus, rect: body)])
    } else if size.width >= Self.full.width, size.height >= Self.full.height {
      self = .screen(frame, Self.grid(workspace, in: body))
    } else {
      self = Self.compact(workspace, focus, in: body, frame)
    }
  }

  /// One list pane, three summary lines and the workspace's companion; other panes by digit.
  private static func compact(
    _ workspace: Workspace, _ focus: PaneKind, in whole: Rect, _ frame: Frame
  ) -> Layout {
    var body = whole
    var frame = frame
    if body.height >= 14 { frame.summary = body.cutTop(3) }
    guard let companion = workspace.companion, focus != companion, body.height >= 14 else {
      return .screen(frame, [Place(pane: focus, rect: body)])
    }
    let rest = body.cutBottom(max(6, body.height / 4))
    return .screen(frame, [Place(pane: focus, rect: body), Place(pane: companion, rect: rest)])
  }

  private struct Row {
    let share: Int
    let panes: [(PaneKind, share: Int)]
  }

  /// The rows of a workspace; shares are the heights and widths at 120 x 40.
  private static func rows(_ workspace: Workspace) -> [Row] {
    switch workspace {
    case .agents:
      [
        Row(share: 13, panes: [(.mandates, 58), (.agents, 62)]),
        Row(share: 12, panes: [(.patterns, 58), (.evidence, 62)]),
        Row(share: 12, panes: [(.tasks, 58), (.agentAlerts, 62)]),
      ]
    case .kitchen:
      [
        Row(share: 12, panes: [(.stations, 70), (.kitchenAlerts, 50)]),
        Row(share: 13, panes: [(.tickets, 70), (.allDay, 26), (.presence, 24)]),
        Row(share: 12, panes: [(.tables, 70), (.voice, 50)]),
      ]
    case .link:
      [
        Row(share: 9, panes: [(.connections, 70), (.throughput, 50)]),
        Row(share: 10, panes: [(.sources, 70), (.latency, 50)]),
        Row(share: 18, panes: [(.tail, 120)]),
      ]
    }
  }

  private static func grid(_ workspace: Workspace, in body: Rect) -> [Place] {
    let rows = rows(workspace)
    var rest = body
    var places: [Place] = []
    for (height, row) in zip(divide(body.height, by: rows.map(\.share)), rows) {
      var band = rest.cutTop(height)
      for (width, pane) in zip(divide(body.width, by: row.panes.map(\.share)), row.panes) {
        places.append(Place(pane: pane.0, rect: band.cutLeft(width)))
      }
    }
    return places
  }

  /// A length in whole parts by shares; the parts add up to the length.
  private static func divide(_ length: Int, by shares: [Int]) -> [Int] {
    var left = length
    var shareLeft = shares.reduce(0, +)
    return shares.map { share in
      let part = shareLeft > 0 ? left * share / shareLeft : 0
      left -= part
      shareLeft -= share
      return part
    }
  }
}
