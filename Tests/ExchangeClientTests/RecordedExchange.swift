// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeClient
import HTTPCore
import TalerWire
import TestVectors
import Testing

/// The exchange of protocol 23 whose conversations were recorded, at the time of the recording.
struct RecordedExchange {
    let now: Timestamp
    let keysJSON: JSONValue
    let master: MasterPublicKey
    let currency: Currency

    init() throws {
        now = try Timestamp(seconds: 1_795_229_784)
        keysJSON = try Transcript.json("protocol23/02-keys")["response"]?["body"] ?? .null
        master = try MasterPublicKey(base32: keysJSON["master_public_key"]?.stringValue ?? "")
        currency = try Currency("KUDOS")
    }

    func verify(_ json: JSONValue) throws -> VerifiedKeys {
        try VerifiedKeys(verifying: json.decode(), master: master, currency: currency, now: now)
    }
}

/// One recorded call.
struct RecordedCall {
    /// Path segments of the URL, without the query.
    let path: [String]
    let request: JSONValue
    let response: Response

    init(_ name: String) throws { try self.init(path: "protocol23/\(name)") }

    /// - Parameter path: in the folder of transcripts.
    init(path: String) throws {
        let json = try Transcript.json(path)
        let target = json["request"]?["path"]?.stringValue ?? json["request"]?["url"]?.stringValue ?? ""
        let origin = target.hasPrefix("http") ? target.split(separator: "/").prefix(2).count : 0
        self.path = target.prefix { $0 != "?" }.split(separator: "/").dropFirst(origin).map(String.init)
        request = json["request"]?["body"] ?? .null
        response = Response(status: Int(json["response"]?["status"]?.integerValue ?? 0), json: json["response"]?["body"] ?? .null)
    }
}

/// An exchange's keys and the time of its conversations.
struct Recording {
    let keys: VerifiedKeys
    let now: Timestamp
    /// The merchant's account that was paid.
    let account: PaytoURI
    let merchantPub: MerchantPublicKey

    init(_ protocolVersion: Int) throws {
        switch protocolVersion {
        case 14:
            let exchange = try RecordedExchange14()
            keys = try exchange.verify()
            now = exchange.now
        default:
            let exchange = try RecordedExchange()
            keys = try exchange.verify(exchange.keysJSON)
            now = exchange.now
        }
        let deposit: BatchDepositRequest = try RecordedCall(
            path: protocolVersion == 14 ? "protocol14/batch-deposit-ok" : "protocol23/71-batch-deposit-for-refund"
        ).request.decode()
        account = try PaytoURI(deposit.merchantPaytoURI)
        merchantPub = deposit.merchantPub
    }
}

extension EdDSASignature {
    /// With one bit changed.
    func flipped(_ byte: Int) throws -> EdDSASignature {
        var bytes = bytes
        bytes[byte] ^= 1
        return try EdDSASignature(bytes)
    }
}
