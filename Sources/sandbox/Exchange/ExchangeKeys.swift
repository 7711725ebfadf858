// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ArgumentParser
import Configuration
import HTTPCore
import Logging
import ProgramSupport
import SandboxExchange

/// `sandbox exchange keys`
struct ExchangeKeys: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "Makes and signs the keys that the exchange needs now or soon. It may be serving meanwhile.",
        discussion: "Reads the offline key, which the serving process never does. The serving process takes the new keys in by itself.")

    @OptionGroup var option: ConfigurationOption

    @Flag(help: "Stays until SIGTERM, and makes what is needed next when it is due.")
    var watch = false

    func run() async throws {
        Program.startLogging()
        let logger = Logger(label: "exchange-keys")
        let settings = try ExchangeConfiguration(Configuration.load(option.file).section("exchange"))
        let clock = SystemWallClock()
        // Who watches expects that it is all there: another key would be made for a folder that is not mounted.
        let (setup, key) = try await ExchangeSetup.open(settings, mayMakeKey: !watch)
        guard watch else {
            let report = try await setup.extend(with: key, at: clock.now())
            print(report.hasChangedKeys ? "made \(report.words)" : "nothing was missing")
            print("due next: \(HTTPDate.text(report.nextDue))")
            return
        }
        try await Program.run(logger: logger) {
            let keeper = KeyKeeper(setup, key: key, clock: clock, logger: logger)
            logger.info("watching")
            return [KeeperProcess(task: Task { await keeper.run() })]
        }
    }
}

private struct KeeperProcess: Stoppable {
    let task: Task<Void, Never>

    func stop() async {
        task.cancel()
        await task.value
    }
}
