// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeClient
import HTTPCore
import MerchantAPI
import MerchantCore
import MerchantStore
import TalerCrypto
import TalerWire

extension PermissionCheck {
    /// The coins of one exchange, each with its denomination, every signature verified.
    /// - Throws: `APIError` 400 / 2025, 2151, 2152, 22, 30, 2154; 403 / 2157; 410 / 2165; 502 / 2010.
    func coins(of share: Share, directory: ExchangeDirectory, now: Timestamp) async throws(APIError) -> CheckedShare {
        let exchange = share.exchangeURL
        let isListed = contract.terms.exchanges.contains(exchange) && directory.entries.contains { $0.baseURL == exchange }
        if !isListed { try mayBeAudited(exchange) }
        var hashes: [(index: Int, hash: DenominationHash)] = []
        for index in share.indices { hashes.append((index, try denominationHash(at: index))) }
        let keys = try await self.keys(of: exchange, having: hashes.map(\.hash), directory)
        if !isListed { try isAudited(exchange, hashes, keys) }
        guard let protocolVersion = keys.version.common else {
            throw APIError(
                .merchantGenericExchangeKeysFailure, hint: "The exchange speaks no protocol that is known here.",
                detail: "\(keys.version)", members: ["exchange_url": .string(exchange)])
        }
        var coins: [CheckedCoin] = []
        for (index, hash) in hashes {
            guard let denomination = keys.denominations[hash] else {
                throw APIError(
                    .merchantPostOrdersIdPayDenominationKeyNotFound, hint: "The exchange has no such denomination.",
                    detail: "coins[\(index)]",
                    members: [
                        "h_denom_pub": hash.json, "coin_pub": permission.coins[index].coinPub.json, "exchange_url": .string(exchange),
                    ])
            }
            coins.append(try coin(at: index, denomination, protocolVersion, now: now))
        }
        return CheckedShare(exchangeURL: exchange, protocolVersion: protocolVersion, coins: coins)
    }

    /// An exchange that the contract does not list is asked for its keys only where auditors could vouch for it.
    private func mayBeAudited(_ exchange: String) throws(APIError) {
        let isAllowed = !identity.auditors.isEmpty && (try? identity.fetchPolicy.admit(OutgoingRequest(.get, exchange + "keys"))) != nil
        guard isAllowed else {
            throw APIError(
                .merchantGenericExchangeUntrusted, hint: "The contract does not list this exchange.",
                members: ["exchange_url": .string(exchange)])
        }
    }

    private func isAudited(
        _ exchange: String, _ hashes: [(index: Int, hash: DenominationHash)], _ keys: VerifiedKeys
    ) throws(APIError) {
        for (index, hash) in hashes where !keys.isAudited(hash) {
            throw Self.notAudited(["h_denom_pub": hash.json, "exchange_url": .string(exchange)], detail: "coins[\(index)]")
        }
        // It would take the coins, confirm them, and never pay.
        guard keys.canWire(to: account.payto) else {
            throw APIError(
                .merchantGenericExchangeUntrusted, hint: "The exchange cannot pay to the merchant's account.",
                members: ["exchange_url": .string(exchange)])
        }
    }

    private static func notAudited(_ members: JSONObject, detail: String? = nil) -> APIError {
        APIError(
            .merchantPostOrdersIdPayDenominationKeyAuditorFailure,
            hint: "No auditor of the merchant vouches for this exchange's coins.", detail: detail, members: members)
    }

    private func keys(
        of exchange: String, having hashes: [DenominationHash], _ directory: ExchangeDirectory
    ) async throws(APIError) -> VerifiedKeys {
        do throws(KeysError) {
            return try await directory.keys(ofUnlisted: exchange) { keys in hashes.allSatisfy { keys.denominations[$0] != nil } }
        } catch .notAudited {
            throw Self.notAudited(["exchange_url": .string(exchange)])
        } catch {
            throw APIError(
                .merchantGenericExchangeKeysFailure, hint: "The exchange's keys could not be obtained.", detail: "\(error)",
                members: ["exchange_url": .string(exchange)])
        }
    }

    private func denominationHash(at index: Int) throws(APIError) -> DenominationHash {
        let coin = permission.coins[index]
        if let hash = coin.denominationPubHash ?? coin.denominationHash { return hash }
        guard let text = coin.denominationPub else { throw refuse("coins[\(index)].denom_pub", "the denomination is missing") }
        let parsed = (try? DenominationPublicKey(.rsa, base32: text)) ?? (try? DenominationPublicKey(.clauseSchnorr, base32: text))
        guard let key = parsed else { throw refuse("coins[\(index)].denom_pub", "it is no denomination's public key in base32") }
        return DenominationHash(of: key)
    }

    private func coin(
        at index: Int, _ denomination: Denomination, _ protocolVersion: Int, now: Timestamp
    ) throws(APIError) -> CheckedCoin {
        let coin = permission.coins[index]
        let contribution = coin.contribution.amount
        guard denomination.isDepositable(at: now) else {
            throw APIError(
                .merchantPostOrdersIdPayDenominationDepositExpired, hint: "A coin's denomination is not valid now.",
                detail: "coins[\(index)]",
                members: ["h_denom_pub": denomination.hash.json, "coin_pub": coin.coinPub.json])
        }
        guard contribution.currency == contract.terms.amount.currency, contribution.currency == denomination.value.currency else {
            throw refuse("coins[\(index)].f", "it is in another currency", code: .genericCurrencyMismatch)
        }
        guard contribution.units <= denomination.value.units else {
            throw refuse("coins[\(index)].f", "it is more than the coin's denomination is worth")
        }
        guard contribution.units >= denomination.feeDeposit.units else {
            throw APIError(
                .merchantPostOrdersIdPayFeesExceedPayment, hint: "A coin contributes less than its deposit fee.",
                detail: "coins[\(index)].f",
                members: ["coin_pub": coin.coinPub.json])
        }
        let signature: DenominationSignature
        do { signature = try DenominationSignature(classic: coin.denominationSignature) } catch {
            throw refuse("coins[\(index)].ub_sig", "it is no denomination signature")
        }
        guard signature.isValid(for: CoinPublicKeyHash(of: coin.coinPub), by: denomination.publicKey),
            isSigned(coin, denomination, protocolVersion)
        else {
            throw APIError(
                .merchantPostOrdersIdPayCoinSignatureInvalid, hint: "A coin's signature is wrong.", detail: "coins[\(index)]",
                members: ["coin_pub": coin.coinPub.json])
        }
        return CheckedCoin(
            coinPub: coin.coinPub, denomination: denomination, denominationSignature: signature, contribution: contribution,
            coinSignature: coin.coinSignature)
    }

    /// The coin's key signed the deposit, in the layout of the exchange's protocol.
    private func isSigned(_ coin: DepositPermission.Coin, _ denomination: Denomination, _ protocolVersion: Int) -> Bool {
        let terms = contract.terms
        let statement = DepositRequest(
            contractHash: contract.hash, ageCommitmentHash: .zero, policyHash: .zero, wireHash: account.wireHash,
            denominationHash: denomination.hash, walletTimestamp: terms.timestamp, refundDeadline: terms.refundDeadline,
            amountWithFee: coin.contribution.amount, depositFee: denomination.feeDeposit, merchantPub: account.merchantPub,
            walletDataHash: .zero)
        return CoinVerification.isSigned(statement, by: coin.coinPub, coin.coinSignature, protocolVersion: protocolVersion)
    }
}
