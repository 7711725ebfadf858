// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeClient
import Foundation
import HTTPClient
import HTTPCore
import Logging
import MerchantBackend
import MerchantCore
import MerchantStore
import ProgramSupport
import TalerCrypto
import TalerWire

/// Everything that `doctor` looks at, from outside of the backend's process.
struct Examination {
    private let settings: MerchantSettings
    private let files: BackendFiles
    private let unknown: [String]
    private let clock: any WallClock
    private let directory: ExchangeDirectory
    private let finder: FactFinder

    init(_ settings: MerchantSettings, _ revenue: RevenueSettings, unknown: [String], sender: CurlSender, clock: any WallClock) {
        self.settings = settings
        self.unknown = unknown
        self.clock = clock
        files = settings.files(revenue)
        let measuring = MerchantMetrics().measuring(sender, exchanges: settings.exchanges.map(\.baseURL), clock: clock)
        // Without a folder: what is fetched here is not kept.
        directory = settings.directory(
            sender: measuring, clock: clock, cacheFolder: nil, logger: Logger(label: "doctor") { _ in SwiftLogNoOpLogHandler() })
        finder = FactFinder(
            directory: directory, sender: measuring, policy: settings.fetchPolicy, clock: clock, account: settings.account,
            grace: revenue.grace, expectsBank: revenue.expectsBank)
    }

    func diagnosis() async -> Diagnosis {
        let (keyState, key) = keyState()
        let database = await database()
        var facts = Facts(
            now: clock.now(), key: keyState, account: settings.account, smallestUnit: settings.money.smallestUnit,
            process: await process(), database: database)
        facts.token = tokenState()
        facts.files = files.modes()
        facts.missingFiles = files.missing()
        facts.disk = files.disk()
        facts.unknownSettings = unknown
        await fetchKeys()
        facts.exchanges = await finder.exchanges()
        if case .read(let figures, _, _) = database, let key { facts.identifications = await finder.identifications(figures, key: key) }
        return Diagnosis(facts)
    }

    private func fetchKeys() async {
        await withTaskGroup(of: Void.self) { group in
            for entry in directory.entries { group.addTask { [directory] in _ = try? await directory.refresh(entry.baseURL) } }
        }
    }

    private func keyState() -> (Facts.KeyState, EdDSAPrivateKey?) {
        guard PrivateFile.exists(settings.keyFile) else { return (.missing(path: settings.keyFile), nil) }
        do {
            // The mode is looked at on its own: a file that others may read is not unusable.
            let key = try EdDSAPrivateKey(seed: Array(Data(contentsOf: URL(fileURLWithPath: settings.keyFile))))
            return (.present(key.publicKey()), key)
        } catch { return (.unusable(path: settings.keyFile, reason: "\(error)"), nil) }
    }

    private func tokenState() -> Facts.TokenState {
        guard PrivateFile.exists(settings.tokenFile) else { return .missing(path: settings.tokenFile) }
        do {
            _ = try Secrets.token(in: Array(Data(contentsOf: URL(fileURLWithPath: settings.tokenFile))), of: settings.tokenFile)
            return .present
        } catch { return .unusable(path: settings.tokenFile, reason: "\(error)") }
    }

    private func database() async -> Facts.DatabaseState {
        let path = settings.database
        let manager = FileManager.default
        guard manager.fileExists(atPath: path) else { return .missing(path: path) }
        // SQLite makes files beside it, so the folder has to be writable as well.
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        let isWritable = manager.isWritableFile(atPath: path) && manager.isWritableFile(atPath: folder)
        do {
            let store = try MerchantStore.openReadOnly(at: path)
            defer { store.close() }
            return await finder.database(store, path: path, isWritable: isWritable, checkingPages: true)
        } catch {
            return FactFinder.state(of: error, path: path)
        }
    }

    private func process() async -> Facts.ProcessState {
        let backend = RunningBackend(settings.address)
        defer { backend.sender.shutdown() }
        guard let trouble = await backend.trouble() else { return .answering }
        return FileLock.isHeld(settings.database + ".lock") ? .silent(trouble) : .stopped
    }
}
