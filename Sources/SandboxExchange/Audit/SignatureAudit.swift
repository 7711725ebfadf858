// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeStore
import TalerCrypto
import TalerWire

/// Checks every signature of a customer, a coin or a merchant that the books hold, and the denominations' own on coins.
struct SignatureAudit {
    let snapshot: BookSnapshot
    let keys: AuditedKeys
    let findings: Findings

    func check() async throws {
        try await checkWithdrawals()
        try await checkCoins()
        try await checkDeposits()
        try await checkRefunds()
        try await checkTransfers()
        try await checkAccounts()
    }

    /// The blinded coin is not kept, but follows from its signature: as its hash does.
    private func checkWithdrawals() async throws {
        let (keys, findings) = (keys, findings)
        try await snapshot.each(.withdrawals, findings) { withdrawal in
            let coin = withdrawal.coin
            let statement = WithdrawRequest(
                amountWithFee: coin.amountWithFee, denominationHash: coin.denominationHash, coinEnvelopeHash: coin.envelopeHash)
            if !statement.isValid(coin.reserveSignature, by: withdrawal.reserve) {
                findings.add("the reserve \(withdrawal.reserve) has not signed the withdrawal \(coin.envelopeHash)")
            }
            guard let denomination = keys.denominations[coin.denominationHash] else { return }
            let planchet = try? denomination.publicKey.planchet(signedBy: BlindedSignature(coin.blindSignature))
            if planchet.map({ CoinEnvelopeHash(of: $0, denomination: coin.denominationHash) }) != coin.envelopeHash {
                findings.add("the denomination has not signed the withdrawal \(coin.envelopeHash)")
            }
        }
    }

    private func checkCoins() async throws {
        let (keys, findings) = (keys, findings)
        try await snapshot.each(.coins, findings) { coin in
            guard let denomination = keys.denominations[coin.denominationHash] else { return }
            let hash = CoinPublicKeyHash(of: coin.coinPub, ageCommitment: coin.ageCommitmentHash)
            if !DenominationSignature.rsa(coin.denominationSignature).isValid(for: hash, by: denomination.publicKey) {
                findings.add("the denomination has not signed the coin \(coin.coinPub)")
            }
        }
    }

    private func checkDeposits() async throws {
        let findings = findings
        try await snapshot.each(.deposits, findings) { deposit in
            if !ContractOffer(contractHash: deposit.contractHash).isValid(deposit.merchantSignature, by: deposit.merchantPub) {
                findings.add("the merchant \(deposit.merchantPub) has not signed the contract \(deposit.contractHash)")
            }
            guard let payto = try? PaytoURI(deposit.payto), WireHash(payto: payto, salt: deposit.wireSalt) == deposit.wireHash else {
                return findings.add("deposit \(deposit.number) is for another account than its buyers have signed")
            }
        }
        try await snapshot.each(.depositCoins, findings) { coin in
            let statement = DepositRequest(
                contractHash: coin.contractHash, ageCommitmentHash: coin.ageCommitmentHash ?? .zero, policyHash: .zero,
                wireHash: coin.wireHash, denominationHash: coin.denominationHash, walletTimestamp: coin.timestamp,
                refundDeadline: coin.refundDeadline, amountWithFee: coin.contribution, depositFee: coin.depositFee,
                merchantPub: coin.merchantPub, walletDataHash: coin.walletDataHash ?? .zero)
            if !statement.isValid(coin.coinSignature, by: coin.coinPub) {
                findings.add("the coin \(coin.coinPub) has not signed its deposit for the contract \(coin.contractHash)")
            }
        }
    }

    private func checkRefunds() async throws {
        let findings = findings
        try await snapshot.each(.refunds, findings) { refund in
            let statement = RefundRequest(
                contractHash: refund.contractHash, coinPub: refund.coinPub, refundTransactionID: refund.transactionID,
                refundAmount: refund.amount)
            if !statement.isValid(refund.merchantSignature, by: refund.merchantPub) {
                findings.add("the merchant has not signed the refund \(refund.transactionID) of the coin \(refund.coinPub)")
            }
        }
    }

    private func checkTransfers() async throws {
        let (keys, findings) = (keys, findings)
        let unit = try WireUnit.smallest(snapshot.currency)
        try await snapshot.each(.transfers, findings) { transfer in
            let method = (try? PaytoURI(transfer.payto))?.method
            let fees = keys.wireFees.filter { $0.method == method && $0.start <= transfer.prepared && transfer.prepared < $0.end }
            if !fees.contains(where: { $0.wireFee == transfer.wireFee }) {
                findings.add("the wire fee of transfer \(transfer.wireTransferID) is not the one that the offline key has signed")
            }
            if try !transfer.rounding.isLess(than: unit) {
                findings.add("transfer \(transfer.wireTransferID) was rounded down by \(transfer.rounding), which can be paid")
            }
        }
    }

    private func checkAccounts() async throws {
        let findings = findings
        try await snapshot.each(.merchantAccounts, findings) { account in
            // A normalized URI has no receiver's name, and is none that could be paid to.
            if HashCode(sha512: Array(account.payto.utf8) + [0]).bytes.prefix(NormalizedPaytoHash.byteCount) != account.hash.bytes[...] {
                findings.add("the account \(account.payto) is kept under another one's hash")
            }
        }
    }
}
