// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ArgumentParser
import Configuration
import HTTPCore
import ProgramSupport
import SandboxExchange
import TalerWire

/// `sandbox exchange revoke`
struct RevokeExchangeKeys: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "Takes keys out of use for good, and makes what is needed in their place.",
        discussion: """
            The exchange may be serving meanwhile: it takes the change in by itself. Coins of a revoked denomination can no longer be \
            spent, and there is no way to get their money back here. Exactly one of the options is needed.
            """)

    @OptionGroup var option: ConfigurationOption

    @Option(help: "The hash of a denomination's public key.")
    var denomination: String?

    @Option(help: "Every denomination of that value, KUDOS:1 for example.")
    var value: String?

    @Flag(help: "Every denomination.")
    var all = false

    @Option(help: "A signing key.")
    var signingKey: String?

    @Flag(help: "Every signing key.")
    var allSigningKeys = false

    func run() async throws {
        Program.startLogging()
        let settings = try ExchangeConfiguration(Configuration.load(option.file).section("exchange"))
        let choice = try choice(settings.currency)
        let (setup, key) = try await ExchangeSetup.open(settings)
        let report: SetupReport
        do { report = try await setup.revoke(choice, with: key, at: SystemWallClock().now()) } catch SandboxExchangeError.nothingToRevoke {
            print("\(SandboxExchangeError.nothingToRevoke)")
            throw ExitCode(1)
        }
        print("made \(report.words)")
    }

    private func choice(_ currency: Currency) throws -> RevocationChoice {
        let given = [denomination != nil, value != nil, all, signingKey != nil, allSigningKeys].filter { $0 }.count
        guard given <= 1 else {
            throw ValidationError("only one of \(Self.options) may be given")
        }
        if let denomination { return .denomination(try Self.bytes(denomination, "--denomination")) }
        if let signingKey { return .signingKey(try Self.bytes(signingKey, "--signing-key")) }
        if let value {
            guard let amount = try? Amount(value) else { throw ValidationError("--value: an amount like \(currency):1 is needed") }
            guard amount.currency == currency else {
                throw ValidationError("--value: this exchange's currency is \(currency), not \(amount.currency)")
            }
            return .value(amount)
        }
        if all { return .allDenominations }
        if allSigningKeys { return .allSigningKeys }
        throw ValidationError("one of \(Self.options) is needed")
    }

    private static let options = "--denomination, --value, --all, --signing-key, --all-signing-keys"

    private static func bytes<Bytes: FixedBytes>(_ text: String, _ option: String) throws -> Bytes {
        do { return try Bytes(base32: text) } catch { throw ValidationError("\(option): \(error)") }
    }
}
