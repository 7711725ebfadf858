// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ArgumentParser
import Configuration
import ExchangeStore
import Foundation
import HTTPCore
import ProgramSupport
import SandboxExchange
import TalerWire

/// `sandbox setup`
struct Setup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Makes everything that a demonstration needs in one folder: ports, keys, passwords, configuration.",
        discussion: "What is there already is kept: running it again changes nothing but what has expired.")

    @Option(help: "The folder, made if it is not there.")
    var data: String

    @Option(help: "Where catalog/, templates/, static/, bank-pages/, office-pages/ and wallet-extension/ are.")
    var resources: String = "."

    func run() async throws {
        let folder = URL(fileURLWithPath: data).standardizedFileURL.path
        let file = folder + "/taler.conf"
        let isNew = !FileManager.default.fileExists(atPath: file)
        let resources = URL(fileURLWithPath: resources).standardizedFileURL.path
        if let complaint = Self.complaint(folder: folder, resources: isNew ? resources : nil) {
            print(complaint)
            throw ExitCode(1)
        }
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let plan: DemoPlan
        let exchange: ExchangeConfiguration
        if !isNew {
            let configuration = try Configuration.load(file)
            plan = try DemoPlan(readingFrom: configuration)
            exchange = try ExchangeConfiguration(configuration.section("exchange"))
        } else {
            plan = try DemoPlan.choosingPorts()
            exchange = try plan.exchange(folder: folder)
            for account in ["exchange", "shop"] { try Self.makePassword(folder + "/\(account).password") }
        }
        let report = try await ExchangeSetup.run(exchange, clock: SystemWallClock()) { print("  \($0)") }
        if isNew {
            let text = plan.configuration(masterPub: report.masterPub, resources: resources)
            // Last and at once: a configuration file means that all it names is there.
            try Data(text.utf8).write(to: URL(fileURLWithPath: file), options: .atomic)
        }
        if let office = plan.officeURL {
            print("  the shop's back office will be at \(office) and is opened by the token in \(folder)/office.token")
        }
        try Data(plan.shellAddresses.utf8).write(to: URL(fileURLWithPath: folder + "/addresses"), options: .atomic)
    }

    /// What is wrong with the folders, before anything is made.
    private static func complaint(folder: String, resources: String?) -> String? {
        if FileManager.default.fileExists(atPath: folder), !isFolder(folder) { return "--data: \(folder) is there and is no folder" }
        guard let resources else { return nil }
        let missing = [
            "catalog", "templates", "static", "bank-pages/templates", "bank-pages/static", "office-pages/templates", "office-pages/static",
            "wallet-extension",
        ]
        .filter { !isFolder("\(resources)/\($0)") }
        guard !missing.isEmpty else { return nil }
        return "--resources: \(resources) has no \(missing.map { "\($0)/" }.joined(separator: ", "))"
    }

    private static func isFolder(_ path: String) -> Bool {
        let path = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        return (try? FileManager.default.attributesOfItem(atPath: path))?[.type] as? FileAttributeType == .typeDirectory
    }

    private static func makePassword(_ path: String) throws {
        guard !PrivateFile.exists(path) else { return }
        try PrivateFile.create(Array((Base32.encode((0..<20).map { _ in UInt8.random(in: 0...255) }) + "\n").utf8), at: path)
    }
}
