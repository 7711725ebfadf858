// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ArgumentParser
import Foundation
import MerchantBackend
import MerchantStore
import TalerWire

/// `merchant-backend export`
struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Writes payments, fees, refunds and transfers as CSV for bookkeeping; a backend may serve meanwhile.",
        discussion: """
            One table goes to the standard output. --folder writes files that are named for what is in them, and is needed for all.
            Times are UTC, amounts have a point and their currency in a column of its own.
            """)

    enum What: String, ExpressibleByArgument, CaseIterable {
        case payments, fees, refunds, transfers, all

        var kinds: [ExportKind] { ExportKind(rawValue: rawValue).map { [$0] } ?? ExportKind.allCases }
    }

    @Option(help: "payments, fees, refunds, transfers or all.")
    var what = What.payments

    @Option(help: "The first day, YYYY-MM-DD in UTC.", transform: Self.day)
    var from: Timestamp?

    @Option(help: "The last day, YYYY-MM-DD in UTC.", transform: Self.day)
    var to: Timestamp?

    @Option(help: "The folder for the files, made if it is not there. Files of the same names are replaced.", completion: .directory)
    var folder: String?

    @OptionGroup var option: ConfigurationOption

    func validate() throws {
        if what == .all, folder == nil { throw ValidationError("--what all needs --folder") }
        if let from, let to, to < from { throw ValidationError("--to is before --from") }
    }

    func run() async throws {
        let settings = try MerchantSettings(option.load())
        guard FileManager.default.fileExists(atPath: settings.database) else {
            throw CommandFailure("there is no database at \(settings.database)")
        }
        let store = try MerchantStore.openReadOnly(at: settings.database)
        defer { store.close() }
        guard try await store.schema() == .current else {
            throw CommandFailure("the database \(settings.database) is of another version of this program: start serve once, or update")
        }
        if let folder {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        }
        for kind in what.kinds {
            if let folder {
                try await write(kind, of: store, to: "\(folder)/\(kind.rawValue).csv")
            } else {
                try await write(kind, of: store, to: .standardOutput)
            }
        }
    }

    /// Whole, or not at all: the file gets its name when it is complete.
    private func write(_ kind: ExportKind, of store: MerchantStore, to path: String) async throws {
        let files = FileManager.default
        let unfinished = path + ".new"
        guard files.createFile(atPath: unfinished, contents: nil, attributes: [.posixPermissions: 0o600]),
            let file = FileHandle(forWritingAtPath: unfinished)
        else { throw CommandFailure("\(unfinished) cannot be made") }
        try await write(kind, of: store, to: file)
        try file.close()
        if files.fileExists(atPath: path) { try files.removeItem(atPath: path) }
        try files.moveItem(atPath: unfinished, toPath: path)
    }

    private func write(_ kind: ExportKind, of store: MerchantStore, to file: FileHandle) async throws {
        try file.write(contentsOf: CSVTable.header(kind))
        let until = to?.advanced(bySeconds: 86_400) ?? .never
        try await store.export(kind, from: from ?? .zero, until: until) { try file.write(contentsOf: CSVTable.line($0)) }
    }

    private static func day(_ text: String) throws -> Timestamp {
        guard text.wholeMatch(of: /[0-9]{4}-[0-9]{2}-[0-9]{2}/) != nil,
            let date = try? Date(text, strategy: .iso8601.year().month().day()), date.timeIntervalSince1970 >= 0,
            // 30 February would count as a day of March.
            date.formatted(.iso8601.year().month().day()) == text
        else { throw ValidationError("a day like 2026-12-31 is needed") }
        return try Timestamp(seconds: UInt64(date.timeIntervalSince1970))
    }
}
