// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// ``DepositRequest`` as protocols 14 to 16 have it: without the wallet's data hash. Offsets in bytes.
public struct DepositRequest14: SignedStruct {
    public static let purpose = Purpose.walletCoinDeposit
    public static let byteCount = 392

    /// 8: 64 bytes.
    public var contractHash: ContractHash
    /// 72: 32 bytes.
    public var ageCommitmentHash: AgeCommitmentHash
    /// 104: 64 bytes.
    public var policyHash: HashCode
    /// 168: 64 bytes.
    public var wireHash: WireHash
    /// 232: 64 bytes.
    public var denominationHash: DenominationHash
    /// 296: 8 bytes.
    public var walletTimestamp: Timestamp
    /// 304: 8 bytes.
    public var refundDeadline: Timestamp
    /// 312: 24 bytes.
    public var amountWithFee: Amount
    /// 336: 24 bytes.
    public var depositFee: Amount
    /// 360: 32 bytes.
    public var merchantPub: MerchantPublicKey

    public init(
        contractHash: ContractHash,
        ageCommitmentHash: AgeCommitmentHash,
        policyHash: HashCode,
        wireHash: WireHash,
        denominationHash: DenominationHash,
        walletTimestamp: Timestamp,
        refundDeadline: Timestamp,
        amountWithFee: Amount,
        depositFee: Amount,
        merchantPub: MerchantPublicKey
    ) {
        self.contractHash = contractHash
        self.ageCommitmentHash = ageCommitmentHash
        self.policyHash = policyHash
        self.wireHash = wireHash
        self.denominationHash = denominationHash
        self.walletTimestamp = walletTimestamp
        self.refundDeadline = refundDeadline
        self.amountWithFee = amountWithFee
        self.depositFee = depositFee
        self.merchantPub = merchantPub
    }

    public func encode(into out: inout WireEncoder) {
        out.append(contractHash)
        out.append(ageCommitmentHash)
        out.append(policyHash)
        out.append(wireHash)
        out.append(denominationHash)
        out.append(walletTimestamp)
        out.append(refundDeadline)
        out.append(amountWithFee)
        out.append(depositFee)
        out.append(merchantPub)
    }
}
