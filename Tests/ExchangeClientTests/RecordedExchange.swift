// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeClient
import HTTPCore
import TalerWire
import TestVectors

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
    let request: JSONValue
    let response: Response

    init(_ name: String) throws {
        let json = try Transcript.json("protocol23/\(name)")
        request = json["request"]?["body"] ?? .null
        response = Response(status: Int(json["response"]?["status"]?.integerValue ?? 0), json: json["response"]?["body"] ?? .null)
    }
}
