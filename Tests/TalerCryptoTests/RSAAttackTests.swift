// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import RSA
import TalerCrypto
import TalerWire
import Testing

@Suite struct RSAAttackTests {
    /// Coins of two small denominations.
    struct Coins {
        let first: DenominationPrivateKey
        let second: DenominationPrivateKey
        let hash = CoinPublicKeyHash.random()
        let secret = BlindingSecret()

        init() throws {
            first = try DenominationPrivateKey(bits: 1024)
            second = try DenominationPrivateKey(bits: 1024)
        }

        func signature() throws -> [UInt8] {
            let blinded = try first.publicKey.blind(hash, with: secret)
            let signature = try first.publicKey.unblind(first.signBlinded(blinded), with: secret, for: hash)
            guard case .rsa(let bytes) = signature else { throw CryptoError.unsupportedCipher }
            return bytes
        }

        func isValid(_ bytes: [UInt8]) -> Bool { DenominationSignature.rsa(bytes).isValid(for: hash, by: first.publicKey) }

        var modulus: [UInt8] { Array(first.publicKey.encoded[4..<132]) }
    }

    let coins: Coins
    init() throws { coins = try Coins() }

    @Test func theExchangesSignatureIsValid() throws { #expect(coins.isValid(try coins.signature())) }

    @Test func aFlippedBitInAnyByteOfTheSignatureIsNoticed() throws {
        let signature = try coins.signature()
        for place in signature.indices {
            var changed = signature
            changed[place] ^= 1 << UInt8(place % 8)
            #expect(!coins.isValid(changed), "byte \(place)")
        }
    }

    @Test func anotherKeyOrCoinIsRefused() throws {
        let signature = DenominationSignature.rsa(try coins.signature())
        #expect(!signature.isValid(for: coins.hash, by: coins.second.publicKey))
        #expect(!signature.isValid(for: .random(), by: coins.first.publicKey))
        #expect(!signature.isValid(for: coins.hash, by: .clauseSchnorr(.random())))
    }

    @Test func numbersOutOfRangeAreRefused() throws {
        let signature = try coins.signature()
        #expect(!coins.isValid([]))
        #expect(!coins.isValid([0]))
        #expect(!coins.isValid([UInt8](repeating: 0, count: 128)))
        #expect(!coins.isValid([1]))
        #expect(!coins.isValid(coins.modulus))
        #expect(!coins.isValid(sum(signature, coins.modulus)))
        #expect(!coins.isValid(signature + [0]))
        #expect(!coins.isValid([1] + signature))
        #expect(!coins.isValid(Array(signature.dropLast())))
        #expect(!coins.isValid([UInt8](repeating: 0xFF, count: 1 << 20)))
    }

    @Test func leadingZerosDoNotChangeANumber() throws {
        let signature = try coins.signature()
        #expect(coins.isValid([0, 0] + signature))
        let json: JSONValue = ["cipher": "rsa", "rsa_signature": .string(Base32.encode([0, 0] + signature))]
        #expect(try DenominationSignature(json: json) == .rsa(signature))
    }

    @Test func aSignatureThatDoesNotFitTheCoinIsNotUnblinded() throws {
        let key = coins.first.publicKey
        let blinded = try coins.first.signBlinded(key.blind(coins.hash, with: coins.secret))
        #expect(throws: CryptoError.invalidSignature) { try key.unblind(blinded, with: BlindingSecret(), for: coins.hash) }
        #expect(throws: CryptoError.invalidSignature) { try key.unblind(blinded, with: coins.secret, for: .random()) }
        #expect(throws: CryptoError.invalidSignature) { try key.unblind(BlindedSignature([2]), with: coins.secret, for: coins.hash) }
        for bytes in [[], [0], coins.modulus, sum(blinded.bytes, coins.modulus)] {
            #expect(throws: CryptoError.malformedInput("a number out of range")) {
                try key.unblind(BlindedSignature(bytes), with: coins.secret, for: coins.hash)
            }
        }
    }

    @Test func thePrivateKeySignsNumbersInRangeOnly() throws {
        for bytes in [[], [0], coins.modulus, sum([1], coins.modulus), [UInt8](repeating: 0xFF, count: 4096)] {
            #expect(throws: CryptoError.malformedInput("a number out of range")) {
                try coins.first.signBlinded(BlindedPlanchet(bytes))
            }
        }
        #expect(try coins.first.signBlinded(BlindedPlanchet([1])).bytes == [1])
    }

    @Test func twoBlindingsOfACoinLookDifferent() throws {
        let key = coins.first.publicKey
        #expect(try key.blind(coins.hash, with: BlindingSecret()) != key.blind(coins.hash, with: BlindingSecret()))
        #expect(try key.blind(coins.hash, with: coins.secret) == key.blind(coins.hash, with: coins.secret))
    }

    @Test func oneKeySignsOnManyTasksAtOnce() async throws {
        let key = coins.first
        let planchets = try (0..<32).map { _ in try key.publicKey.blind(.random(), with: BlindingSecret()) }
        let expected = try planchets.map { try key.signBlinded($0) }
        let signatures = try await withThrowingTaskGroup(of: (Int, BlindedSignature).self) { group in
            for (index, planchet) in planchets.enumerated() { group.addTask { (index, try key.signBlinded(planchet)) } }
            return try await group.reduce(into: [Int: BlindedSignature]()) { $0[$1.0] = $1.1 }
        }
        #expect(planchets.indices.map { signatures[$0] } == expected)
    }

    @Test func aFreshKeyOf2048BitsSignsAndSurvivesStoring() throws {
        let key = try DenominationPrivateKey()
        guard case .rsa(let publicKey) = key.publicKey else { throw CryptoError.unsupportedCipher }
        #expect(publicKey.bitCount == 2048)
        let stored = try DenominationPrivateKey(exported: key.exported())
        #expect(stored.publicKey == key.publicKey)
        let blinded = try key.publicKey.blind(coins.hash, with: coins.secret)
        let signature = try key.publicKey.unblind(stored.signBlinded(blinded), with: coins.secret, for: coins.hash)
        #expect(signature.isValid(for: coins.hash, by: key.publicKey))
        #expect(!"\(key)".contains(Base32.encode(key.exported().prefix(8))))
    }

    /// The sum of two big-endian numbers.
    private func sum(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var carry = 0
        for place in 0..<max(left.count, right.count) {
            let digits = [left, right].map { place < $0.count ? Int($0[$0.count - 1 - place]) : 0 }
            let total = digits[0] + digits[1] + carry
            result.append(UInt8(total & 0xFF))
            carry = total >> 8
        }
        return Array((carry > 0 ? result + [UInt8(carry)] : result).reversed())
    }
}
