// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Sodium
import TalerCrypto
import TalerWire
import Testing

@Suite struct KeyAgreementTests {
    @Test func bothSidesOfATransferShareASecret() throws {
        let (coin, transfer) = (EdDSAPrivateKey(), ECDHEPrivateKey())
        let ours = try TransferSecret(coin: coin, transfer: transfer.publicKey)
        let theirs = try TransferSecret(transfer: transfer, coin: coin.publicKey())
        #expect(ours.exported() == theirs.exported())
        #expect(ours.exported().count == 64)
        let other = try TransferSecret(transfer: ECDHEPrivateKey(), coin: coin.publicKey())
        #expect(ours.exported() != other.exported())
        #expect(ours.planchetSecret(coin: 0).exported() == theirs.planchetSecret(coin: 0).exported())
        #expect(ours.planchetSecret(coin: 0).exported() != theirs.planchetSecret(coin: 1).exported())
    }

    @Test func pointsOfSmallOrderAreRefused() throws {
        #expect(throws: CryptoError.self) { try TransferSecret(coin: EdDSAPrivateKey(), transfer: .zero) }
        #expect(throws: CryptoError.self) {
            try TransferSecret(coin: EdDSAPrivateKey(), transfer: TransferPublicKey([1] + [UInt8](repeating: 0, count: 31)))
        }
        #expect(throws: CryptoError.self) { try TransferSecret(transfer: ECDHEPrivateKey(), coin: .zero) }
        #expect(throws: CryptoError.self) {
            try TransferSecret(transfer: ECDHEPrivateKey(), coin: CoinPublicKey([1] + [UInt8](repeating: 0, count: 31)))
        }
    }

    @Test func aRefreshCommitmentHoldsEveryPartOfTheRefresh() throws {
        let transferKeys = (0..<3).map { _ in TransferPublicKey.random() }
        let denominations = [DenominationHash.random(), .random()]
        let planchets = (0..<3).map { _ in [BlindedPlanchet(Random.bytes(count: 128)), BlindedPlanchet(Random.bytes(count: 128))] }
        let coin = CoinPublicKey.random()
        func make(
            transferKeys: [TransferPublicKey] = transferKeys, denominations: [DenominationHash] = denominations,
            oldCoin: CoinPublicKey = coin,
            amount: String = "KUDOS:5", planchets: [[BlindedPlanchet]] = planchets
        ) throws -> RefreshCommitment {
            RefreshCommitment(
                transferKeys: transferKeys, denominations: denominations, oldCoin: oldCoin, amountWithFee: try Amount(amount),
                planchets: planchets)
        }
        // By hand: keys, denominations, coin, amount, then cipher and number of each planchet.
        var out = WireEncoder()
        for key in transferKeys { out.append(key) }
        for denomination in denominations { out.append(denomination) }
        out.append(coin)
        out.append(try Amount("KUDOS:5"))
        for planchet in planchets.joined() {
            out.append(UInt32(1))
            out.append(raw: planchet.bytes)
        }
        #expect(try make().bytes == SHA512.hash(out.bytes))
        #expect(try make() != make(transferKeys: transferKeys.reversed()))
        #expect(try make() != make(denominations: denominations.reversed()))
        #expect(try make() != make(oldCoin: .random()))
        #expect(try make() != make(amount: "KUDOS:5.00000001"))
        #expect(try make() != make(planchets: planchets.reversed()))
    }
}
