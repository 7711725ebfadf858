// swift-tools-version: 6.2
// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later
import PackageDescription

// Built by scripts/fuzz.sh only: libFuzzer brings the entry point.
let package = Package(
    name: "fuzzing",
    dependencies: [.package(name: "taler-merchant", path: "..")],
    targets: [
        .executableTarget(
            name: "fuzz", dependencies: [.product(name: "Readers", package: "taler-merchant")], path: "Sources/fuzz",
            swiftSettings: [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)])
    ]
)
