// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import RSA
import TalerCrypto
import TalerWire
import Testing

@Suite struct RSAKeyTests {
    let modulus = [UInt8](repeating: 0xFF, count: 128)

    @Test func aModulusOfTheWrongSizeIsRefused() {
        for count in [0, 1, 64, 127, 1025, 2048, 60_000] {
            #expect(throws: RSAError.self) { try RSAPublicKey(modulus: [UInt8](repeating: 0xFF, count: count), exponent: [3]) }
        }
        #expect(throws: RSAError.modulusSize(bits: 1)) { try RSAPublicKey(modulus: [UInt8](repeating: 0, count: 127) + [1], exponent: [3]) }
        #expect(throws: RSAError.modulusSize(bits: 1023)) { try RSAPublicKey(modulus: [0x7F] + modulus.dropFirst(), exponent: [3]) }
    }

    @Test func anEvenModulusIsRefused() {
        #expect(throws: RSAError.evenModulus) { try RSAPublicKey(modulus: modulus.dropLast() + [0xFE], exponent: [3]) }
    }

    @Test func anUnusableExponentIsRefused() {
        for exponent in [[], [0], [1], [2], [1, 0], [UInt8](repeating: 0xFF, count: 9), [UInt8](repeating: 0xFF, count: 5000)] {
            #expect(throws: RSAError.exponent) { try RSAPublicKey(modulus: modulus, exponent: exponent) }
        }
        #expect(throws: Never.self) { try RSAPublicKey(modulus: modulus, exponent: [UInt8](repeating: 0xFF, count: 8)) }
    }

    @Test func leadingZerosOfAKeyAreDropped() throws {
        let key = try RSAPublicKey(modulus: [0, 0] + modulus, exponent: [0, 3])
        #expect(key.modulus == modulus)
        #expect(key.exponent == [3])
        #expect(try key == RSAPublicKey(modulus: modulus, exponent: [3]))
    }

    @Test func arithmeticModuloAKeyIsRight() throws {
        let key = try RSAPublicKey(modulus: modulus, exponent: [3])
        #expect(try key.power([2]) == [8])
        #expect(try key.product([200], [200]) == [0x9C, 0x40])
        // 2^1024 - 1 = 0 modulo the modulus, so 2 · 2^1023 = 1.
        #expect(try key.inverse([2]) == [0x80] + [UInt8](repeating: 0, count: 127))
        #expect(key.isUnit([2]))
        // 2^1024 - 1 is divisible by 3.
        #expect(!key.isUnit([3]))
        #expect(throws: RSAError.notInvertible) { try key.inverse([3]) }
        #expect(throws: RSAError.outOfRange) { try key.inverse([0]) }
        #expect(throws: RSAError.outOfRange) { try key.product([1], modulus) }
        #expect(!key.isUnit([]))
        #expect(!key.isUnit(modulus))
    }

    @Test func aSignatureOfAHashWithAFactorInCommonWithTheKeyIsRefused() throws {
        // n = 3p: a third of all hashes are multiples of 3, and the private key signs those as well as others.
        let stored = try DenominationPrivateKey(bits: 2048).exported()
        let key = try DenominationPrivateKey(primes: ([3], Array(stored.suffix(128))), exponent: [1, 0, 1])
        let publicKey = key.publicKey
        let modulus = Array(publicKey.encoded.dropFirst(4).dropLast(3))
        var seen: Set<Bool> = []
        while seen.count < 2 {
            let coin = CoinPublicKeyHash.random()
            let number = KDF.mod(modulus, salt: publicKey.encoded, keyMaterial: coin.bytes, context: "RSA-FDA FTpsW!")
            let isMultiple = number.reduce(0) { ($0 * 256 + Int($1)) % 3 } == 0
            let signature = DenominationSignature.rsa(try key.signBlinded(BlindedPlanchet(number)).bytes)
            #expect(signature.isValid(for: coin, by: publicKey) == !isMultiple)
            if isMultiple { #expect(throws: CryptoError.fraudulentKey) { try publicKey.blind(coin, with: BlindingSecret()) } }
            seen.insert(isMultiple)
        }
    }

    @Test func aMalformedEncodingIsRefused() throws {
        let good = [0, 128, 0, 1] + modulus + [3]
        #expect(throws: Never.self) { try DenominationPublicKey(.rsa, encoded: good) }
        for bytes in [[], [0], [0, 128, 0], [0, 128, 0, 1], Array(good.dropLast()), good + [0], [0xFF, 0xFF, 0xFF, 0xFF] + good] {
            #expect(throws: CryptoError.self) { try DenominationPublicKey(.rsa, encoded: bytes) }
        }
        #expect(throws: CryptoError.self) { try DenominationPublicKey(.rsa, base32: "!") }
        #expect(throws: CryptoError.self) { try DenominationPublicKey(.clauseSchnorr, base32: "00") }
    }

    @Test func aDamagedPrivateKeyIsRefused() throws {
        let stored = try RSAPrivateKey(bits: 1024).exported()
        #expect(throws: Never.self) { try RSAPrivateKey(exported: stored) }
        #expect(throws: RSAError.malformedPrivateKey) { try RSAPrivateKey(exported: []) }
        #expect(throws: RSAError.malformedPrivateKey) { try RSAPrivateKey(exported: stored + [0]) }
        #expect(throws: RSAError.malformedPrivateKey) { try RSAPrivateKey(exported: stored.dropLast()) }
        // A byte of each length and of each number but the exponent: with another exponent this would be another key.
        for place in [0, 1, 20, 130, 131, 135, 136, 150, stored.count - 66, stored.count - 65, stored.count - 1] {
            var damaged = stored
            damaged[place] ^= 2
            #expect(throws: RSAError.self, "byte \(place)") { try RSAPrivateKey(exported: damaged) }
        }
    }

    @Test func aPrivateKeyOfAnOddSizeIsRefused() {
        for bits in [0, -1, 512, 1025, 8193, Int.max] {
            #expect(throws: RSAError.modulusSize(bits: bits)) { try RSAPrivateKey(bits: bits) }
        }
    }

    @Test func anUnknownCipherIsRefused() {
        for cipher: JSONValue in ["", "DSA", "RSA+age_restricted", 1, .null] {
            let json: JSONValue = ["cipher": cipher, "rsa_signature": "00", "rsa_pub": "00"]
            #expect(throws: JSONError.self) { try DenominationSignature(json: json) }
            #expect(throws: JSONError.self) { try DenominationKeyObject(json: json) }
        }
        #expect(throws: JSONError.self) { try BlindedPlanchet(json: ["cipher": "CS", "rsa_blinded_planchet": "00"]) }
        #expect(throws: JSONError.self) { try BlindedSignature(json: ["cipher": "CS", "blinded_rsa_signature": "00"]) }
        #expect(throws: JSONError.self) { try DenominationSignature(json: ["cipher": "RSA"]) }
    }
}
