// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Dispatch
import Glibc
import Logging
import ProgramSupport
import ShopCatalog

/// Looks after the catalog's files, beside the server: every few seconds, and at once at SIGHUP.
final class CatalogTask: Stoppable {
    private let task: Task<Void, Never>

    private enum Reason {
        case time
        case hangup
    }

    init(_ catalogs: CatalogHolder, hook: @escaping CatalogHolder.StockHook, logger: Logger) {
        task = Task { await Self.run(catalogs, hook, logger) }
    }

    func stop() async {
        task.cancel()
        await task.value
    }

    private static func run(_ catalogs: CatalogHolder, _ hook: CatalogHolder.StockHook, _ logger: Logger) async {
        let (reasons, continuation) = AsyncStream.makeStream(of: Reason.self)
        let hangups = DispatchSource.makeSignalSource(signal: SIGHUP, queue: DispatchQueue(label: "hangup"))
        hangups.setEventHandler { continuation.yield(.hangup) }
        hangups.activate()
        defer { hangups.cancel() }
        let ticks = Task {
            while !Task.isCancelled {
                try? await Task.sleep(for: .seconds(3))
                continuation.yield(.time)
            }
        }
        defer { ticks.cancel() }
        // A look at many thousands of files takes its time; it shall not take more than a small part of all.
        var next = ContinuousClock.now
        for await reason in reasons where reason == .hangup || ContinuousClock.now >= next {
            let start = ContinuousClock.now
            await OwnThread.run { catalogs.look(isComplete: reason == .hangup) }
            next = .now.advanced(by: start.duration(to: .now) * 20)
            do { try await catalogs.take(hook) } catch {
                logger.error("the changed catalog cannot be shown yet", metadata: ["error": "\(error)"])
            }
        }
    }
}
