// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ArgumentParser
import Foundation
import MerchantStore
import ProgramSupport
import TalerCrypto
import TalerWire

/// `merchant-backend restore`
struct Restore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Brings back database, key and token from a backup. The backend must not run.",
        discussion: """
            The backup is checked first, page by page, and that its key belongs to its database. Files that are there are not touched \
            without --force; with it they are kept beside the new ones under a name that ends in .before-restore and the time.
            """)

    @Argument(help: "The file that merchant-backend backup made.", completion: .file())
    var file: String

    @Flag(help: "Also when there is a database, key or token already.")
    var force = false

    @OptionGroup var option: ConfigurationOption

    func run() async throws {
        let settings = try MerchantSettings(option.load())
        guard PrivateFile.exists(file) else { throw CommandFailure("there is no file \(file)") }
        let backup = try await BackupFile(reading: file)
        let key: MerchantPublicKey
        do { key = try EdDSAPrivateKey(seed: backup.keySeed).publicKey() } catch {
            throw CommandFailure("\(file) holds no usable key: \(error)")
        }
        guard backup.keys.allSatisfy({ $0 == key }) else {
            throw CommandFailure("the key and the database in \(file) do not belong together")
        }
        let lock = try FileLock(path: settings.database + ".lock")
        try replace(settings, backup)
        withExtendedLifetime(lock) {}
        print("restored from \(file): \(settings.database), \(settings.keyFile), \(settings.tokenFile), of merchant \(key)")
        print("What was paid after the backup is not in it: run merchant-backend doctor, and compare with the bank's account.")
    }

    private func replace(_ settings: MerchantSettings, _ backup: BackupFile) throws {
        let manager = FileManager.default
        let suffix = ".before-restore-\(Int(Date().timeIntervalSince1970))"
        // The log keeps the name of its database, so that the two can still be opened together. A log or journal that stayed behind would
        // be played back into the new one.
        let old = (settings.databaseFiles + [(settings.keyFile, ""), (settings.tokenFile, "")])
            .filter { manager.fileExists(atPath: $0.path + $0.end) }
        if let first = old.first, !force { throw PrivateFileError.exists(first.path + first.end) }
        // Made and synchronized beside their places before anything is moved away.
        let unfinished = ".\(UUID().uuidString).new"
        let new = [settings.database, settings.keyFile, settings.tokenFile]
        defer { for path in new { try? manager.removeItem(atPath: path + unfinished) } }
        try backup.restore(to: settings.database + unfinished)
        try PrivateFile.create(backup.keySeed, at: settings.keyFile + unfinished)
        try PrivateFile.create(Array((backup.token + "\n").utf8), at: settings.tokenFile + unfinished)
        var moved: [(from: String, to: String)] = []
        do {
            for (path, end) in old {
                try manager.moveItem(atPath: path + end, toPath: path + suffix + end)
                moved.append((path + end, path + suffix + end))
            }
            // The database last: without it a backend that is started too early finds a key, and makes no other.
            for path in new.reversed() {
                try PrivateFile.move(path + unfinished, to: path)
                moved.append((path + unfinished, path))
            }
        } catch {
            // Everything goes back to where it was.
            for (from, to) in moved.reversed() { try? manager.moveItem(atPath: to, toPath: from) }
            throw error
        }
    }
}
