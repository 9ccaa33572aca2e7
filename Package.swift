// swift-tools-version: 6.2
import PackageDescription

// The arrows between targets are the law of the house (Sources/README.md): a target imports only
// what its line names, and `make check` builds with the explicit import check that enforces it.

let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("ExistentialAny"),
]

func house(
  _ name: String, _ dependencies: [Target.Dependency] = [], path: String? = nil,
  exclude: [String] = [], resources: [Resource] = []
) -> Target {
  .target(
    name: name, dependencies: dependencies, path: path ?? "Sources/\(name)", exclude: exclude,
    resources: resources, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: dependencies, path: "Tests/\(name)Tests",
    swiftSettings: strict)
}

let httpClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioEmbedded = Target.Dependency.product(name: "NIOEmbedded", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let nioTLS = Target.Dependency.product(name: "NIOTLS", package: "swift-nio")
let nioHTTP2 = Target.Dependency.product(name: "NIOHTTP2", package: "swift-nio-http2")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let log = Target.Dependency.product(name: "Logging", package: "swift-log")

let package = Package(
  name: "podium",
  products: [.executable(name: "podium", targets: ["podium"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-http2", from: "1.38.0"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
  ],
  targets: [
    house("Domain"),
    house("Canvas"),
    house("CESQL"),
    house("Settings"),
    house("Locking"),
    house("Rules", ["CESQL", "Domain", "Settings"]),
    house("Wire", ["CZlib", "Domain"]),
    house("Recording", ["Domain", "Wire"]),
    house("Themes", ["Canvas"], path: "Themes", resources: [.embedInCode("builtin")]),
    house("Panes", ["Domain", "Canvas", "Themes"]),
    house("Dashboard", ["Domain", "Canvas", "Panes", "Themes"]),
    house(
      "Engine",
      [
        "CESQL", "CLinux", "Canvas", "Dashboard", "Domain", "Locking", "Panes", "Recording",
        "Rules", "Themes", "Wire",
      ]),
    house(
      "Export", ["Canvas", "Domain", "Engine", "Inspection", "Panes", "Recording", "Wire"]),
    house("Inspection", ["Canvas", "Domain", "Engine", "Panes", "Recording", "Rules", "Wire"]),
    house(
      "Transport",
      [
        "CLinux", "Domain", "Locking", "Wire", httpClient, nioCore, nioPosix, nioHTTP1, nioHTTP2,
        nioSSL, nioTLS,
      ]),
    house(
      "Hub",
      [
        "Domain", "Locking", "Wire", hummingbird, hummingbirdCore, nioCore, nioHTTP1, httpTypes,
        log,
      ]),
    house("Chaos", ["Domain", "Wire", nioCore, nioPosix]),
    .systemLibrary(name: "CCurses", path: "Sources/CCurses"),
    .systemLibrary(name: "CLinux", path: "Sources/CLinux"),
    .systemLibrary(name: "CZlib", path: "Sources/CZlib"),
    .target(name: "CTerminal", path: "Sources/CTerminal"),
    house("Curses", ["CCurses", "CTerminal", "Canvas"]),
    .executableTarget(
      name: "podium",
      dependencies: [
        "CESQL", "Chaos", "Domain", "Canvas", "Wire", "Recording", "Rules", "Settings", "Themes",
        "Panes", "Dashboard", "Engine", "Export", "Inspection",
        "Transport", "Hub", "Curses", "CLinux", arguments,
      ],
      path: "Sources/CLI", swiftSettings: strict),
    .executableTarget(
      name: "podium-autobahn", dependencies: ["Transport", "Wire"], path: "Tests/Autobahn",
      swiftSettings: strict),
    .executableTarget(
      name: "podium-bench",
      dependencies: [
        "Canvas", "Dashboard", "Domain", "Engine", "Hub", "Panes", "Recording", "Themes", "Wire",
      ],
      path: "Benchmarks/Steps", swiftSettings: strict),
    tests("Domain", ["Domain"]),
    tests("Canvas", ["Canvas", "Domain"]),
    tests("CESQL", ["CESQL"]),
    tests("Rules", ["CESQL", "Domain", "Rules", "Settings"]),
    tests("Settings", ["Settings"]),
    tests("Wire", ["CZlib", "Domain", "Wire"]),
    tests(
      "Transport",
      [
        "Domain", "Locking", "Transport", "Wire", nioCore, nioHTTP1, nioHTTP2, nioPosix, nioSSL,
      ]),
    tests(
      "Hub",
      [
        "Domain", "Hub", "Locking", "Wire", httpClient, httpTypes, hummingbirdCore, log, nioCore,
        nioEmbedded, nioHTTP1, nioPosix,
      ]),
    tests("Chaos", ["Chaos", "Domain", nioCore, nioPosix]),
    tests("Curses", ["CCurses", "Canvas", "Curses"]),
    tests("Recording", ["Domain", "Recording", "Wire"]),
    tests(
      "Engine",
      [
        "CESQL", "Canvas", "Dashboard", "Domain", "Engine", "Panes", "Recording", "Rules",
        "TestSupport", "Themes",
        "Wire",
      ]),
    tests(
      "Export",
      [
        "Canvas", "Domain", "Engine", "Export", "Inspection", "Panes", "Recording", "TestSupport",
        "Themes",
        "Wire",
      ]),
    tests(
      "Inspection", ["Domain", "Engine", "Inspection", "Recording", "Rules", "TestSupport", "Wire"]),
    tests("Themes", ["Canvas", "TestSupport", "Themes"]),
    tests("Panes", ["Canvas", "Domain", "Panes", "TestSupport", "Themes"]),
    tests("Dashboard", ["Canvas", "Dashboard", "Domain", "Panes", "TestSupport", "Themes"]),
    tests(
      "Snapshot",
      ["Canvas", "Dashboard", "Domain", "Engine", "Panes", "TestSupport", "Themes"]),
    house("TestSupport", ["Domain", "Engine", "Recording"], path: "Tests/TestSupport"),
  ]
)
