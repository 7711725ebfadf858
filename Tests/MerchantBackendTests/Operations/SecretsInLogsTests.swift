// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeFixture
import HTTPCore
import Logging
import MerchantAPI
import Synchronization
import TalerCrypto
import TalerWire
import Testing
import TestSupport

/// What may not stand in a log, whatever is logged: who reads logs must not be able to spend, sign or call.
struct SecretsInLogsTests {
    private final class Log: Sendable {
        private let lines = Mutex<[String]>([])
        var text: String { lines.withLock { $0.joined(separator: "\n") } }
        func append(_ line: String) { lines.withLock { $0.append(line) } }
    }

    /// Everything, down to the quietest level.
    private struct Recorder: LogHandler {
        let log: Log
        var logLevel = Logger.Level.trace
        var metadata: Logger.Metadata = [:]
        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }
        func log(event: LogEvent) { log.append("\(event.level) \(event.message) \(event.metadata ?? [:])") }
    }

    @Test func purchasesAndTheirFailuresLeaveNoSecretInTheLog() async throws {
        let log = Log()
        let merchant = try await Merchant(logger: Logger(label: "test", factory: { _ in Recorder(log: log) }))
        let coins = try await merchant.exchange.coins([amount("0.64"), amount("0.64"), amount("0.64")])
        var secrets = [Merchant.token, Base32.encode(merchant.key.exportedSeed())]
        func permission(_ id: Int64, _ coin: TestCoin, _ digits: String = "0.5") async throws -> DepositPermission {
            let permission = try merchant.permission(try await merchant.contract(id), [(coin, digits)])
            for coin in permission.coins {
                secrets.append("\(coin.coinSignature)")
                secrets.append(coin.denominationSignature.stringValue ?? coin.denominationSignature.text)
            }
            return permission
        }
        let first = try await permission(1, coins[0])
        merchant.wire.plan(.answerLost)
        #expect(try await merchant.pay(first).status == 502)
        merchant.wire.plan(.changed { _ in Response(json: ["exchange_sig": "no"]) })
        #expect(try await merchant.pay(first).status == 502)
        #expect(try await merchant.pay(first).status == 200)
        // The exchange's refusal holds the coin's history, with the signature that spent it.
        #expect(try await merchant.pay(permission(2, coins[0])).status == 409)
        // What the exchange says is logged, so it may not hold what was sent there.
        let third = try await permission(3, coins[1])
        let echo = try JSONValue(encoding: third)
        merchant.wire.plan(.instead(Response(status: 400, json: ["code": 22, "hint": "no", "request": echo])))
        _ = try await merchant.pay(third)
        #expect(try await merchant.pay(permission(4, coins[2], "0.1")).status == 400)
        _ = await merchant.send(.post, "/pay", raw: Array("{\"coins\": \"\(secrets[2])\"}".utf8))
        _ = await merchant.send(.get, "/order?H_contract=x&token=\(Merchant.token)", token: "wrong")
        let text = log.text
        #expect(text.contains("http://exchange.test/"))
        #expect(secrets.count >= 10)
        for secret in secrets where secret.utf8.count > 8 { #expect(!text.contains(secret), "\(secret.prefix(12))…") }
    }
}
