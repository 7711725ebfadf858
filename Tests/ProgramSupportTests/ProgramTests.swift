// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import Logging
@testable import ProgramSupport
import Synchronization
import Testing

/// One after the other: a signal is for the whole process.
@Suite(.serialized) struct ProgramTests {
    private final class Service: Stoppable {
        let stops = Mutex(0)
        func stop() async { stops.withLock { $0 += 1 } }
    }

    private struct Failure: Error, Equatable {}

    private let logger: Logger = {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return logger
    }()

    @Test(arguments: [SIGTERM, SIGINT]) func aSignalStopsWhatWasStarted(_ number: Int32) async throws {
        let services = [Service(), Service()]
        // However long it takes beside all other tests.
        try await Program.run(logger: logger, leave: {}) {
            kill(getpid(), number)
            return services
        }
        for service in services { #expect(service.stops.withLock { $0 } == 1) }
    }

    @Test func aFailedStartIsThrown() async {
        await #expect(throws: Failure()) { try await Program.run(logger: logger) { throw Failure() } }
    }
}
