// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import TalerCrypto
import TalerWire
import TestVectors
import Testing

extension Checks {
    static func merchantWireHash(_ answer: KnownAnswer) throws {
        let salt = try answer.decode("salt", as: WireSalt.self)
        #expect(salt.bytes == answer.hex("salt_hex"))
        let hash = WireHash(payto: try answer.decode("payto_uri"), salt: salt)
        #expect(hash.base32 == answer.text("h_wire"))
        #expect(hash.bytes == answer.hex("h_wire_hex"))
        try answer.expect(
            MerchantWireDetails(wireHash: hash), signature: "merchant_wire_details_sig", by: try answer.privateKey(named: "merchant"))
    }

    /// Protocol 14 knows one hash, of the URI as given; protocol 23 a second one, of the normalized URI.
    static func paytoHash(_ answer: KnownAnswer) throws {
        let text = answer.text("payto_uri")
        let expected = answer.file == .library14 ? answer.text("h_payto") : answer.text("h_full_payto")
        if answer.file == .library23, answer.value["normalized_payto"] == .null {
            // The library hashes the text of an account that it finds invalid; this program takes in no such account.
            #expect(throws: WireError.self) { try PaytoURI(text) }
            #expect(Base32.encode(HashCode(ofText: text).bytes.prefix(32)) == expected)
            return
        }
        let uri = try PaytoURI(text)
        #expect(PaytoHash(of: uri).base32 == expected)
        guard answer.file == .library23 else { return }
        #expect(uri.normalized == answer.text("normalized_payto"))
        #expect(NormalizedPaytoHash(of: uri).base32 == answer.text("h_normalized_payto"))
        #expect(NormalizedPaytoHash(of: uri).bytes == answer.hex("h_normalized_payto_hex"))
    }

    static func paytoValidate(_ answer: KnownAnswer) throws {
        guard answer.flag("valid") == true else {
            #expect(throws: WireError.self) { try PaytoURI(answer.text("payto_uri")) }
            return
        }
        let uri = try PaytoURI(answer.text("payto_uri"))
        #expect(uri.method == answer.text("method"))
        #expect(uri.text == answer.text("payto_uri"))
    }
}
