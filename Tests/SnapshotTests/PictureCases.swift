import Canvas
import Dashboard
import Domain
import Panes
import TestSupport

extension PictureCase {
  /// Every golden there is.
  static let all: [PictureCase] =
    panes + screens + sizes + looks + overlays + travels + connections + hostile
    + arabic

  /// The tape and moment that fill a workspace.
  private static func full(_ workspace: Workspace) -> (tape: Tape, seconds: Int64) {
    switch workspace {
    case .agents: (.agentsBusy, 370)
    case .kitchen: (.kitchenRush, 119)
    case .link: (.gaps, 16)
    }
  }

  private static func screen(
    _ name: String, _ workspace: Workspace, _ width: Int = 120, _ height: Int = 40
  ) -> PictureCase {
    let (tape, seconds) = full(workspace)
    return PictureCase(name, tape, at: seconds, workspace, width, height)
  }

  /// Every pane of every workspace with the whole screen.
  private static let panes: [PictureCase] = Workspace.allCases.flatMap { workspace in
    workspace.panes.flatMap { pane in
      [(120, 40), (80, 24)].map { width, height in
        screen("busy-\(workspace.rawValue)", workspace, width, height).with {
          $0.focus = pane
          $0.isZoomed = true
        }
      }
    }
  }

  /// Whole screens while much happens, when it is late, and when nothing has happened.
  private static let screens: [PictureCase] = [(120, 40), (80, 24)].flatMap { width, height in
    Workspace.allCases.map { screen("busy-\($0.rawValue)", $0, width, height) }
      + [
        PictureCase("late-agents", .agentsBusy, .agents, width, height),
        PictureCase("late-kitchen", .kitchenRush, .kitchen, width, height),
      ]
      + Workspace.allCases.map {
        PictureCase("empty-\($0.rawValue)", .empty, $0, width, height)
      }
  }

  private static let sizes: [PictureCase] =
    [(200, 60), (60, 20), (40, 12)].flatMap { width, height in
      Workspace.allCases.map { screen("busy-\($0.rawValue)", $0, width, height) }
    } + [screen("too-small", .kitchen, 30, 8)]

  /// Other themes, depths and character sets.
  private static let looks: [PictureCase] =
    Workspace.allCases.map { workspace in
      screen("light-\(workspace.rawValue)", workspace).with { $0.theme = "light" }
    } + [
      screen("terminal-kitchen", .kitchen).with { $0.theme = "terminal" },
      screen("mono-kitchen", .kitchen).with { $0.depth = .mono },
      screen("mono-agents", .agents, 80, 24).with { $0.depth = .mono },
      screen("ansi256-kitchen", .kitchen).with { $0.depth = .ansi256 },
      screen("ascii-kitchen", .kitchen).with { $0.charset = .ascii },
      screen("ascii-link", .link, 80, 24).with { $0.charset = .ascii },
    ]

  /// What lies over the panes, and what a held board looks like.
  private static let overlays: [PictureCase] =
    [(120, 40), (80, 24), (40, 12)].map { width, height in
      screen("help", .agents, width, height).with { $0.keys = [.character("?")] }
    }
    + [
      detail(.agents, .agents), detail(.agents, .mandates), detail(.agents, .evidence),
      detail(.agents, .tasks), detail(.agents, .agentAlerts), detail(.kitchen, .kitchenAlerts),
      detail(.kitchen, .tickets),
      detail(.kitchen, .stations), detail(.kitchen, .tables), detail(.kitchen, .allDay),
      detail(.kitchen, .presence), detail(.kitchen, .voice), detail(.link, .connections),
      detail(.link, .sources), detail(.link, .tail),
      detail(.agents, .agents).with {
        $0.name = "detail-scrolled"
        $0.size = Size(width: 60, height: 20)
        $0.keys += [.pageDown]
      },
    ]

  /// Other moments than the present: of a live session's past, and of tapes.
  private static let travels: [PictureCase] =
    [(120, 40), (80, 24)].flatMap { width, height in
      [
        screen("paused", .kitchen, width, height).with { $0.time = .behind(.paused, lag) },
        screen("behind", .kitchen, width, height).with {
          $0.time = .behind(.playing(speed: 1), lag)
        },
        PictureCase("replay", .outage, at: 34, .kitchen, width, height).with {
          $0.time = .replay(.playing(speed: 4))
        },
        screen("difference", .kitchen, width, height).with {
          $0.markedAt = 30
          $0.keys = [.character("d")]
        },
        screen("difference-agents", .agents, width, height).with {
          $0.markedAt = 60
          $0.keys = [.character("d")]
        },
        screen("difference-none", .kitchen, width, height).with {
          $0.markedAt = 119
          $0.keys = [.character("d")]
        },
        screen("trace-ticket", .kitchen, width, height).with {
          $0.keys = [.down, .character("f")]
        },
        screen("trace-agent", .agents, width, height).with { $0.keys = [.character("f")] },
        screen("prompt", .kitchen, width, height).with {
          $0.time = .replay(.paused)
          $0.keys = [.character("g")] + "soon".map { .character($0) } + [.enter]
        },
      ]
    } + [
      PictureCase("replay-ascii", .outage, at: 34, .kitchen, 80, 24).with {
        $0.time = .replay(.paused)
        $0.charset = .ascii
      }
    ]

  private static let lag = Lag(.seconds(133), events: 412)

  private static func detail(_ workspace: Workspace, _ pane: PaneKind) -> PictureCase {
    screen("detail-\(pane.rawValue)", workspace, 100, 34).with {
      $0.focus = pane
      $0.keys = [.enter]
    }
  }

  /// A connection through its life: live, silent, lost, back again, and lost for good.
  private static let connections: [PictureCase] =
    [
      ("live", 14), ("stale", 27), ("retry", 34), ("resumed", 47),
    ].map { name, seconds in
      PictureCase("outage-\(name)", .outage, at: seconds, .kitchen)
    } + [
      PictureCase("outage-down", .outage, .kitchen),
      PictureCase("outage-down", .outage, .kitchen, 80, 24),
      PictureCase("outage-down-link", .outage, .link),
      PictureCase("outage-stale-light", .outage, at: 27, .kitchen).with { $0.theme = "light" },
    ]

  /// The same in Arabic, from right to left.
  private static let arabic: [PictureCase] = (arabicScreens + arabicDetails).map { shown in
    shown.with {
      $0.name += "-ar"
      $0.language = .arabic
    }
  }

  private static let arabicScreens: [PictureCase] = {
    var cases: [PictureCase] = []
    for (width, height) in [(120, 40), (80, 24)] {
      for workspace in Workspace.allCases {
        cases.append(screen("busy-\(workspace.rawValue)", workspace, width, height))
      }
      cases.append(PictureCase("empty-agents", .empty, .agents, width, height))
      cases.append(PictureCase("hostile-kitchen", .hostile, .kitchen, width, height))
      cases.append(
        screen("help", .agents, width, height).with { $0.keys = [.character("?")] })
      cases.append(
        screen("behind", .kitchen, width, height).with {
          $0.time = .behind(.playing(speed: 1), lag)
        })
    }
    cases.append(screen("ascii-kitchen", .kitchen).with { $0.charset = .ascii })
    cases.append(screen("busy-kitchen", .kitchen, 40, 12))
    cases.append(PictureCase("outage-down", .outage, .kitchen))
    return cases
  }()

  private static let arabicDetails: [PictureCase] = [
    detail(.agents, .agents), detail(.agents, .mandates), detail(.agents, .evidence),
    detail(.agents, .tasks), detail(.agents, .agentAlerts), detail(.kitchen, .tickets),
    detail(.kitchen, .stations), detail(.kitchen, .tables), detail(.kitchen, .voice),
    detail(.link, .connections), detail(.link, .sources), detail(.link, .tail),
  ]

  private static let hostile: [PictureCase] =
    Workspace.allCases.flatMap { workspace in
      [(120, 40), (80, 24)].map { width, height in
        PictureCase("hostile-\(workspace.rawValue)", .hostile, workspace, width, height)
      }
    } + [
      PictureCase("hostile-detail-agents", .hostile, .agents, 100, 34).with {
        $0.keys = [.enter]
      },
      PictureCase("hostile-detail-tail", .hostile, .link, 100, 34).with { $0.keys = [.enter] },
    ]
}
