// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Sodium
import TestVectors
import Testing

@Suite struct SodiumTests {
    @Test func sha512GivesTheStandardsExample() {
        // FIPS 180-4, "abc".
        let expected =
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
        #expect(Hex.encode(SHA512.hash(Array("abc".utf8))) == expected)
        var hash = SHA512()
        hash.update([])
        hash.update(Array("a".utf8))
        hash.update(SecretBytes(Array("bc".utf8)))
        #expect(Hex.encode(hash.finalize()) == expected)
        #expect(SHA512.secretHash(Array("abc".utf8)).exported() == Hex.decode(expected))
    }

    @Test func hmacGivesTheStandardsExample() {
        // RFC 4231, test case 2.
        let (key, message) = (Array("Jefe".utf8), Array("what do ya want for nothing?".utf8))
        #expect(
            Hex.encode(HMAC.sha256(key: key, message: message)) == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
        #expect(
            Hex.encode(HMAC.sha512(key: key, message: message))
                == "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737"
        )
    }

    @Test func x25519GivesTheStandardsExample() throws {
        // RFC 7748, 6.1.
        let alice = Hex.decode("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a")
        let bob = Hex.decode("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb")
        #expect(Hex.encode(try X25519.publicKey(of: bob)) == "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f")
        let shared = try X25519.sharedSecret(bob, alice)
        #expect(Hex.encode(shared.exported()) == "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742")
        #expect(throws: SodiumError.self) { try X25519.publicKey(of: bob + [0]) }
        #expect(throws: SodiumError.degenerateResult) { try X25519.sharedSecret(bob, [UInt8](repeating: 0, count: 32)) }
        #expect(throws: SodiumError.length(expected: 32, actual: 0)) { try X25519.sharedSecret(bob, []) }
    }

    @Test func ed25519GivesTheStandardsExample() throws {
        // RFC 8032, 7.1, test 1: an empty message.
        let key = try Ed25519.SigningKey(seed: Hex.decode("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"))
        #expect(Hex.encode(key.publicKey) == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
        let signature = key.sign([])
        #expect(
            Hex.encode(signature)
                == "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        )
        #expect(Ed25519.isValid(signature, for: [], by: key.publicKey))
        #expect(!Ed25519.isValid(signature, for: [0], by: key.publicKey))
        #expect(!Ed25519.isValid([], for: [], by: key.publicKey))
        #expect(!Ed25519.isValid(signature, for: [], by: []))
        #expect(key.seed == SecretBytes(Hex.decode("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")))
    }

    @Test func aSecretShowsNothingOfItself() throws {
        let secret = SecretBytes(Array("hidden words".utf8))
        for text in ["\(secret)", String(reflecting: secret), String(describing: [secret])] { #expect(!text.contains("hidden")) }
        var dumped = ""
        dump(secret, to: &dumped)
        #expect(!dumped.contains("104"))
        #expect(secret == SecretBytes(Array("hidden words".utf8)))
        #expect(secret != SecretBytes(Array("hidden word!".utf8)))
        #expect(secret != SecretBytes([]))
        #expect(try secret.slice(7..<12).exported() == Array("words".utf8))
        #expect(throws: SodiumError.self) { try secret.slice(7..<13) }
        #expect(SecretBytes([]) == SecretBytes([UInt8]()))
    }

    @Test func randomBytesDiffer() {
        #expect(RandomBytes.make(count: 32) != RandomBytes.make(count: 32))
        #expect(RandomBytes.make(count: 0) == [])
        #expect(SecretBytes.random(count: 32) != SecretBytes.random(count: 32))
        #expect((0..<100).allSatisfy { _ in RandomBytes.uniform(below: 3) < 3 })
    }

    @Test func comparisonLooksAtEveryByte() {
        #expect(ConstantTime.areEqual([1, 2, 3], [1, 2, 3]))
        #expect(!ConstantTime.areEqual([1, 2, 3], [1, 2, 4]))
        #expect(!ConstantTime.areEqual([1, 2, 3], [1, 2]))
        #expect(ConstantTime.areEqual([UInt8](), [UInt8]()))
    }

    @Test func aPasswordFitsItsHashOnly() throws {
        let hash = try PasswordHash.make("correct horse", cost: .minimal)
        #expect(hash.hasPrefix("$argon2id$"))
        #expect(PasswordHash.isValid("correct horse", for: hash))
        #expect(!PasswordHash.isValid("correct horsf", for: hash))
        #expect(!PasswordHash.isValid("", for: hash))
        #expect(try PasswordHash.make("correct horse", cost: .minimal) != hash)
        for text in ["", "correct horse", "$argon2id$", String(repeating: "x", count: 500), hash + "\0"] {
            #expect(!PasswordHash.isValid("correct horse", for: text))
        }
    }

    @Test func aKeyedHashDependsOnKeyAndMessage() throws {
        let key = SecretBytes.random(count: 32)
        let hash = try KeyedHash.make([1, 2, 3], key: key)
        #expect(hash.count == 32)
        #expect(try KeyedHash.make([1, 2, 3], key: key) == hash)
        #expect(try KeyedHash.make([1, 2, 4], key: key) != hash)
        #expect(try KeyedHash.make([1, 2, 3], key: SecretBytes.random(count: 32)) != hash)
        #expect(throws: SodiumError.self) { try KeyedHash.make([1], key: [1, 2, 3]) }
        #expect(throws: SodiumError.self) { try KeyedHash.make([1], key: key, byteCount: 65) }
    }

    @Test func derivedKeysHaveTheAskedLength() throws {
        for length in [0, 1, 31, 32, 33, 64, HKDF.maximumLength] {
            #expect(try HKDF.derive(length: length, salt: [1], keyMaterial: [2], info: []).count == length)
        }
        #expect(throws: SodiumError.self) { try HKDF.derive(length: HKDF.maximumLength + 1, salt: [1], keyMaterial: [2], info: []) }
        #expect(throws: SodiumError.self) { try HKDF.derive(length: -1, salt: [1], keyMaterial: [2], info: []) }
    }
}
