// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// What a merchant signs to ask what became of a deposit (TALER_DepositTrackPS). Offsets in bytes.
public struct DepositTrackRequest: SignedStruct {
    public static let purpose = Purpose.merchantTrackTransaction
    public static let byteCount = 168

    /// 8: 64 bytes.
    public var contractHash: ContractHash
    /// 72: 64 bytes.
    public var wireHash: WireHash
    /// 136: 32 bytes.
    public var coinPub: CoinPublicKey

    public init(contractHash: ContractHash, wireHash: WireHash, coinPub: CoinPublicKey) {
        self.contractHash = contractHash
        self.wireHash = wireHash
        self.coinPub = coinPub
    }

    public func encode(into out: inout WireEncoder) {
        out.append(contractHash)
        out.append(wireHash)
        out.append(coinPub)
    }
}
