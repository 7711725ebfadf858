// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ArgumentParser
import HTTPClient
import HTTPCore
import MerchantAPI
import ProgramSupport
import TalerWire

/// `merchant-backend order`
struct OrderCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "order", abstract: "Asks the running backend where a contract's payment stands, and prints it for people.")

    @Argument(help: "H_contract of the order, in base32.")
    var contract: String

    @OptionGroup var option: ConfigurationOption

    func run() async throws {
        guard let hash = try? ContractHash(base32: contract) else { throw ValidationError("\(contract) is no H_contract") }
        let settings = try MerchantSettings(option.load())
        let backend = RunningBackend(settings.address)
        defer { backend.sender.shutdown() }
        // Nothing is made here: a restore would find a token in its way.
        let token = try Secrets.token(in: PrivateFile.read(settings.tokenFile), of: settings.tokenFile)
        let client = MerchantClient(baseURL: backend.baseURL, token: token, sender: backend.sender)
        let answer: Response
        do { answer = try await client.order(hash) } catch { throw CommandFailure("the backend does not answer: \(error)") }
        guard answer.status == 200 else {
            throw CommandFailure((try? answer.json())?["hint"]?.stringValue ?? "the backend answered \(answer.status)")
        }
        Self.show(try answer.json().decode(as: OrderStatus.self))
    }

    private static func show(_ order: OrderStatus) {
        print("order        \(order.transactionID), \(order.amount): \(order.state.rawValue)")
        for deposit in order.deposits {
            print("exchange     \(deposit.exchangeURL): \(deposit.coins.count) coins, \(deposit.state.rawValue)")
            if let key = deposit.exchangePub {
                for signature in [deposit.exchangeSignature].compactMap({ $0 }) + (deposit.exchangeSignatures ?? []) {
                    print("confirmed by \(key), its signature verified: \(signature)")
                }
            }
            if deposit.state == .unconfirmed {
                print("unconfirmed  the exchange says that it has the coins; it is asked for its signature still")
            } else if let error = deposit.lastError {
                print("still open   \(error)")
            }
            if let status = deposit.refusalStatus { print("refused      with \(status): \(deposit.refusal?["hint"]?.stringValue ?? "")") }
        }
        for refund in order.refunds ?? [] {
            let code = refund.code.map { " (the exchange's code \($0))" } ?? ""
            print("refund       \(refund.refundAmount) of coin \(refund.coinPub): \(refund.status.rawValue)\(code)")
            if let error = refund.details?.lastError { print("still open   \(error)") }
        }
        for transfer in order.transfers ?? [] {
            let word = transfer.confirmedBy == .bank ? "the bank brought it" : "the exchange says so, signed"
            print("wired        \(transfer.amount) in the transfer \(transfer.transferID) of \(transfer.total): \(word)")
        }
    }
}
