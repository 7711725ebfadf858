// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// 200 of `POST /pay`.
public struct PaymentResponse: Codable, Sendable, Equatable {
    /// Purpose 1104 over the contract's hash.
    public var merchantSignature: EdDSASignature
    public var contractHash: ContractHash

    enum CodingKeys: String, CodingKey {
        case merchantSignature = "merchant_sig"
        case contractHash = "h_contract"
    }

    public init(merchantSignature: EdDSASignature, contractHash: ContractHash) {
        self.merchantSignature = merchantSignature
        self.contractHash = contractHash
    }
}
