// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import ExchangeAPI
import TalerCrypto
public import TalerWire

/// Checks by itself what an exchange would check of a coin: its denomination's signature, RSA or Clause-Schnorr, and its own (1201).
public enum CoinVerification {
    public enum Failure: Error, Sendable, Equatable {
        /// The held `/keys` do not have the denomination.
        case unknownDenomination(DenominationHash)
        /// `ub_sig` does not make this coin one of the denomination, or is none.
        case denominationSignature
        /// `coin_sig` is not over this request.
        case coinSignature
        /// The request has an account or a policy that cannot be hashed.
        case malformedRequest(String)
    }

    /// - Parameter protocolVersion: decides what the coin signs; without it, what is spoken with the exchange now.
    /// - Returns: the coin's denomination; whether it is valid now is not judged.
    /// - Throws: ``Failure``.
    @discardableResult
    public static func check(
        _ coin: BatchDepositCoin, of request: BatchDepositRequest, keys: VerifiedKeys, protocolVersion: Int? = nil
    ) throws(Failure) -> Denomination {
        guard let denomination = keys.denominations[coin.denominationHash] else { throw .unknownDenomination(coin.denominationHash) }
        let hash = CoinPublicKeyHash(of: coin.coinPub, ageCommitment: coin.ageCommitmentHash)
        guard let signature = try? DenominationSignature(json: coin.denominationSignature),
            signature.isValid(for: hash, by: denomination.publicKey)
        else { throw .denominationSignature }
        let wireHash: WireHash
        let policyHash: HashCode
        do {
            wireHash = WireHash(payto: try PaytoURI(request.merchantPaytoURI), salt: request.wireSalt)
            policyHash = try HashCode(ofPolicy: request.policy)
        } catch { throw .malformedRequest("\(error)") }
        let ageHash = coin.ageCommitmentHash ?? .zero
        let refundDeadline = request.refundDeadline ?? .zero
        let isValid: Bool
        if (protocolVersion ?? keys.commonProtocol) < ProtocolVersion.firstWithoutLayout14 {
            isValid = DepositRequest14(
                contractHash: request.contractHash, ageCommitmentHash: ageHash, policyHash: policyHash, wireHash: wireHash,
                denominationHash: denomination.hash, walletTimestamp: request.timestamp, refundDeadline: refundDeadline,
                amountWithFee: coin.contribution, depositFee: denomination.feeDeposit, merchantPub: request.merchantPub
            ).isValid(coin.coinSignature, by: coin.coinPub)
        } else {
            isValid = DepositRequest(
                contractHash: request.contractHash, ageCommitmentHash: ageHash, policyHash: policyHash, wireHash: wireHash,
                denominationHash: denomination.hash, walletTimestamp: request.timestamp, refundDeadline: refundDeadline,
                amountWithFee: coin.contribution, depositFee: denomination.feeDeposit, merchantPub: request.merchantPub,
                walletDataHash: request.walletDataHash ?? .zero
            ).isValid(coin.coinSignature, by: coin.coinPub)
        }
        guard isValid else { throw .coinSignature }
        return denomination
    }
}
