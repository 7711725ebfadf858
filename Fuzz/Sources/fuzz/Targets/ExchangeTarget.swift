// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import TalerWire

/// Every answer of an exchange: whatever is accepted is the same after writing and reading it again.
enum ExchangeTarget {
    static func run(_ input: [UInt8]) {
        guard let json = try? JSONParser.parse(input, duplicates: .keepLast) else { return }
        check(json, as: ExchangeKeysResponse.self)
        check(json, as: ExchangeKeysResponse14.self)
        check(json, as: ExchangeWireResponse.self)
        check(json, as: ExchangeConfig.self)
        check(json, as: DepositSuccess.self)
        check(json, as: DepositWired.self)
        check(json, as: DepositPending.self)
        check(json, as: TransferDetails.self)
        check(json, as: CoinRefundResponse.self)
        check(json, as: KYCRequired.self)
        check(json, as: KYCStatus.self)
    }

    private static func check<Answer: Codable & Equatable>(_ json: JSONValue, as type: Answer.Type) {
        let answer: Answer
        do { answer = try json.decode(as: type) } catch {
            require(!error.reason.isEmpty, "a refusal has a reason")
            return
        }
        let written = must("\(type) is written") { try JSONValue(encoding: answer) }
        let again = must("\(type) is JSON") { try JSONParser.parse(written.serialized()) }
        require(must("\(type) reads back") { try again.decode(as: type) } == answer, "\(type): written and read is the same")
    }
}
