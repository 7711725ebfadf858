// swift-tools-version: 6.2
// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later
import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")

/// A library target of ours. Everything may import TalerWire and swift-log.
func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(
        name: name, dependencies: (name == "TalerWire" ? [] : ["TalerWire", logging]) + dependencies, swiftSettings: strict)
}

func program(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(
        name: name,
        dependencies: ["TalerWire", "HTTPCore", "HTTPServer", "HTTPClient", "Configuration", "ProgramSupport", logging, argumentParser]
            + dependencies,
        swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
    .testTarget(name: name, dependencies: ["TalerWire", logging] + dependencies, exclude: exclude, swiftSettings: strict)
}

let package = Package(
    name: "taler-merchant",
    products: [
        .executable(name: "merchant-backend", targets: ["merchant-backend"]),
        .executable(name: "merchant-frontend", targets: ["merchant-frontend"]),
        .executable(name: "sandbox", targets: ["sandbox"]),
        .executable(name: "wallet", targets: ["wallet"]),
        // What reads texts from outside, for the fuzzing package.
        .library(
            name: "Readers",
            targets: ["TalerWire", "TalerCrypto", "HTTPCore", "Configuration", "ExchangeAPI", "MerchantAPI", "MerchantCore"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    ],
    targets: [
        // C libraries of the system
        .systemLibrary(name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),
        .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CMicrohttpd", pkgConfig: "libmicrohttpd", providers: [.apt(["libmicrohttpd-dev"])]),
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

        // core
        library("TalerWire"),
        library("Sodium", ["CSodium"]),
        library("RSA", ["CCrypto"]),
        library("TalerCrypto", ["Sodium", "RSA"]),
        library("HTTPCore"),
        library("Configuration"),
        library("Observability", ["HTTPCore"]),
        library("Pages", ["HTTPCore", mustache]),
        library("WebSession", ["HTTPCore", "Sodium"]),
        library("Localization", ["HTTPCore"]),
        library("ShopCatalog", ["HTTPCore", "Pages", "Localization", "Configuration"]),

        // edges
        library("HTTPServer", ["HTTPCore", "CMicrohttpd", "CZlib"]),
        library("HTTPClient", ["HTTPCore", "CCurl"]),

        // messages
        library("BankAPI", ["HTTPCore"]),
        library("ExchangeAPI", ["HTTPCore"]),
        library("MerchantAPI", ["HTTPCore"]),

        // rules
        library("MerchantCore", ["TalerCrypto"]),
        library("ExchangeClient", ["HTTPCore", "ExchangeAPI", "TalerCrypto"]),

        // stores
        library("SQLiteStore", [grdb]),
        library("BankStore", ["SQLiteStore", grdb]),
        library("ExchangeStore", ["SQLiteStore", grdb]),
        library("MerchantStore", ["SQLiteStore", "MerchantCore", grdb]),
        library("ShopStore", ["SQLiteStore", grdb]),
        library("WalletStore", ["SQLiteStore", grdb]),

        // services
        library(
            "MerchantBackend",
            [
                "HTTPCore", "MerchantAPI", "ExchangeAPI", "BankAPI", "Sodium", "TalerCrypto", "MerchantCore", "MerchantStore",
                "ExchangeClient", "Observability",
            ]),
        library("ShopFrontend", ["HTTPCore", "MerchantAPI", "Pages", "WebSession", "ShopCatalog", "ShopStore", "Localization"]),
        library("ShopOffice", ["HTTPCore", "MerchantAPI", "Pages", "WebSession", "ShopStore", "Sodium"]),
        library("SandboxBank", ["HTTPCore", "BankAPI", "Pages", "WebSession", "Sodium", "BankStore", "Configuration"]),
        library("SandboxExchange", ["HTTPCore", "ExchangeAPI", "BankAPI", "TalerCrypto", "Pages", "WebSession", "ExchangeStore"]),
        library("Wallet", ["HTTPCore", "MerchantAPI", "ExchangeAPI", "BankAPI", "ExchangeClient", "TalerCrypto", "WalletStore"]),

        // programs
        library("ProgramSupport", ["HTTPCore", "HTTPServer", "Configuration"]),
        program(
            "merchant-backend",
            [
                "MerchantBackend", "MerchantAPI", "BankAPI", "MerchantStore", "MerchantCore", "ExchangeClient", "TalerCrypto",
                "Observability",
            ]),
        program(
            "merchant-frontend",
            ["ShopCatalog", "ShopFrontend", "ShopOffice", "ShopStore", "MerchantAPI", "Pages", "WebSession", "Localization"]),
        program(
            "sandbox",
            [
                "SandboxBank", "SandboxExchange", "BankStore", "ExchangeStore", "BankAPI", "ExchangeAPI", "Pages", "WebSession",
                "TalerCrypto",
            ]),
        program("wallet", ["Wallet", "WalletStore"]),

        // tests
        .target(
            name: "TestVectors", dependencies: ["TalerWire"], path: "Tests/TestVectors", exclude: ["README.md"],
            resources: [.copy("Vectors"), .copy("Transcripts")], swiftSettings: strict),
        .target(
            name: "TestSupport", dependencies: ["TalerWire", "HTTPCore", "ExchangeClient"], path: "Tests/TestSupport",
            swiftSettings: strict),
        .target(
            name: "ExchangeFixture",
            dependencies: [
                "TalerWire", "HTTPCore", "BankAPI", "ExchangeAPI", "ExchangeStore", "SandboxExchange", "TalerCrypto", "TestSupport",
                logging,
            ], path: "Tests/ExchangeFixture", swiftSettings: strict),
        .target(
            name: "ProgramFixture", dependencies: ["TalerWire", "HTTPCore", "HTTPClient", "HTTPServer", "MerchantAPI", logging],
            path: "Tests/ProgramFixture", swiftSettings: strict),
        // A backend that kills itself, for tests only: it is not installed.
        .executableTarget(
            name: "crashing-backend",
            dependencies: [
                "TalerWire", "HTTPCore", "HTTPServer", "HTTPClient", "Configuration", "ProgramSupport", "MerchantBackend", "MerchantStore",
                "MerchantCore", "ExchangeClient", "TalerCrypto", logging,
            ], path: "Tests/CrashingBackend", swiftSettings: strict),
        tests("TalerWireTests", ["TestVectors"]),
        tests("TalerCryptoTests", ["TalerCrypto", "Sodium", "RSA", "TestVectors"]),
        tests("SQLiteStoreTests", ["SQLiteStore", grdb]),
        tests("HTTPCoreTests", ["HTTPCore"]),
        tests("ConfigurationTests", ["Configuration"]),
        tests("HTTPServerTests", ["HTTPCore", "HTTPServer", "HTTPClient", "TestSupport"]),
        tests("ProgramSupportTests", ["ProgramSupport", "HTTPCore", "Configuration", "HTTPServer"]),
        tests("ObservabilityTests", ["Observability", "HTTPCore", "TestSupport"]),
        tests("PagesTests", ["HTTPCore", "Pages"]),
        tests("WebSessionTests", ["HTTPCore", "WebSession"]),
        tests("LocalizationTests", ["HTTPCore", "Localization"]),
        tests("ExchangeClientTests", ["HTTPCore", "ExchangeAPI", "ExchangeClient", "TalerCrypto", "TestSupport", "TestVectors"]),
        tests(
            "SandboxBankTests",
            [
                "HTTPCore", "HTTPClient", "HTTPServer", "BankAPI", "BankStore", "SandboxBank", "Configuration", "Sodium", "Pages",
                "WebSession", "ProgramFixture", "TestSupport", "TestVectors", grdb,
            ]),
        tests(
            "SandboxExchangeTests",
            [
                "ExchangeFixture",
                "HTTPCore", "HTTPServer", "HTTPClient", "BankAPI", "BankStore", "SandboxBank", "ExchangeAPI", "ExchangeClient",
                "ExchangeStore", "SandboxExchange", "TalerCrypto", "TestSupport", "TestVectors", grdb,
            ]),
        tests(
            "ExchangeConformanceTests",
            [
                "ExchangeFixture", "HTTPCore", "HTTPClient", "HTTPServer", "BankAPI", "ExchangeAPI", "ExchangeStore", "SandboxExchange",
                "TalerCrypto", "TestSupport", "TestVectors", grdb,
            ]),
        tests(
            "MerchantBackendTests",
            [
                "ExchangeFixture",
                "HTTPCore", "BankAPI", "MerchantAPI", "ExchangeAPI", "ExchangeClient", "MerchantCore", "MerchantStore", "MerchantBackend",
                "TalerCrypto",
                "Observability", "TestSupport", "TestVectors", grdb,
            ], exclude: ["database-of-schema-2.sql"]),
        tests("ShopCatalogTests", ["HTTPCore", "Pages", "ShopCatalog", "Localization"]),
        tests("ShopStoreTests", ["ShopStore", "TestSupport", grdb]),
        tests(
            "ShopFrontendTests",
            [
                "HTTPCore", "MerchantAPI", "Pages", "WebSession", "ShopCatalog", "ShopStore", "ShopFrontend", "Localization", "TestSupport",
                "HTTPServer", "HTTPClient", "MerchantCore",
            ]),
        tests(
            "ShopOfficeTests",
            [
                "HTTPCore", "HTTPClient", "HTTPServer", "MerchantAPI", "Pages", "WebSession", "ShopStore", "ShopOffice", "Sodium",
                "TestSupport", grdb,
            ]),
        tests(
            "WalletTests",
            [
                "HTTPCore", "BankAPI", "BankStore", "ExchangeAPI", "ExchangeClient", "ExchangeStore", "MerchantAPI", "SandboxBank",
                "SandboxExchange", "TalerCrypto", "Wallet", "WalletStore", "TestSupport", "TestVectors", "HTTPClient", "ProgramFixture",
                grdb,
            ]),
        tests(
            "EndToEndTests",
            [
                "HTTPCore", "HTTPClient", "HTTPServer", "MerchantAPI", "ExchangeAPI", "BankAPI", "TalerCrypto", "ProgramFixture",
                "TestSupport", "TestVectors",
            ]),
        tests(
            "FaultTests",
            [
                "HTTPCore", "HTTPClient", "HTTPServer", "BankAPI", "MerchantAPI", "ExchangeAPI", "ExchangeClient", "ExchangeStore",
                "MerchantCore",
                "MerchantStore", "MerchantBackend", "SandboxExchange", "TalerCrypto", "ExchangeFixture", "ProgramFixture", "TestSupport",
                grdb, .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ]),
    ]
)
