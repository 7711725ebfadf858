// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import MerchantCore
public import TalerWire

/// A signed contract.
public struct StoredContract: Sendable, Equatable {
    public let id: Int64
    public let hash: ContractHash
    public let terms: ContractTerms
    /// Purpose 1101.
    public let signature: EdDSASignature
    public let accountID: Int64
    /// Frozen by the first permission that named one or was sent on.
    public let wireDeadline: Timestamp?
    public let payment: Payment?

    /// Present once an exchange confirmed.
    public struct Payment: Sendable, Equatable {
        public let at: Timestamp
        /// Purpose 1104.
        public let signature: EdDSASignature
    }
}
