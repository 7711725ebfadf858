// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB
public import TalerWire

extension ExchangeStore {
    /// What became of a coin that the merchant deposited for the contract; nil when it was not, or for another account.
    public func depositState(
        of coin: CoinPublicKey, contract: ContractHash, merchant: MerchantPublicKey, wireHash: WireHash
    ) async throws -> DepositState? {
        let currency = currency
        return try await database.read { database in
            let row = try Row.fetchOne(
                database,
                sql: """
                    SELECT d.payto_uri, d.wire_deadline, c.contribution - c.deposit_fee AS net, t.wtid, t.executed
                    FROM deposit d JOIN deposit_coin c ON c.deposit = d.id
                    LEFT JOIN transfer_coin tc ON tc.deposit = c.deposit AND tc.coin_pub = c.coin_pub
                    LEFT JOIN transfer t ON t.id = tc.transfer AND t.executed IS NOT NULL
                    WHERE d.merchant_pub = ? AND d.h_contract_terms = ? AND d.h_wire = ? AND c.coin_pub = ?
                    """, arguments: [merchant.data, contract.data, wireHash.data, coin.data])
            guard let row else { return nil }
            var transfer: DepositTransfer?
            if let wireTransferID: WireTransferID = try row.optionalBytes("wtid") {
                transfer = DepositTransfer(wireTransferID: wireTransferID, executionTime: try row.time("executed"))
            }
            return DepositState(
                payto: try row.text("payto_uri"), wireDeadline: try row.time("wire_deadline"),
                contribution: try row.amount("net", currency),
                transfer: transfer)
        }
    }
}
