// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeStore
import HTTPCore
import TalerCrypto
import TalerWire

/// What a transfer paid, for whoever knows its identifier.
struct GetTransfer: Endpoint {
    static let route = Route(.get, "/transfers/:wtid")

    let store: ExchangeStore
    let keys: KeyRing
    let clock: any WallClock

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let wireTransferID: WireTransferID = try path.value("wtid", or: .exchangeTransfersGetWtidMalformed)
        guard let transfer = try await store.transfer(wireTransferID) else {
            throw APIError(.exchangeTransfersGetWtidNotFound, hint: "The exchange has made no such transfer.")
        }
        let signer = try keys.table.signer(at: clock.now())
        let paytoHash = PaytoHash(of: try PaytoURI(transfer.payto))
        let deposits = try transfer.deposits.map { deposit in
            TransferDeposit(
                contractHash: deposit.contractHash, coinPub: deposit.coinPub,
                depositValue: try deposit.contribution.subtracting(deposit.refunded), depositFee: deposit.depositFee,
                refundTotal: deposit.refunded.isZero ? nil : deposit.refunded)
        }
        let details = deposits.map { deposit in
            WireDepositDetail(
                contractHash: deposit.contractHash, executionTime: transfer.executionTime, coinPub: deposit.coinPub,
                depositValue: deposit.depositValue, depositFee: deposit.depositFee)
        }
        let statement = WireDepositData(
            total: transfer.total, wireFee: transfer.wireFee, merchantPub: transfer.merchantPub, paytoHash: paytoHash,
            detailsHash: HashCode(ofDetails: details))
        return try .json(
            TransferDetails(
                total: transfer.total, wireFee: transfer.wireFee, merchantPub: transfer.merchantPub, paytoHash: paytoHash,
                executionTime: transfer.executionTime, deposits: deposits, exchangePub: signer.pub,
                exchangeSignature: signer.sign(statement)))
    }
}
