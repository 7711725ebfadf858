// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// What a merchant signs of a contract: the classic `sig`, and `merchant_sig` of a batch deposit (TALER_ProposalDataPS). Offsets in bytes.
public struct ContractOffer: SignedStruct {
    public static let purpose = Purpose.merchantContract
    public static let byteCount = 72

    /// 8: 64 bytes.
    public var contractHash: ContractHash

    public init(contractHash: ContractHash) {
        self.contractHash = contractHash
    }

    public func encode(into out: inout WireEncoder) {
        out.append(contractHash)
    }
}
