// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// What a coin key signs to pay (TALER_DepositRequestPS, protocol 17 and later). The coin's own key is not in it. Offsets in bytes.
public struct DepositRequest: SignedStruct {
    public static let purpose = Purpose.walletCoinDeposit
    public static let byteCount = 456

    /// 8: 64 bytes.
    public var contractHash: ContractHash
    /// 72: 32 bytes. Zero when there is none.
    public var ageCommitmentHash: AgeCommitmentHash
    /// 104: 64 bytes. Zero when there is none.
    public var policyHash: HashCode
    /// 168: 64 bytes.
    public var wireHash: WireHash
    /// 232: 64 bytes.
    public var denominationHash: DenominationHash
    /// 296: 8 bytes. The contract's timestamp.
    public var walletTimestamp: Timestamp
    /// 304: 8 bytes. Zero when refunds are not allowed.
    public var refundDeadline: Timestamp
    /// 312: 24 bytes. The contribution, deposit fee included.
    public var amountWithFee: Amount
    /// 336: 24 bytes. The denomination's, as the exchange's key table has it.
    public var depositFee: Amount
    /// 360: 32 bytes.
    public var merchantPub: MerchantPublicKey
    /// 392: 64 bytes. Zero when there is none.
    public var walletDataHash: HashCode

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
        merchantPub: MerchantPublicKey,
        walletDataHash: HashCode
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
        self.walletDataHash = walletDataHash
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
        out.append(walletDataHash)
    }
}
