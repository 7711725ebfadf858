// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import MerchantStore
import TalerWire

extension Query {
    /// The contract that `H_contract` or `transaction_id` names.
    /// - Throws: `APIError` 400 / 25, 26; 404 / 2005.
    func contract(in store: MerchantStore) async throws -> StoredContract {
        let found: StoredContract?
        if let text = self["H_contract"] {
            guard let hash = try? ContractHash(base32: text) else { throw malformed("H_contract") }
            found = try await store.contract(hash)
        } else if let text = self["transaction_id"] {
            guard let number = Int64(text) else { throw malformed("transaction_id") }
            found = try await store.contract(transactionID: number)
        } else {
            throw APIError(.genericParameterMissing, hint: "H_contract or transaction_id is needed.", detail: "H_contract")
        }
        guard let found else { throw APIError(.merchantGenericOrderUnknown, hint: "There is no such contract.") }
        return found
    }

    /// `timeout_ms`: how long to wait for a change; zero when it is missing.
    /// - Throws: `APIError` 400 / 26.
    func timeout() throws(APIError) -> Duration {
        guard let text = self["timeout_ms"] else { return .zero }
        guard let milliseconds = Int64(text), milliseconds >= 0 else { throw malformed("timeout_ms") }
        return .milliseconds(milliseconds)
    }

    /// 400 / 26.
    func malformed(_ name: String) -> APIError {
        APIError(.genericParameterMalformed, hint: "The parameter \(name) is not as it must be.", detail: name)
    }
}
