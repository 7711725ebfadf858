// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore

/// Every address of the bank and the file that answers it.
enum Routes {
    /// For browsers: no page of another origin may read them.
    /// - Parameter pages: nil for a bank that has none but the one that says so.
    static func pages(_ bank: Bank, _ pages: BankPages?) -> [any Endpoint] {
        guard let pages else { return [FrontPage(bank: bank)] }
        return BankPages.endpoints.map { $0.init(pages: pages) }
    }

    /// For programs and wallets, from any origin.
    static func api(_ bank: Bank) -> [any Endpoint] {
        [
            GetConfig(bank: bank),
            PostRegister(bank: bank),
            PostTalerWithdraw(bank: bank),
            PostAddIncoming(bank: bank),
            PutReject(bank: bank),
            PostReject(bank: bank),
            GetHistory(bank: bank),
            GetHistoryRange(bank: bank),

            GetGatewayConfig(bank: bank),
            GetIncoming(bank: bank),
            GetOutgoing(bank: bank),
            PostTransfer(bank: bank),
            GetTransfers(bank: bank),
            GetTransfer(bank: bank),
            PostGatewayAddIncoming(bank: bank),
            PostGatewayAddKYCAuth(bank: bank),

            GetRevenueConfig(bank: bank),
            GetRevenueHistory(bank: bank),
        ]
    }
}
