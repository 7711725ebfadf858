// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import Foundation
import HTTPClient
import HTTPCore
import MerchantAPI
import ProgramFixture
import TalerWire
import Testing

/// What somebody does with a wallet, and everybody's word about where the money is.
struct Life {
    let market: Market
    let currency: Currency
    /// Everything that the wallet ever said.
    private(set) var told = ""

    init(_ market: Market) throws {
        self.market = market
        currency = try Currency("KUDOS")
    }

    // MARK: The wallet

    /// A command of the wallet, to its end.
    mutating func wallet(_ arguments: [String]) async throws -> (status: Int32, output: String) {
        let result = try await market.wallet(arguments)
        told += result.output
        return result
    }

    /// Buys, and asks the backend for the order.
    mutating func buy(_ product: String, _ options: [String] = []) async throws -> (output: String, order: OrderStatus) {
        let bought = try await wallet(["pay", market.url("shop"), product] + options)
        #expect(bought.status == 0, "\(bought.output)")
        let word = bought.output.split(whereSeparator: \.isWhitespace).drop { $0 != "H_contract" }.dropFirst().first ?? ""
        return (bought.output, try await order(ContractHash(base32: word.filter { $0.isLetter || $0.isNumber })))
    }

    /// What can be spent.
    mutating func available() async throws -> Amount {
        let balance = try await wallet(["balance"])
        // One exchange, nothing on its way, locked or set aside.
        #expect(balance.output.split(separator: "\n").count == 1, "\(balance.output)")
        return try Amount(String(balance.output.prefix { $0 != " " }))
    }

    /// Fees of withdrawals and refreshes, as the wallet told them.
    func walletFees() throws -> Amount {
        let lines = told.split(separator: "\n").filter { $0.hasPrefix("planned ") || $0.hasPrefix("refreshing ") }
        #expect(lines.count >= 3, "a withdrawal, what a payment left, a refresh: \(told)")
        return try Amount.sum(
            lines.map { line in
                let word = try #require(line.range(of: "fees "))
                return try Amount(String(line[word.upperBound...].prefix { $0 != "," && $0 != " " }))
            }, in: currency)
    }

    // MARK: The merchant

    func order(_ hash: ContractHash) async throws -> OrderStatus { try await market.backend().order(hash).json().decode() }

    /// A question to the backend that ``MerchantClient`` has no words for.
    func ask(_ path: String) async throws -> Response {
        let token = try secret("merchant.token")
        return try await market.sender.send(
            OutgoingRequest(.get, try market.url("backend") + path, fields: ["Authorization": "Bearer \(token)"]))
    }

    func doctor() async throws -> (status: Int32, output: String) {
        let doctor = try RunningProgram("merchant-backend", ["doctor", "-c", market.configuration])
        return (await doctor.exitStatus(), doctor.output)
    }

    /// Of deposits, refunds and transfers, as the backend's books have them.
    func merchantFees() async throws -> Amount {
        let export = try RunningProgram("merchant-backend", ["export", "--what", "fees", "-c", market.configuration])
        #expect(await export.exitStatus() == 0)
        let rows = export.output.split(whereSeparator: \.isNewline).map { $0.components(separatedBy: ",") }
        let column = try #require(rows.first?.firstIndex(of: "amount"), "\(export.output)")
        return try Amount.sum(rows.dropFirst().map { try Amount("\(currency):\($0[column])") }, in: currency)
    }

    /// What the bank says has reached the merchant.
    func revenue() async throws -> [RevenueTransaction] {
        let login = BankCredentials(username: "shop", password: try secret("shop.password"))
        let client = RevenueClient(
            baseURL: try market.url("bank") + "accounts/shop/taler-revenue/", login: .basic(login), sender: market.sender)
        return try await client.history(delta: 10)?.transactions ?? []
    }

    // MARK: The exchange

    /// What the bank says has reached the exchange.
    func paidIn() async throws -> [IncomingTransaction] {
        let login = BankCredentials(username: "exchange", password: try secret("exchange.password"))
        let gateway = WireGatewayClient(
            baseURL: try market.url("bank") + "accounts/exchange/taler-wire-gateway/", credentials: login, sender: market.sender)
        return try await gateway.incoming(delta: 10)?.transactions ?? []
    }

    /// A line of the exchange's audit.
    func audited(_ name: String, in output: String) throws -> Amount {
        let line = try #require(output.split(separator: "\n").first { $0.hasPrefix(name + " ") }, "\(name) in \(output)")
        let words = line.dropFirst(name.count).split(separator: " ")
        return try Amount("\(currency):\(words.first ?? "")")
    }

    func secret(_ file: String) throws -> String {
        try String(contentsOfFile: "\(market.folder)/\(file)", encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
