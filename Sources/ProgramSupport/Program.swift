// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Dispatch
import Foundation
import HTTPCore
public import Logging

/// The life of a program that serves until SIGTERM or SIGINT.
public enum Program {
    /// Sends all logs to standard error, as lines for people, or with `LOG_FORMAT=json` in the environment as one JSON object a line.
    /// What is logged for a request carries its id. To be called once, before the first logger is made.
    /// - Parameter level: nil takes the environment's `LOG_LEVEL` (`trace` … `critical`), and `info` without it.
    public static func startLogging(level: Logger.Level? = nil) {
        let level = level ?? ProcessInfo.processInfo.environment["LOG_LEVEL"].flatMap { Logger.Level(rawValue: $0.lowercased()) } ?? .info
        let isJSON = ProcessInfo.processInfo.environment["LOG_FORMAT"]?.lowercased() == "json"
        LoggingSystem.bootstrap(
            { label, provider in
                guard !isJSON else { return JSONLogHandler(label: label, level: level, provider: provider) }
                var handler = StreamLogHandler.standardError(label: label, metadataProvider: provider)
                handler.logLevel = level
                return handler
            }, metadataProvider: RequestContext.metadataProvider)
    }

    /// Starts what `start` starts, waits for SIGTERM or SIGINT, stops everything at once, and returns; a program then ends with 0.
    /// What has not stopped after 1.8 seconds is left behind by ending the process with 0. A second signal ends it at once with 1.
    /// SIGPIPE is ignored.
    /// - Throws: what `start` throws.
    public static func run(logger: Logger, _ start: () async throws -> [any Stoppable]) async throws {
        try await run(logger: logger, leave: { exit(EXIT_SUCCESS) }, start)
    }

    /// - Parameter leave: ends the process, for tests another: theirs goes on.
    static func run(
        logger: Logger, leave: @escaping @Sendable () -> Void, _ start: () async throws -> [any Stoppable]
    ) async throws {
        // Before the start: a signal that comes during it is not lost.
        let signals = await SignalSource()
        let running = try await start()
        let name = await signals.first()
        logger.info("stopping", metadata: ["signal": "\(name)"])
        let last = DispatchWorkItem {
            logger.warning("not everything has stopped in time")
            leave()
        }
        DispatchQueue(label: "program-end").asyncAfter(deadline: .now() + .milliseconds(1800), execute: last)
        await withTaskGroup(of: Void.self) { group in
            for service in running { group.addTask { await service.stop() } }
        }
        last.cancel()
        // Until here a second signal is heard.
        withExtendedLifetime(signals) {}
        logger.info("stopped")
    }
}
