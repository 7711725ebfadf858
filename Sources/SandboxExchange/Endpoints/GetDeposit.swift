// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeStore
import HTTPCore
import TalerCrypto
import TalerWire

/// What became of a coin's deposit, told to the merchant alone. With `timeout_ms` and `lpt=2` the answer
/// waits for the transfer, with `lpt=1` also until something is asked of the merchant.
struct GetDeposit: Endpoint {
    static let route = Route(.get, "/deposits/:h_wire/:merchant_pub/:h_contract_terms/:coin_pub")

    let store: ExchangeStore
    let keys: KeyRing
    let policy: KYCPolicy
    let bell: ChangeBell<DepositTopic>
    let clock: any WallClock

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let wireHash: WireHash = try path.value("h_wire", or: .exchangeDepositsGetInvalidHWire)
        let merchant: MerchantPublicKey = try path.value("merchant_pub", or: .exchangeDepositsGetInvalidMerchantPub)
        let contract: ContractHash = try path.value("h_contract_terms", or: .exchangeDepositsGetInvalidHContractTerms)
        let coin: CoinPublicKey = try path.value("coin_pub", or: .exchangeDepositsGetInvalidCoinPub)
        let signature: EdDSASignature = try request.parameter("merchant_sig")
        let target = try request.pollTarget(upTo: 2)
        // A timeout alone changes nothing, as with exchanges in C.
        let wait = target == 0 ? .zero : try request.wait()
        let statement = DepositTrackRequest(contractHash: contract, wireHash: wireHash, coinPub: coin)
        guard statement.isValid(signature, by: merchant) else {
            throw APIError(.exchangeDepositsGetMerchantSignatureInvalid, hint: "The merchant has not signed this question.")
        }
        let query = { () async throws -> (state: DepositState, pending: DepositPending)? in
            let state = try await store.depositState(of: coin, contract: contract, merchant: merchant, wireHash: wireHash)
            guard let state else { return nil }
            return (state, try await pending(state, merchant))
        }
        var topics = [DepositTopic.contract(contract)]
        if target == 1, wait > .zero, let (state, _) = try await query() {
            topics.append(.account(NormalizedPaytoHash(of: try PaytoURI(state.payto))))
        }
        let found = try await LongPoll(bell: bell, maximum: Request.longestWait).value(
            ofAny: topics, wait: wait,
            until: { $0 == nil || $0?.state.transfer != nil || (target == 1 && $0?.pending.isKYCOK == false) }, query)
        guard let (state, pending) = found else {
            throw APIError(.exchangeDepositsGetNotFound, hint: "The exchange knows no such deposit.")
        }
        guard let transfer = state.transfer else { return try .json(status: 202, pending) }
        let signer = try keys.table.signer(at: clock.now())
        let confirmation = WireConfirmation(
            wireHash: wireHash, contractHash: contract, wireTransferID: transfer.wireTransferID, coinPub: coin,
            executionTime: transfer.executionTime, coinContribution: state.contribution)
        return try .json(
            DepositWired(
                wireTransferID: transfer.wireTransferID, executionTime: transfer.executionTime, coinContribution: state.contribution,
                exchangePub: signer.pub, exchangeSignature: signer.sign(confirmation)))
    }

    private func pending(_ state: DepositState, _ merchant: MerchantPublicKey) async throws -> DepositPending {
        let hash = NormalizedPaytoHash(of: try PaytoURI(state.payto))
        guard policy.threshold(of: hash, merchant) != nil else { return DepositPending(executionTime: state.wireDeadline, isKYCOK: true) }
        let account = try await store.account(hash)
        return DepositPending(
            executionTime: state.wireDeadline, isKYCOK: account?.isPayable(to: merchant) == true,
            requirementRow: account?.openRequirement, accountPub: account?.accountPub)
    }
}
