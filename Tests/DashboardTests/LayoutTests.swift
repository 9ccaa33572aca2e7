import Canvas
import Dashboard
import Panes
import Testing

@Suite("where everything goes")
struct LayoutTests {
  /// How often each cell of a screen is covered.
  private func cover(_ rects: [Rect], _ size: Size) -> [Int] {
    var cells = Array(repeating: 0, count: size.width * size.height)
    for rect in rects {
      for y in rect.minY..<rect.maxY {
        for x in rect.minX..<rect.maxX { cells[y * size.width + x] += 1 }
      }
    }
    return cells
  }

  private func check(_ workspace: Workspace, _ focus: PaneKind, _ zoomed: Bool, _ size: Size) {
    let layout = Layout(workspace, focus: focus, isZoomed: zoomed, size: size)
    let isLarge = size.width >= Layout.minimum.width && size.height >= Layout.minimum.height
    guard case .screen(let frame, let places) = layout else {
      #expect(!isLarge, "\(size)")
      return
    }
    #expect(isLarge)
    #expect(places.contains { $0.pane == focus })
    let rects =
      [frame.header, frame.summary, frame.status, frame.footer] + places.map(\.rect)
    let screen = Rect(size: size)
    guard rects.allSatisfy({ $0.isEmpty || $0.intersection(screen) == $0 }) else {
      Issue.record("\(workspace) \(size): a place lies outside")
      return
    }
    #expect(cover(rects, size).allSatisfy { $0 == 1 }, "\(workspace) \(focus) \(size)")
  }

  @Test("places cover the screen once", arguments: Workspace.allCases)
  func covering(_ workspace: Workspace) {
    let sides = [0, 1, 12, 13, 15, 16, 17, 24, 33, 34, 39, 40, 80, 109, 110, 120, 200, 300]
    for width in sides {
      for height in sides {
        let size = Size(width: width, height: height)
        check(workspace, workspace.firstFocus, false, size)
        check(workspace, workspace.firstFocus, true, size)
      }
    }
  }

  @Test("every pane that has the focus is shown at every size", arguments: Workspace.allCases)
  func focused(_ workspace: Workspace) {
    for pane in workspace.panes {
      for (width, height) in [(40, 12), (60, 20), (80, 24), (110, 34), (120, 40), (300, 300)] {
        check(workspace, pane, false, Size(width: width, height: height))
      }
    }
  }

  @Test("a large screen shows all panes, each where it can be read", arguments: Workspace.allCases)
  func large(_ workspace: Workspace) {
    let layout = Layout(
      workspace, focus: workspace.firstFocus, isZoomed: false, size: Layout.full)
    guard case .screen(_, let places) = layout else {
      Issue.record("too small")
      return
    }
    #expect(places.map(\.pane) == workspace.panes)
    #expect(places.allSatisfy { $0.rect.width >= 20 && $0.rect.height >= 7 })
  }

  @Test("too small says what is there and what is needed")
  func tooSmall() {
    #expect(
      Layout(.agents, focus: .agents, isZoomed: false, size: Size(width: 39, height: 50))
        == .tooSmall(have: Size(width: 39, height: 50), need: Size(width: 40, height: 12)))
  }
}
