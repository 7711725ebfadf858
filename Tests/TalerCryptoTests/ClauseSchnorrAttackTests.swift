// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Sodium
import TalerCrypto
import TalerWire
import TestVectors
import Testing

@Suite struct ClauseSchnorrAttackTests {
    let key: DenominationPublicKey
    let coin: CoinPublicKeyHash
    let r: [UInt8]
    let s: [UInt8]

    init() throws {
        let file = try VectorFile.clauseSchnorr.json
        key = try DenominationPublicKey(.clauseSchnorr, base32: try #require(file["cs_pub"]?.stringValue))
        let first = try #require(file["coins"]?.arrayValue?.first)
        coin = try CoinPublicKeyHash(json: try #require(first["coin_pub_hash"]))
        guard case .clauseSchnorr(let r, let s) = try DenominationSignature(json: try #require(first["ub_sig"])) else {
            throw CryptoError.unsupportedCipher
        }
        (self.r, self.s) = (r, s)
    }

    private func isValid(r: [UInt8], s: [UInt8]) -> Bool { DenominationSignature.clauseSchnorr(r: r, s: s).isValid(for: coin, by: key) }

    @Test func theExchangesSignatureIsValid() { #expect(isValid(r: r, s: s)) }

    @Test func aFlippedBitInAnyByteIsNoticed() {
        for place in 0..<32 {
            var (changedR, changedS) = (r, s)
            changedR[place] ^= 1 << UInt8(place % 8)
            changedS[place] ^= 1 << UInt8(place % 8)
            #expect(!isValid(r: changedR, s: s), "byte \(place)")
            #expect(!isValid(r: r, s: changedS), "byte \(place)")
        }
    }

    @Test func anotherKeyOrCoinIsRefused() throws {
        let signature = DenominationSignature.clauseSchnorr(r: r, s: s)
        #expect(!signature.isValid(for: .random(), by: key))
        #expect(!signature.isValid(for: coin, by: .clauseSchnorr(try ClauseSchnorrKey(Ed25519.SigningKey().publicKey))))
        #expect(!signature.isValid(for: coin, by: .clauseSchnorr(.zero)))
        #expect(!signature.isValid(for: coin, by: .clauseSchnorr(try ClauseSchnorrKey([1] + [UInt8](repeating: 0, count: 31)))))
        #expect(!signature.isValid(for: coin, by: try DenominationPrivateKey(bits: 1024).publicKey))
    }

    @Test func degenerateAndUnreducedValuesAreRefused() {
        let zero = [UInt8](repeating: 0, count: 32)
        let neutral = [1] + zero.dropFirst()
        for bad in [zero, Array(neutral), [UInt8](repeating: 0xFF, count: 32), [], Array(r.dropLast()), r + [0]] {
            #expect(!isValid(r: bad, s: s))
            #expect(!isValid(r: r, s: bad))
        }
        var sum: [UInt8] = []
        var carry = 0
        for (digit, order) in zip(s, Ed25519Group.order.reversed()) {
            sum.append(UInt8((Int(digit) + Int(order) + carry) & 0xFF))
            carry = (Int(digit) + Int(order) + carry) >> 8
        }
        #expect(!isValid(r: r, s: sum))
    }
}
