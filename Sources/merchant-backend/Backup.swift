// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ArgumentParser
import Foundation
import HTTPCore
import MerchantStore
import ProgramSupport
import TalerCrypto
import TalerWire

/// `merchant-backend backup`
struct Backup: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Writes database, key and token into one file, while the backend serves or not.",
        discussion: """
            The file is an SQLite database of mode 0600 with all that was committed when it was made. It holds the merchant's key: whoever \
            has it can sign as the shop. Keep it as you keep the key, and on another machine.
            """)

    @Argument(help: "The file to be made.", completion: .file())
    var file: String

    @Flag(help: "Replaces a file of that name.")
    var force = false

    @OptionGroup var option: ConfigurationOption

    func run() throws {
        let settings = try MerchantSettings(option.load())
        let manager = FileManager.default
        guard !settings.ownFiles.contains(where: { Self.isSame($0, file) }) else {
            throw CommandFailure("\(file) is a file of the backend itself: a backup needs another name")
        }
        guard force || !manager.fileExists(atPath: file) else { throw PrivateFileError.exists(file) }
        let seed = try PrivateFile.read(settings.keyFile)
        let token = try Secrets.token(in: PrivateFile.read(settings.tokenFile), of: settings.tokenFile)
        let store = try MerchantStore.openReadOnly(at: settings.database)
        defer { store.close() }
        let key: MerchantPublicKey = try EdDSAPrivateKey(seed: seed).publicKey()
        guard try store.merchantKeys().allSatisfy({ $0 == key }) else {
            throw Secrets.SecretError.otherKey(keyFile: settings.keyFile, database: settings.database)
        }
        // Whole or not at all, also when the old one is replaced.
        let temporary = "\(file).\(UUID().uuidString).new"
        do {
            try store.backUp(to: temporary, keySeed: seed, token: token, now: SystemWallClock().now())
            try PrivateFile.move(temporary, to: file)
        } catch {
            try? manager.removeItem(atPath: temporary)
            throw error
        }
        let bytes = (try? manager.attributesOfItem(atPath: file)[.size] as? NSNumber)?.int64Value ?? 0
        print("\(file): \(bytes) bytes, database and key of \(settings.database)")
    }

    /// Both names lead to one file, or would.
    private static func isSame(_ first: String, _ second: String) -> Bool {
        func resolved(_ path: String) -> String { URL(fileURLWithPath: path).standardizedFileURL.resolvingSymlinksInPath().path }
        return resolved(first) == resolved(second)
    }
}
