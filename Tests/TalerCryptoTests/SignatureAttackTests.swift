// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Sodium
import TalerCrypto
import TalerWire
import Testing

/// Each test takes every signed structure.
@Suite struct SignatureAttackTests {
    private func isValid(_ signature: [UInt8], _ message: [UInt8], _ sample: SignedSample) -> Bool {
        Ed25519.isValid(signature, for: message, by: sample.publicKey.bytes)
    }

    @Test func everyPurposeHasASample() {
        let sampled = Set(SignedSample.all.map { type(of: $0.structure).purpose })
        let known = (UInt32(1000)...2000).compactMap { Purpose(rawValue: $0) }
        #expect(known.count > 20)
        #expect(Set(known).subtracting(sampled) == [])
    }

    @Test(arguments: SignedSample.all)
    func theOwnersSignatureIsValid(_ sample: SignedSample) {
        let signature = sample.key.sign(sample.structure)
        #expect(sample.structure.isValid(signature, by: sample.publicKey))
        #expect(isValid(signature.bytes, sample.structure.signedBytes, sample))
        #expect(sample.structure.signedBytes.count == type(of: sample.structure).byteCount)
    }

    @Test(arguments: SignedSample.all)
    func aFlippedBitInAnyByteOfTheMessageIsNoticed(_ sample: SignedSample) {
        let signature = sample.key.sign(sample.structure).bytes
        let message = sample.structure.signedBytes
        for place in message.indices {
            var changed = message
            changed[place] ^= 1 << UInt8(place % 8)
            #expect(!isValid(signature, changed, sample), "byte \(place)")
        }
    }

    @Test(arguments: SignedSample.all)
    func aFlippedBitInAnyByteOfTheSignatureIsNoticed(_ sample: SignedSample) throws {
        let signature = sample.key.sign(sample.structure).bytes
        for place in signature.indices {
            var changed = signature
            changed[place] ^= 1 << UInt8(place % 8)
            #expect(!sample.structure.isValid(try EdDSASignature(changed), by: sample.publicKey), "byte \(place)")
        }
    }

    @Test(arguments: SignedSample.all)
    func aTruncatedMessageOrSignatureIsRefused(_ sample: SignedSample) {
        let signature = sample.key.sign(sample.structure).bytes
        let message = sample.structure.signedBytes
        for count in [0, 1, message.count - 1] { #expect(!isValid(signature, Array(message.prefix(count)), sample)) }
        for count in [0, 1, 32, 63] {
            #expect(!isValid(Array(signature.prefix(count)), message, sample))
            #expect(throws: WireError.self) { try EdDSASignature(signature.prefix(count)) }
        }
    }

    @Test(arguments: SignedSample.all)
    func anExtendedMessageOrSignatureIsRefused(_ sample: SignedSample) {
        let signature = sample.key.sign(sample.structure).bytes
        let message = sample.structure.signedBytes
        #expect(!isValid(signature, message + [0], sample))
        #expect(!isValid(signature, [0] + message, sample))
        #expect(!isValid(signature + [0], message, sample))
        #expect(throws: WireError.self) { try EdDSASignature(signature + [0]) }
    }

    @Test(arguments: SignedSample.all)
    func anotherKeyIsRefused(_ sample: SignedSample) throws {
        let signature = sample.key.sign(sample.structure)
        #expect(!sample.structure.isValid(signature, by: EdDSAPrivateKey().publicKey(as: MerchantPublicKey.self)))
        var changed = sample.publicKey.bytes
        changed[0] ^= 1
        #expect(!sample.structure.isValid(signature, by: try MerchantPublicKey(changed)))
        #expect(!sample.structure.isValid(signature, by: MerchantPublicKey.zero))
        // The neutral element, of which any message would be signed by R = S·B.
        #expect(!sample.structure.isValid(signature, by: try MerchantPublicKey([1] + [UInt8](repeating: 0, count: 31))))
        #expect(!sample.structure.isValid(.zero, by: sample.publicKey))
    }

    @Test(arguments: SignedSample.all)
    func everyOtherPurposeIsRefused(_ sample: SignedSample) {
        let signature = sample.key.sign(sample.structure).bytes
        let message = sample.structure.signedBytes
        let others = (UInt32(1000)...2000).compactMap { Purpose(rawValue: $0) }.filter { $0 != type(of: sample.structure).purpose }
        for purpose in others {
            var changed = WireEncoder()
            changed.append(UInt32(message.count))
            changed.append(purpose.rawValue)
            changed.append(raw: message.dropFirst(8))
            #expect(!isValid(signature, changed.bytes, sample), "\(purpose)")
        }
    }

    @Test func structuresOfTheSameLayoutDoNotStandInForEachOther() throws {
        let key = EdDSAPrivateKey()
        let signer = key.publicKey(as: MerchantPublicKey.self)
        let offer = ContractOffer(contractHash: .random())
        let payment = PaymentConfirmation(contractHash: offer.contractHash)
        let wire = MerchantWireDetails(wireHash: try WireHash(offer.contractHash.bytes))
        #expect(offer.isValid(key.sign(offer), by: signer))
        #expect(!payment.isValid(key.sign(offer), by: signer))
        #expect(!offer.isValid(key.sign(payment), by: signer))
        #expect(!wire.isValid(key.sign(offer), by: signer))
        #expect(
            !CoinHistoryRequest(startOffset: 0).isValid(key.sign(ReserveHistoryRequest(startOffset: 0)), by: signer))
    }

    @Test func aSignatureWithAnUnreducedScalarIsRefused() throws {
        let sample = SignedSample(structure: ContractOffer(contractHash: .random()))
        var signature = sample.key.sign(sample.structure).bytes
        // S + L: the same number modulo the group's order.
        var carry = 0
        for (place, digit) in Ed25519Group.order.reversed().enumerated() {
            let sum = Int(signature[32 + place]) + Int(digit) + carry
            signature[32 + place] = UInt8(sum & 0xFF)
            carry = sum >> 8
        }
        #expect(!sample.structure.isValid(try EdDSASignature(signature), by: sample.publicKey))
    }

    @Test func aSeedOfTheWrongLengthIsRefused() {
        #expect(throws: CryptoError.self) { try EdDSAPrivateKey(seed: []) }
        #expect(throws: CryptoError.self) { try EdDSAPrivateKey(seed: [UInt8](repeating: 1, count: 31)) }
        #expect(throws: CryptoError.self) { try EdDSAPrivateKey(seed: [UInt8](repeating: 1, count: 64)) }
        #expect(throws: CryptoError.self) { try EdDSAPrivateKey(base32: "not a key") }
    }
}
