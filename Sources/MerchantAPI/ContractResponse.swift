// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// 200 of `POST /contract`.
public struct ContractResponse: Codable, Sendable, Equatable {
    /// The whole contract; its members stand in canonical order.
    public var contract: JSONValue
    /// Purpose 1101 over the contract's hash.
    public var signature: EdDSASignature
    /// The same value under the name that clients of 2016 read.
    public var merchantSignature: EdDSASignature?
    public var contractHash: ContractHash

    enum CodingKeys: String, CodingKey {
        case contract
        case signature = "sig"
        case merchantSignature = "merchant_sig"
        case contractHash = "H_contract"
    }

    public init(contract: JSONValue, signature: EdDSASignature, contractHash: ContractHash) {
        self.contract = contract
        self.signature = signature
        merchantSignature = signature
        self.contractHash = contractHash
    }
}
