// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ArgumentParser
import BankAPI
import Configuration
import ExchangeStore
import HTTPClient
import HTTPCore
import ProgramSupport
import SandboxExchange
import Synchronization
import TalerWire

/// `sandbox exchange audit`
struct AuditExchange: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Proves the exchange's books: no money made or lost, every signature right, and the bank says the same.",
        discussion: "Ends with 1 and a sentence for each thing that is not so. The exchange may be serving meanwhile; the bank must be.")

    @OptionGroup var option: ConfigurationOption

    func run() async throws {
        Program.startLogging()
        let settings = try ExchangeConfiguration(Configuration.load(option.file).section("exchange"))
        let sender = CurlSender()
        defer { sender.shutdown() }
        let bank = NotingSender(sender)
        let audit: ExchangeAudit
        do { audit = try await ExchangeAuditor(configuration: settings, sender: bank).audit() } catch let error as BankClientError {
            print("the bank cannot be asked, and must be: \(bank.last ?? settings.wireGateway.baseURL): \(error.words)")
            throw ExitCode(1)
        }
        for line in audit.table(settings.currency) { print(line) }
        let counts = audit.counts
        print(
            "\(counts.reserves) reserves, \(counts.withdrawals) withdrawals, \(counts.coins) coins spent, \(counts.deposits) deposits, "
                + "\(counts.refunds) refunds, \(counts.refreshes) refreshes, \(counts.transfers) transfers")
        for problem in audit.problems { print(problem) }
        guard audit.isSound else { throw ExitCode(1) }
        print("no money was made or lost, every signature is right, and the bank says the same")
    }
}

/// Remembers what was asked last.
private final class NotingSender: Sender {
    private let inner: any Sender
    private let asked = Mutex<String?>(nil)

    init(_ inner: any Sender) { self.inner = inner }

    /// Method and URL.
    var last: String? { asked.withLock { $0 } }

    func send(_ request: OutgoingRequest) async throws(SendError) -> Response {
        asked.withLock { $0 = "\(request.method.rawValue) \(request.url)" }
        return try await inner.send(request)
    }
}

extension BankClientError {
    /// For people.
    fileprivate var words: String {
        switch self {
        case .send(let error): "\(error)"
        case .refused(let status, let refusal): "status \(status)\(refusal.map { ": \($0.error)" } ?? "")"
        case .malformed(let error): "an answer that cannot be read: \(error)"
        }
    }
}
