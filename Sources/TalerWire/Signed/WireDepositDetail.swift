// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// One deposit of an aggregated transfer, hashed into ``WireDepositData`` without a header (TALER_WireDepositDetailP). Offsets in bytes.
public struct WireDepositDetail: Sendable {
    public static let byteCount = 152

    /// 0: 64 bytes.
    public var contractHash: ContractHash
    /// 64: 8 bytes.
    public var executionTime: Timestamp
    /// 72: 32 bytes.
    public var coinPub: CoinPublicKey
    /// 104: 24 bytes. Net of refunds.
    public var depositValue: Amount
    /// 128: 24 bytes.
    public var depositFee: Amount

    public init(contractHash: ContractHash, executionTime: Timestamp, coinPub: CoinPublicKey, depositValue: Amount, depositFee: Amount) {
        self.contractHash = contractHash
        self.executionTime = executionTime
        self.coinPub = coinPub
        self.depositValue = depositValue
        self.depositFee = depositFee
    }

    public func encode(into out: inout WireEncoder) {
        out.append(contractHash)
        out.append(executionTime)
        out.append(coinPub)
        out.append(depositValue)
        out.append(depositFee)
    }
}
