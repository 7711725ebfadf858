// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import HTTPCore
import TalerCrypto
import TalerWire
import WalletStore

/// One `batch-withdraw`: the blinded planchets and what opens the answer. The same planchets always make the same request.
struct SigningBatch {
    let request: BatchWithdrawRequest
    private let openers: [Opener]

    private struct Opener {
        let key: DenominationPublicKey
        let blinding: BlindingSecret
        let coin: CoinPublicKeyHash
    }

    /// - Parameter reserve: the reserve's private key.
    init(_ planchets: [StoredPlanchet], reserve: EdDSAPrivateKey) throws {
        var signed: [WithdrawPlanchet] = []
        var openers: [Opener] = []
        for planchet in planchets {
            let secret = try PlanchetSecret(bytes: planchet.secret.bytes)
            let key = try DenominationPublicKey(.rsa, encoded: planchet.denomination.key)
            let opener = Opener(key: key, blinding: secret.blindingSecret, coin: CoinPublicKeyHash(of: planchet.coinPub))
            let blinded = try key.blind(opener.coin, with: opener.blinding)
            let statement = WithdrawRequest(
                amountWithFee: try planchet.denomination.value.adding(planchet.denomination.feeWithdraw),
                denominationHash: planchet.denomination.hash,
                coinEnvelopeHash: CoinEnvelopeHash(of: blinded, denomination: planchet.denomination.hash))
            signed.append(
                WithdrawPlanchet(
                    denominationHash: planchet.denomination.hash, coinEnvelope: blinded.json, reserveSignature: reserve.sign(statement)))
            openers.append(opener)
        }
        request = BatchWithdrawRequest(planchets: signed)
        self.openers = openers
    }

    /// The coins' signatures out of the answer, each unblinded and verified.
    /// - Throws: ``WalletError/exchangeMalformed(_:)`` when one is missing or is no signature of the coin.
    func signatures(_ response: Response) throws(WalletError) -> [[UInt8]] {
        let answer: BatchWithdrawResponse
        do { answer = try response.json().decode() } catch { throw .exchangeMalformed("the signed coins: \(error)".printable) }
        guard answer.envelopeSignatures.count == openers.count else { throw .exchangeMalformed("another number of signed coins") }
        var signatures: [[UInt8]] = []
        for (opener, envelope) in zip(openers, answer.envelopeSignatures) {
            do {
                let blinded: BlindedSignature = try envelope.signature.decode()
                guard case .rsa(let number) = try opener.key.unblind(blinded, with: opener.blinding, for: opener.coin) else {
                    throw CryptoError.unsupportedCipher
                }
                signatures.append(number)
            } catch { throw .exchangeMalformed("a coin's signature is not valid") }
        }
        return signatures
    }
}
