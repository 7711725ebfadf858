// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import TalerWire

/// A request on its way to an exchange, over sockets or not.
struct Passing: Sendable {
    var method: HTTPMethod
    /// Path and query, with the slash before.
    var target: String
    var fields: HTTPFields
    var body: [UInt8]

    enum Endpoint: String, Sendable, Hashable { case batchDeposit, deposits, keys, other }

    private var segments: [Substring] { target.prefix { $0 != "?" }.split(separator: "/") }

    var endpoint: Endpoint {
        switch segments.first {
        case "batch-deposit": .batchDeposit
        case "deposits": .deposits
        case "keys": .keys
        default: .other
        }
    }

    /// The contract that a deposit, or a question about one, is about.
    var contract: ContractHash? {
        switch endpoint {
        case .batchDeposit: (try? JSONParser.parse(body))?["h_contract_terms"].flatMap { try? ContractHash(json: $0) }
        case .deposits: segments.count > 3 ? try? ContractHash(base32: String(segments[3])) : nil
        case .keys, .other: nil
        }
    }

    /// The first coin of it.
    var coin: String? {
        switch endpoint {
        case .batchDeposit: (try? JSONParser.parse(body))?["coins"]?.arrayValue?.first?["coin_pub"]?.stringValue
        case .deposits: segments.count > 4 ? String(segments[4]) : nil
        case .keys, .other: nil
        }
    }
}
