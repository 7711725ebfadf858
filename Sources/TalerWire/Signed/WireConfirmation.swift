// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// What an exchange signs when it has wired a deposit (TALER_ConfirmWirePS). Offsets in bytes.
public struct WireConfirmation: SignedStruct {
    public static let purpose = Purpose.exchangeConfirmWire
    public static let byteCount = 232

    /// 8: 64 bytes.
    public var wireHash: WireHash
    /// 72: 64 bytes.
    public var contractHash: ContractHash
    /// 136: 32 bytes.
    public var wireTransferID: WireTransferID
    /// 168: 32 bytes.
    public var coinPub: CoinPublicKey
    /// 200: 8 bytes.
    public var executionTime: Timestamp
    /// 208: 24 bytes. Deposit fee already taken off.
    public var coinContribution: Amount

    public init(
        wireHash: WireHash,
        contractHash: ContractHash,
        wireTransferID: WireTransferID,
        coinPub: CoinPublicKey,
        executionTime: Timestamp,
        coinContribution: Amount
    ) {
        self.wireHash = wireHash
        self.contractHash = contractHash
        self.wireTransferID = wireTransferID
        self.coinPub = coinPub
        self.executionTime = executionTime
        self.coinContribution = coinContribution
    }

    public func encode(into out: inout WireEncoder) {
        out.append(wireHash)
        out.append(contractHash)
        out.append(wireTransferID)
        out.append(coinPub)
        out.append(executionTime)
        out.append(coinContribution)
    }
}
