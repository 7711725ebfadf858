// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeClient
import HTTPCore
import TalerWire
import TestVectors

/// The exchange of protocol 14 whose conversations were recorded, at the time of the recording.
struct RecordedExchange14 {
    let now: Timestamp
    let keysJSON: JSONValue
    let wireJSON: JSONValue
    let master: MasterPublicKey
    let currency: Currency

    init() throws {
        now = try Timestamp(seconds: 1_795_229_545)
        keysJSON = try Transcript.json("protocol14/keys")["response"]?["body"] ?? .null
        wireJSON = try Transcript.json("protocol14/wire")["response"]?["body"] ?? .null
        master = try MasterPublicKey(base32: keysJSON["master_public_key"]?.stringValue ?? "")
        currency = try Currency("KUDOS")
    }

    func verify() throws -> VerifiedKeys { try verify(keysJSON, wireJSON) }

    func verify(_ keys: JSONValue, _ wire: JSONValue) throws -> VerifiedKeys {
        try VerifiedKeys(verifying: keys.decode(), wire: wire.decode(), master: master, currency: currency, now: now)
    }

    static func call(_ name: String) throws -> RecordedCall { try RecordedCall(path: "protocol14/\(name)") }
}
