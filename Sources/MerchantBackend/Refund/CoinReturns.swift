// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
public import MerchantStore

/// Gives back coins that exchanges have accepted and that paid for nothing. Safe to repeat: what was asked back is not asked back again.
public protocol CoinReturns: Sendable {
    /// Every accepted coin of a contract that was not paid in time. When it is paid after all, nothing happens.
    func giveBackEverything(of contract: StoredContract) async throws
    /// The coins of one deposit that came on top of what had paid the contract.
    func giveBackSurplus(_ intent: StoredIntent, of contract: StoredContract) async throws
}

extension RefundService: CoinReturns {
    public func giveBackEverything(of contract: StoredContract) async throws {
        try await giveBack(nil, contract, reason: "The contract was not paid as a whole in time.")
    }

    public func giveBackSurplus(_ intent: StoredIntent, of contract: StoredContract) async throws {
        try await giveBack(intent.id, contract, reason: "The contract was paid already.")
    }

    /// The parts are on the disk when this returns; they are carried to the exchanges meanwhile.
    private func giveBack(_ intentID: Int64?, _ contract: StoredContract, reason: String) async throws {
        let fees = try await RefundFees(store: store, directory: directory).missing(of: contract)
        let book = try await store.recordReturn(of: contract, intentID: intentID, reason: reason, fees: fees, now: clock.now())
        guard let open = book?.parts.filter({ $0.state == .open }), !open.isEmpty else { return }
        changes.ring(contract.hash)
        Task { [carrier] in await carrier.carry(open) }
    }
}
