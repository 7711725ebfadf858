// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import TalerWire
import Testing

@Suite struct Base32Tests {
    @Test func everyLengthSurvives() throws {
        for count in 0..<70 {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 151 &+ 7) }
            let text = Base32.encode(bytes)
            #expect(text.utf8.count == (count * 8 + 4) / 5)
            #expect(try Base32.decode(text) == bytes)
            #expect(try Base32.decode(text.lowercased(), byteCount: count) == bytes)
        }
    }

    @Test(arguments: ["*", " ", "-", "=", "é", "\u{0}", "A\n", "１"])
    func anotherCharacterIsRefused(_ text: String) {
        #expect(throws: WireError.self) { try Base32.decode(text) }
    }

    @Test func aFixedValueHasOneLength() throws {
        #expect(throws: WireError.length(expected: 32, actual: 31)) { try CoinPublicKey([UInt8](repeating: 0, count: 31)) }
        #expect(throws: WireError.self) { try CoinPublicKey(base32: String(repeating: "0", count: 51)) }
        #expect(throws: WireError.self) { try CoinPublicKey(base32: String(repeating: "0", count: 53)) }
        #expect(try CoinPublicKey(base32: String(repeating: "0", count: 52)) == .zero)
        #expect(throws: JSONError.self) { try CoinPublicKey(json: 1) }
        #expect(CoinPublicKey.zero.isZero)
        // Bits beyond the value do not count.
        #expect(try CoinPublicKey(base32: String(repeating: "0", count: 51) + "7") == .zero)
    }
}
