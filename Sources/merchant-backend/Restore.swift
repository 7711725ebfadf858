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
        let backup = try await BackupFile(reading: file)
        let key: MerchantPublicKey
        do { key = try EdDSAPrivateKey(seed: backup.keySeed).publicKey() } catch {
            throw ValidationError("\(file) holds no usable key: \(error)")
        }
        guard backup.keys.allSatisfy({ $0 == key }) else {
            throw ValidationError("the key and the database in \(file) do not belong together")
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
        // The log keeps the name of its database, so that the two can still be opened together.
        let old = [
            (settings.database, ""), (settings.database, "-wal"), (settings.database, "-shm"), (settings.keyFile, ""),
            (settings.tokenFile, ""),
        ].filter { manager.fileExists(atPath: $0 + $1) }
        if let (path, end) = old.first, !force { throw PrivateFileError.exists(path + end) }
        // Made and synchronized beside its place before anything is moved away.
        let temporary = "\(settings.database).\(UUID().uuidString).new"
        defer { try? manager.removeItem(atPath: temporary) }
        try backup.restore(to: temporary)
        for (path, end) in old { try manager.moveItem(atPath: path + end, toPath: path + suffix + end) }
        try PrivateFile.create(backup.keySeed, at: settings.keyFile)
        try PrivateFile.create(Array((backup.token + "\n").utf8), at: settings.tokenFile)
        try PrivateFile.move(temporary, to: settings.database)
    }
}
