// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import MerchantAPI
import MerchantStore
import TalerWire

/// Where a contract's payment stands: `?H_contract=` or `?transaction_id=`, with `timeout_ms` to wait while it is not paid.
struct GetOrder: Endpoint {
    static let route = Route(.get, "/order")
    static let longestWait = 60_000
    let store: MerchantStore
    let changes: ContractChanges
    let clock: any WallClock

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let contract = try await contract(request.query)
        guard let wait = try timeout(request.query) else { return try .json(await status(contract.hash)) }
        let stream = changes.stream(contract.hash)
        let before = try await status(contract.hash)
        guard before.state == .offered || before.state == .paying || before.state == .refused else { return try .json(before) }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { for await _ in stream { return } }
            group.addTask { try? await Task.sleep(for: wait) }
            await group.next()
            group.cancelAll()
        }
        return try .json(await status(contract.hash))
    }

    private func contract(_ query: Query) async throws -> StoredContract {
        let found: StoredContract?
        if let text = query["H_contract"] {
            guard let hash = try? ContractHash(base32: text) else { throw malformed("H_contract") }
            found = try await store.contract(hash)
        } else if let text = query["transaction_id"] {
            guard let number = Int64(text) else { throw malformed("transaction_id") }
            found = try await store.contract(transactionID: number)
        } else {
            throw APIError(.genericParameterMissing, hint: "H_contract or transaction_id is needed.", detail: "H_contract")
        }
        guard let found else { throw APIError(.merchantGenericOrderUnknown, hint: "There is no such contract.") }
        return found
    }

    private func timeout(_ query: Query) throws(APIError) -> Duration? {
        guard let text = query["timeout_ms"] else { return nil }
        guard let milliseconds = Int(text), milliseconds >= 0 else { throw malformed("timeout_ms") }
        return .milliseconds(min(milliseconds, Self.longestWait))
    }

    private func malformed(_ name: String) -> APIError {
        APIError(.genericParameterMalformed, hint: "The parameter \(name) is not as it must be.", detail: name)
    }

    private func status(_ hash: ContractHash) async throws -> OrderStatus {
        guard let contract = try await store.contract(hash) else { throw MerchantStoreError.corrupt("contract") }
        return OrderStatus(contract, intents: try await store.intents(of: contract), now: clock.now())
    }
}
