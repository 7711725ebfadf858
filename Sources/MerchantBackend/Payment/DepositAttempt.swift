// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeClient
import HTTPCore
import Logging
import MerchantStore
import TalerCrypto
import TalerWire

/// Carries out a deposit's conversation with its exchange, once: the network and the database at the edges of the pure machine.
struct DepositAttempt: Sendable {
    let identity: MerchantIdentity
    let store: MerchantStore
    let directory: ExchangeDirectory
    let sender: any Sender
    /// Which addresses an exchange may point to.
    let policy: FetchPolicy
    let clock: any WallClock
    let changes: ChangeBell<ContractHash>
    let trace: any PaymentTrace
    let logger: Logger

    /// A request that has not arrived after so many seconds never will.
    static let longestWay: Int64 = 86_400

    /// - Throws: `MerchantStoreError`; then nothing is known that was not known before.
    func run(_ id: Int64) async throws -> IntentOutcome {
        // The state may have moved on since the caller read it.
        let intent = try await store.intent(id: id)
        if let known = intent.knownOutcome { return known }
        let outcome = try await converse(intent)
        changes.ring(intent.contractHash)
        return outcome
    }

    /// What is said and what is asked, in one attempt.
    private struct Talk {
        let intent: StoredIntent
        let request: BatchDepositRequest
        let wireHash: WireHash
        var conversation: DepositConversation
        /// The last 451.
        var kyc: KYCRequired?
    }

    private func converse(_ intent: StoredIntent) async throws -> IntentOutcome {
        let request: BatchDepositRequest = try intent.request.decode()
        let subject = DepositConversation.Subject(
            baseURL: intent.exchangeURL, coinCount: intent.coins.count,
            wired: Set(intent.coins.indices.filter { intent.coins[$0].wire != nil }), isUnconfirmed: intent.state == .unconfirmed,
            // A shop may ask for a transfer at once; a request that is stuck on its way is waited for all the same.
            wireDeadline: max(request.wireTransferDeadline, intent.created.advanced(bySeconds: Self.longestWay)))
        var talk = Talk(
            intent: intent, request: request, wireHash: try WireHash(payto: PaytoURI(request.merchantPaytoURI), salt: request.wireSalt),
            conversation: DepositConversation(subject, mayHaveReached: intent.mayHaveReached))
        if !intent.mayHaveReached { try await store.markSending(intent) }
        var action = talk.conversation.begin()
        while true {
            switch action {
            case .send(let url): action = await send(url, &talk)
            case .verify(let success): action = await verify(success, &talk)
            case .refreshKeys:
                _ = try? await directory.freshKeys(of: intent.exchangeURL)
                action = talk.conversation.keysRefreshed()
            case .ask(let coin, let url): action = await ask(coin, url, &talk)
            case .verifyWire(let coin, let wired): action = await verify(wired, of: coin, &talk)
            case .settle(let evidence): return try await settle(evidence, talk)
            case .settleUnconfirmed(let wired):
                return try await settle(.unconfirmed(wired.mapValues(StoredIntent.Wire.init)), talk, isConfirmed: false)
            case .close(let refusal): return try await close(refusal, talk)
            case .keepOpen(let doubt): return try await keepOpen(doubt, talk)
            }
        }
    }

    // MARK: What the machine wants done

    private func send(_ url: String, _ talk: inout Talk) async -> DepositConversation.Action {
        var message = OutgoingRequest.json(.post, url, talk.intent.request, timeout: .seconds(60))
        // A refusal counts only if it is known that the batch did not reach the exchange before.
        message.needsFreshConnection = true
        reached(.requestSent, talk.intent)
        do {
            let answer = try await sender.send(admitted(message))
            reached(.answerReceived, talk.intent, .status(answer.status))
            if answer.status == 451 { talk.kyc = (try? answer.json().decode(as: KYCRequired.self)) ?? KYCRequired() }
            return talk.conversation.received(answer, redirect: redirect(message, answer), now: clock.now())
        } catch {
            reached(.answerReceived, talk.intent, .noAnswer)
            return talk.conversation.failed(error)
        }
    }

    private func ask(_ coin: Int, _ url: String?, _ talk: inout Talk) async -> DepositConversation.Action {
        let intent = talk.intent
        let coinPub = intent.coins[coin].coinPub
        let signature = identity.key.sign(
            DepositTrackRequest(contractHash: intent.contractHash, wireHash: talk.wireHash, coinPub: coinPub))
        var message = ExchangeRequests(baseURL: intent.transactionBaseURL ?? intent.exchangeURL).deposit(
            coinPub, contract: intent.contractHash, wireHash: talk.wireHash, merchant: talk.request.merchantPub, signature: signature)
        if let url { message.url = url }
        do {
            let answer = try await sender.send(admitted(message))
            return talk.conversation.received(answer, redirect: redirect(message, answer), now: clock.now())
        } catch { return talk.conversation.failed(error) }
    }

    private func verify(_ success: DepositSuccess, _ talk: inout Talk) async -> DepositConversation.Action {
        do throws(AnswerFailure) {
            try DepositVerification.check(
                success, of: talk.request, depositFees: talk.intent.coins.map(\.depositFee), keys: try await keys(talk.intent),
                now: clock.now())
            return talk.conversation.confirmationVerified()
        } catch {
            complain("an exchange's confirmation does not verify", error, talk.intent)
            return talk.conversation.confirmationRefused("its confirmation does not verify", isUnknownKey: error == .unknownKey)
        }
    }

    private func verify(_ wired: DepositWired, of coin: Int, _ talk: inout Talk) async -> DepositConversation.Action {
        let stored = talk.intent.coins[coin]
        let question = WiredDepositVerification.Question(
            coinPub: stored.coinPub, contractHash: talk.intent.contractHash, wireHash: talk.wireHash, contribution: stored.contribution,
            depositFee: stored.depositFee)
        do throws(AnswerFailure) {
            try WiredDepositVerification.check(wired, of: question, keys: try await keys(talk.intent), now: clock.now())
            return talk.conversation.wireVerified(now: clock.now())
        } catch {
            complain("an exchange's word about a transfer does not verify", error, talk.intent)
            return talk.conversation.wireRefused(isUnknownKey: error == .unknownKey)
        }
    }

    private func keys(_ intent: StoredIntent) async throws(AnswerFailure) -> VerifiedKeys {
        do { return try await directory.keys(ofUnlisted: intent.exchangeURL) } catch { throw .unknownKey }
    }

    /// - Throws: `SendError.notSent` for what must not be fetched.
    private func admitted(_ message: OutgoingRequest) throws(SendError) -> OutgoingRequest {
        do { return try policy.admit(message) } catch { throw .notSent("\(error)") }
    }

    /// Where an answer points to, if that may be fetched.
    private func redirect(_ message: OutgoingRequest, _ answer: Response) -> String? {
        guard let next = try? policy.redirected(message, by: answer) else { return nil }
        return next.url
    }

    // MARK: How it ends

    private func settle(_ evidence: DepositConversation.Evidence, _ talk: Talk) async throws -> IntentOutcome {
        switch evidence {
        case .confirmed(let success):
            let confirmation = StoredIntent.Confirmation(
                exchangePub: success.exchangePub, exchangeSignatures: success.signatures, exchangeTimestamp: success.exchangeTimestamp)
            let base = success.transactionBaseURL.flatMap { (try? policy.admit(OutgoingRequest(.get, $0))) == nil ? nil : $0 }
            return try await settle(.confirmed(confirmation, transactionBaseURL: base), talk, isConfirmed: true)
        case .wired(let wired): return try await settle(.wired(wired.mapValues(StoredIntent.Wire.init)), talk, isConfirmed: true)
        }
    }

    private func settle(_ acceptance: Acceptance, _ talk: Talk, isConfirmed: Bool) async throws -> IntentOutcome {
        let intent = talk.intent
        let payment = identity.key.sign(PaymentConfirmation(contractHash: intent.contractHash))
        guard try await store.settle(intent, acceptance, payment: payment, now: clock.now()) else { return try await stored(intent) }
        try await recordKYCNeed(talk)
        reached(.outcomeCommitted, intent, isConfirmed ? .paid : .unconfirmed)
        logger.info(
            isConfirmed ? "deposit accepted" : "deposit accepted, but not confirmed by a signature yet", metadata: metadata(intent))
        return .accepted(isConfirmed: isConfirmed)
    }

    private func close(_ refusal: DepositConversation.Refusal, _ talk: Talk) async throws -> IntentOutcome {
        let intent = talk.intent
        var details = metadata(intent)
        details["status"] = "\(refusal.status)"
        details["answer"] = "\(refusal.answer.loggable)"
        logger.notice("an exchange refused a deposit", metadata: details)
        try await recordKYCNeed(talk)
        guard try await store.refuse(intent, status: refusal.status, answer: refusal.answer, now: clock.now()) else {
            return try await stored(intent)
        }
        reached(.outcomeCommitted, intent, .refused(refusal.status))
        return .refused(refusal, exchangeURL: intent.exchangeURL)
    }

    private func keepOpen(_ doubt: DepositConversation.Doubt, _ talk: Talk) async throws -> IntentOutcome {
        let intent = talk.intent
        var details = metadata(intent)
        details["reason"] = "\(doubt)"
        logger.warning("a deposit has no outcome yet", metadata: details)
        try await recordKYCNeed(talk)
        try await store.recordAttempt(intent, error: "\(doubt)", mayHaveReached: talk.conversation.mayHaveReached)
        reached(.outcomeCommitted, intent, .unknown)
        return intent.state == .unconfirmed ? .accepted(isConfirmed: false) : .unknown(doubt, exchangeURL: intent.exchangeURL)
    }

    /// Somebody else ended the intent: that outcome holds.
    private func stored(_ intent: StoredIntent) async throws -> IntentOutcome {
        guard let known = try await store.intent(id: intent.id).knownOutcome else { throw MerchantStoreError.corrupt("intent") }
        return known
    }

    private func recordKYCNeed(_ talk: Talk) async throws {
        guard let kyc = talk.kyc, let contract = try await store.contract(talk.intent.contractHash) else { return }
        try await store.recordKYCNeed(
            KYCNeed(
                accountID: contract.accountID, exchangeURL: talk.intent.exchangeURL, paytoHash: kyc.paytoHash, accountPub: kyc.accountPub,
                isBadKYCAuth: kyc.isBadKYCAuth ?? false, requirementRow: kyc.requirementRow, since: clock.now()))
    }

    // MARK: For those who watch

    private func reached(_ step: PaymentStep, _ intent: StoredIntent, _ result: PaymentResult? = nil) {
        trace.reached(
            step, PaymentNote(contract: intent.contractHash, exchange: intent.exchangeURL, attempts: intent.attempts, result: result))
    }

    private func complain(_ message: Logger.Message, _ failure: AnswerFailure, _ intent: StoredIntent) {
        var details = metadata(intent)
        details["reason"] = "\(failure)"
        logger.error(message, metadata: details)
    }

    private func metadata(_ intent: StoredIntent) -> Logger.Metadata {
        ["exchange": "\(intent.exchangeURL)", "contract": "\(intent.contractHash)", "intent": "\(intent.id)"]
    }
}

extension StoredIntent {
    /// What is known of an intent that has ended.
    var knownOutcome: IntentOutcome? {
        switch state {
        case .open, .unconfirmed: nil
        case .accepted: .accepted(isConfirmed: true)
        case .refused(let status, let answer): .refused(.init(status: status, answer: answer), exchangeURL: exchangeURL)
        }
    }
}

extension StoredIntent.Wire {
    init(_ wired: DepositWired) {
        self.init(
            transferID: wired.wireTransferID, executionTime: wired.executionTime, contribution: wired.coinContribution,
            exchangePub: wired.exchangePub, exchangeSignature: wired.exchangeSignature)
    }
}
