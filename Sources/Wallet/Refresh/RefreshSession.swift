// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import HTTPCore
import TalerCrypto
import TalerWire
import WalletStore

/// All that is sent and opened in one refresh. The same coin, transfer keys, denominations and amount always make the same messages.
struct RefreshSession {
    /// How many candidates there are for the fresh coins (κ).
    static let candidates = 3

    let commitment: RefreshCommitment
    private let coin: StoredCoin
    private let coinKey: EdDSAPrivateKey
    private let transferKeys: [ECDHEPrivateKey]
    private let denominations: [StoredDenomination]
    private let amount: Amount
    private let fee: Amount
    /// For each candidate, one for each fresh coin.
    private let planchets: [[Planchet]]

    private struct Planchet {
        let secret: PlanchetSecret
        let coinPub: CoinPublicKey
        let key: DenominationPublicKey
        let blinded: BlindedPlanchet
    }

    init(
        coin: StoredCoin, transferSecrets: [WalletSecret], denominations: [StoredDenomination], amount: Amount, fee: Amount
    ) throws {
        guard transferSecrets.count == Self.candidates else { throw WalletStoreError.corrupt("\(transferSecrets.count) transfer keys") }
        self.coin = coin
        self.denominations = denominations
        self.amount = amount
        self.fee = fee
        coinKey = try PlanchetSecret(bytes: coin.secret.bytes).coinPrivateKey
        transferKeys = try transferSecrets.map { try ECDHEPrivateKey(bytes: $0.bytes) }
        let keys = try denominations.map { try DenominationPublicKey(.rsa, encoded: $0.key) }
        planchets = try transferKeys.map { transfer in
            let shared = try TransferSecret(transfer: transfer, coin: coin.coinPub)
            return try keys.enumerated().map { index, key in
                let secret = shared.planchetSecret(coin: UInt32(index))
                let coinPub: CoinPublicKey = secret.coinPrivateKey.publicKey()
                return Planchet(
                    secret: secret, coinPub: coinPub, key: key,
                    blinded: try key.blind(CoinPublicKeyHash(of: coinPub), with: secret.blindingSecret))
            }
        }
        commitment = RefreshCommitment(
            transferKeys: transferKeys.map(\.publicKey), denominations: denominations.map(\.hash), oldCoin: coin.coinPub,
            amountWithFee: amount, planchets: planchets.map { $0.map(\.blinded) })
    }

    /// - Throws: ``WalletStoreError/corrupt(_:)`` when what is stored does not make the commitment that was sent.
    init(_ refresh: StoredRefresh) throws {
        try self.init(
            coin: refresh.coin, transferSecrets: refresh.transferSecrets, denominations: refresh.denominations, amount: refresh.amount,
            fee: refresh.fee)
        guard commitment == refresh.commitment else { throw WalletStoreError.corrupt("a refresh's commitment") }
    }

    /// Signed with purpose 1202.
    var melt: CoinMeltRequest {
        let statement = MeltRequest(
            commitment: commitment, denominationHash: coin.denomination.hash, ageCommitmentHash: .zero, amountWithFee: amount, meltFee: fee)
        return CoinMeltRequest(
            commitment: commitment, denominationHash: coin.denomination.hash,
            denominationSignature: ["cipher": "RSA", "rsa_signature": .string(Base32.encode(coin.signature))], valueWithFee: amount,
            coinSignature: coinKey.sign(statement))
    }

    /// Shows the two candidates that the exchange has chosen to see, and signs a link (1204) to each coin of the third, by which the old
    /// coin's key finds them again.
    /// - Parameter hidden: 0 to 2.
    func reveal(hidden: Int) throws -> RefreshRevealRequest {
        let chosen = planchets[hidden]
        let transferPub = transferKeys[hidden].publicKey
        let links = zip(chosen, denominations).map { planchet, denomination in
            coinKey.sign(
                LinkRequest(
                    denominationHash: denomination.hash, transferPub: transferPub, ageCommitmentHash: .zero,
                    coinEnvelopeHash: CoinEnvelopeHash(of: planchet.blinded, denomination: denomination.hash)))
        }
        let shown = try transferKeys.indices.filter { $0 != hidden }.map { try RevealedTransferKey(transferKeys[$0].exported()) }
        return RefreshRevealRequest(
            transferPub: transferPub, transferPrivateKeys: shown, linkSignatures: links,
            coinEnvelopes: chosen.map(\.blinded.json), denominationHashes: denominations.map(\.hash))
    }

    /// The fresh coins out of the answer to ``reveal(hidden:)``, each signature unblinded and verified.
    /// - Throws: ``WalletError/exchangeMalformed(_:)`` when one is missing or is no signature of the coin.
    func coins(_ response: Response, hidden: Int) throws -> [FreshCoin] {
        let answer: RefreshRevealResponse
        do { answer = try response.json().decode() } catch {
            throw WalletError.exchangeMalformed("the fresh coins: \(error)".printable)
        }
        let chosen = planchets[hidden]
        guard answer.envelopeSignatures.count == chosen.count else { throw WalletError.exchangeMalformed("another number of fresh coins") }
        return try zip(chosen, answer.envelopeSignatures).map { planchet, envelope in
            do {
                let blinded: BlindedSignature = try envelope.signature.decode()
                let opened = try planchet.key.unblind(
                    blinded, with: planchet.secret.blindingSecret, for: CoinPublicKeyHash(of: planchet.coinPub))
                guard case .rsa(let number) = opened else { throw CryptoError.unsupportedCipher }
                return FreshCoin(
                    secret: try WalletSecret(planchet.secret.exported()), coinPub: planchet.coinPub, signature: number)
            } catch { throw WalletError.exchangeMalformed("a fresh coin's signature is not valid") }
        }
    }
}
