// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import MerchantAPI
import MerchantStore
import TalerWire

/// Where a contract's payment stands: `?H_contract=` or `?transaction_id=`, with `timeout_ms` to wait while it is not paid.
struct GetOrder: Endpoint {
    static let route = Route(.get, "/order")
    static let longestWait = Duration.seconds(60)
    let store: MerchantStore
    let changes: ChangeBell<ContractHash>
    let clock: any WallClock
    /// A transfer counts as arrived once the bank has shown it, not when the exchange says so.
    let expectsBank: Bool

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let contract = try await request.query.contract(in: store)
        var first: OrderStatus?
        let hasMoved: (OrderStatus) -> Bool = { status in
            defer { first = first ?? status }
            return status.state.isPaid || status.state == .expired || first.map { $0 != status } ?? false
        }
        let status = try await LongPoll(bell: changes, maximum: Self.longestWait)
            .value(of: contract.hash, wait: request.query.timeout(), until: hasMoved) { try await self.status(contract.hash) }
        return try .json(status)
    }

    private func status(_ hash: ContractHash) async throws -> OrderStatus {
        guard let (contract, intents) = try await store.payment(of: hash) else { throw MerchantStoreError.corrupt("contract") }
        var status = OrderStatus(contract, intents: intents, now: clock.now())
        status.add(try await store.refundBook(of: contract), now: clock.now())
        status.add(try await store.transfers(of: contract), byBank: expectsBank)
        return status
    }
}
