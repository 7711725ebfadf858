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
        let statement = DepositRequest(
            contractHash: request.contractHash, ageCommitmentHash: coin.ageCommitmentHash ?? .zero, policyHash: policyHash,
            wireHash: wireHash, denominationHash: denomination.hash, walletTimestamp: request.timestamp,
            refundDeadline: request.refundDeadline ?? .zero, amountWithFee: coin.contribution, depositFee: denomination.feeDeposit,
            merchantPub: request.merchantPub, walletDataHash: request.walletDataHash ?? .zero)
        guard isSigned(statement, by: coin.coinPub, coin.coinSignature, protocolVersion: protocolVersion ?? keys.commonProtocol) else {
            throw .coinSignature
        }
        return denomination
    }

    /// The coin's key signed the deposit (1201), in the layout of that protocol; before 17 it has no `walletDataHash`.
    public static func isSigned(
        _ statement: DepositRequest, by coin: CoinPublicKey, _ signature: EdDSASignature, protocolVersion: Int
    ) -> Bool {
        guard protocolVersion < ProtocolVersion.firstWithoutLayout14 else { return statement.isValid(signature, by: coin) }
        return DepositRequest14(
            contractHash: statement.contractHash, ageCommitmentHash: statement.ageCommitmentHash, policyHash: statement.policyHash,
            wireHash: statement.wireHash, denominationHash: statement.denominationHash, walletTimestamp: statement.walletTimestamp,
            refundDeadline: statement.refundDeadline, amountWithFee: statement.amountWithFee, depositFee: statement.depositFee,
            merchantPub: statement.merchantPub
        ).isValid(signature, by: coin)
    }
}
