// swift-tools-version: 6.1
import PackageDescription

let package = Package(
    name: "siskin",
    products: [.executable(name: "siskin", targets: ["siskin"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    ],
    targets: [
        // Floor 0: system libraries
        .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),
        .systemLibrary(name: "CRabbitMQ", pkgConfig: "librabbitmq", providers: [.apt(["librabbitmq-dev"])]),
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "CEdit", pkgConfig: "libedit", providers: [.apt(["libedit-dev"])]),
        .systemLibrary(name: "CSocket"),
        // Floor 1: pure, import nothing
        .target(name: "Syntax"),
        .target(name: "SIP"),
        .target(name: "Catalog"),
        .target(name: "Cluster"),
        .target(name: "DNS"),
        // Floor 2
        .target(name: "Script", dependencies: ["Syntax", "SIP", "Catalog", "CPCRE2"]),
        .target(name: "Events"),
        // Floor 3
        .target(name: "Node", dependencies: ["Syntax", "SIP", "Catalog", "Cluster", "DNS", "Script", "Events"]),
        // Floor 4: the two hosts
        .target(
            name: "LiveHost",
            dependencies: [
                "Node", "DNS", "CRabbitMQ", "CSQLite", "CSocket", .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]),
        .target(name: "Simulation", dependencies: ["Node", "DNS"]),
        // Floor 5
        .target(
            name: "Fixtures", dependencies: ["Syntax", "SIP", "Catalog", "Script", "Events", "Node", "Simulation"]),
        .target(
            name: "REPL", dependencies: ["Syntax", "Catalog", "Script", "Events", "Node", "Simulation", "CEdit"]),
        // Floors 6 and 7
        .target(
            name: "Commands",
            dependencies: [
                "Syntax", "SIP", "Node", "LiveHost", "Simulation", "Fixtures", "REPL",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        .executableTarget(name: "siskin", dependencies: ["Commands"]),
        // swift run -c release Benchmarks
        .target(name: "CAllocations"),
        .executableTarget(
            name: "Benchmarks",
            dependencies: [
                "Syntax", "SIP", "Script", "Events", "Node", "LiveHost", "Simulation", "CAllocations", "Fixtures",
            ]),
        // Tests, one target a target
        .testTarget(name: "SyntaxTests", dependencies: ["Syntax"]),
        .testTarget(name: "SIPTests", dependencies: ["SIP"]),
        .testTarget(name: "CatalogTests", dependencies: ["Catalog"]),
        .testTarget(name: "ClusterTests", dependencies: ["Cluster"]),
        .testTarget(name: "DNSTests", dependencies: ["DNS"]),
        .testTarget(name: "EventsTests", dependencies: ["Events"]),
        .testTarget(name: "ScriptTests", dependencies: ["Syntax", "SIP", "Catalog", "Script"]),
        .testTarget(name: "NodeTests", dependencies: ["Node", "DNS", "Simulation"]),
        .testTarget(
            name: "LiveHostTests",
            dependencies: ["LiveHost", "Node", "DNS", "Events", "Syntax", "CRabbitMQ", "CSQLite"]),
        .testTarget(name: "SimulationTests", dependencies: ["Simulation"]),
        .testTarget(name: "FixturesTests", dependencies: ["Fixtures"]),
        .testTarget(name: "CommandsTests", dependencies: ["Commands"]),
        .testTarget(name: "REPLTests", dependencies: ["REPL", "Simulation"]),
        .testTarget(
            name: "GoldenTests", dependencies: ["Syntax", "Script", "Node", "Simulation"], path: "Tests/Golden",
            exclude: ["Cases", "README.md", "DIFFERENCES.md"]),
    ],
    swiftLanguageModes: [.v6]
)
