// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
public import ExchangeClient
public import HTTPCore
public import Logging
public import MerchantStore
import TalerCrypto
public import TalerWire

/// Carries intents to their exchange until it is known what became of them. One attempt at a time for each intent: everybody who asks
/// for its outcome meanwhile gets the same one.
public actor Depositor {
    /// What an attempt came to.
    public enum Outcome: Sendable, Equatable {
        /// Paid; the merchant's signature 1104.
        case paid(EdDSASignature)
        /// Refused for good by the exchange.
        case refused(DepositConversation.Refusal, exchangeURL: String)
        /// Not known yet: it is tried again by itself.
        case unknown(DepositConversation.Doubt, exchangeURL: String)
    }

    private let identity: MerchantIdentity
    private let store: MerchantStore
    private let directory: ExchangeDirectory
    private let sender: any Sender
    private let clock: any WallClock
    private let changes: ChangeBell<ContractHash>
    private let retryDelay: @Sendable (Int) -> Duration
    private let logger: Logger
    private let trace: any PaymentTrace
    /// Kept from attempt to attempt: what an earlier one left in doubt.
    private var conversations: [Int64: DepositConversation] = [:]
    private var attempts: [Int64: Task<Outcome, any Error>] = [:]
    private var retries: [Int64: Task<Void, Never>] = [:]
    /// Attempts in a row that the database did not count, because it failed.
    private var uncounted: [Int64: Int] = [:]
    private var isStopped = false

    /// - Parameter retryDelay: by the number of attempts so far.
    public init(
        identity: MerchantIdentity, store: MerchantStore, directory: ExchangeDirectory, sender: any Sender, clock: any WallClock,
        changes: ChangeBell<ContractHash>, logger: Logger, trace: any PaymentTrace = NoTrace(),
        retryDelay: @escaping @Sendable (Int) -> Duration = Depositor.growingDelay
    ) {
        self.identity = identity
        self.store = store
        self.directory = directory
        self.sender = sender
        self.clock = clock
        self.changes = changes
        self.retryDelay = retryDelay
        self.logger = logger
        self.trace = trace
    }

    /// 1, 2, 4 … seconds up to five minutes, each moved by up to a quarter at random.
    public static func growingDelay(_ attempts: Int) -> Duration {
        let seconds = min(300.0, Double(1 << min(max(attempts - 1, 0), 9)))
        return .milliseconds(Int64(seconds * 1000 * Double.random(in: 0.75...1.25)))
    }

    /// Takes up every intent that a former process left open. Their requests may have reached the exchange.
    /// - Returns: how many there are.
    @discardableResult
    public func resume() async throws -> Int {
        let open = try await store.openIntents()
        for intent in open {
            conversations[intent.id] = DepositConversation(mayHaveReached: true)
            Task { _ = try? await self.outcome(of: intent) }
        }
        return open.count
    }

    /// Nothing is tried again by itself any more; what is open is taken up by the next process.
    public func stop() {
        isStopped = true
        for retry in retries.values { retry.cancel() }
        retries = [:]
    }

    /// The outcome of the attempt under way, or of one that begins now.
    public func outcome(of intent: StoredIntent) async throws -> Outcome {
        retries.removeValue(forKey: intent.id)?.cancel()
        let attempt = attempts[intent.id] ?? Task { try await self.attempt(intent) }
        attempts[intent.id] = attempt
        return try await attempt.value
    }

    private func attempt(_ intent: StoredIntent) async throws -> Outcome {
        do {
            // The state may have moved on since the caller read it.
            let current = try await store.intent(id: intent.id)
            let outcome = try await current.state == .open ? converse(current) : known(current)
            attempts[intent.id] = nil
            uncounted[intent.id] = nil
            if case .unknown = outcome { scheduleRetry(intent, attempts: current.attempts + 1) } else { conversations[intent.id] = nil }
            changes.ring(intent.contractHash)
            return outcome
        } catch {
            attempts[intent.id] = nil
            logger.error("an intent could not be worked on", metadata: ["intent": "\(intent.id)", "error": "\(error)"])
            let count = (uncounted[intent.id] ?? 0) + 1
            uncounted[intent.id] = count
            scheduleRetry(intent, attempts: intent.attempts + count)
            throw error
        }
    }

    private func known(_ intent: StoredIntent) async throws -> Outcome {
        switch intent.state {
        case .refused(let status, let answer):
            return .refused(DepositConversation.Refusal(status: status, answer: answer), exchangeURL: intent.exchangeURL)
        case .accepted, .unconfirmed, .open:
            guard let payment = try await store.contract(intent.contractHash)?.payment else { throw MerchantStoreError.corrupt("payment") }
            return .paid(payment.signature)
        }
    }

    private func converse(_ intent: StoredIntent) async throws -> Outcome {
        let request: BatchDepositRequest = try intent.request.decode()
        let message = try ExchangeRequests(baseURL: intent.exchangeURL).batchDeposit(request)
        var conversation = conversations[intent.id] ?? DepositConversation(mayHaveReached: intent.attempts > 0)
        conversation.attemptBegins()
        defer { conversations[intent.id] = conversation }
        while true {
            var action: DepositConversation.Action
            reached(.requestSent, intent)
            do {
                let answer = try await sender.send(message)
                reached(.answerReceived, intent, .status(answer.status))
                action = conversation.received(answer)
            } catch {
                reached(.answerReceived, intent, .noAnswer)
                action = conversation.failed(error)
            }
            if case .verify(let success) = action {
                do throws(DepositVerification.Failure) {
                    let keys: VerifiedKeys
                    do throws(KeysError) { keys = try await directory.keys(of: intent.exchangeURL) } catch { throw .unknownKey }
                    try DepositVerification.check(
                        success, of: request, depositFees: intent.coins.map(\.depositFee), keys: keys, now: clock.now())
                    conversation.confirmationVerified()
                } catch {
                    logger.error(
                        "an exchange's confirmation does not verify",
                        metadata: ["exchange": "\(intent.exchangeURL)", "contract": "\(intent.contractHash)", "reason": "\(error)"])
                    action = conversation.confirmationRefused("its confirmation does not verify", isUnknownKey: error == .unknownKey)
                }
            }
            switch action {
            case .verify(let success): return try await settle(intent, success)
            case .refreshKeysAndRepeat: _ = try? await directory.refresh(intent.exchangeURL)
            case .close(let refusal):
                logger.notice(
                    "an exchange refused a deposit",
                    metadata: [
                        "exchange": "\(intent.exchangeURL)", "contract": "\(intent.contractHash)", "status": "\(refusal.status)",
                        "answer": "\(refusal.answer.loggable)",
                    ])
                try await store.refuse(intent, status: refusal.status, answer: refusal.answer, now: clock.now())
                reached(.outcomeCommitted, intent, .refused(refusal.status))
                return .refused(refusal, exchangeURL: intent.exchangeURL)
            case .keepOpen(let doubt):
                logger.warning(
                    "a deposit has no outcome yet",
                    metadata: ["exchange": "\(intent.exchangeURL)", "contract": "\(intent.contractHash)", "reason": "\(doubt)"])
                try await store.recordAttempt(intent, error: "\(doubt)")
                reached(.outcomeCommitted, intent, .unknown)
                return .unknown(doubt, exchangeURL: intent.exchangeURL)
            }
        }
    }

    private func settle(_ intent: StoredIntent, _ success: DepositSuccess) async throws -> Outcome {
        let payment = identity.key.sign(PaymentConfirmation(contractHash: intent.contractHash))
        try await store.settle(
            intent,
            .init(
                exchangePub: success.exchangePub, exchangeSignatures: success.signatures,
                exchangeTimestamp: success.exchangeTimestamp
            ),
            payment: payment, now: clock.now())
        reached(.outcomeCommitted, intent, .paid)
        logger.info("paid", metadata: ["contract": "\(intent.contractHash)", "exchange": "\(intent.exchangeURL)"])
        return .paid(payment)
    }

    private func reached(_ step: PaymentStep, _ intent: StoredIntent, _ result: PaymentResult? = nil) {
        trace.reached(
            step, PaymentNote(contract: intent.contractHash, exchange: intent.exchangeURL, attempts: intent.attempts, result: result))
    }

    private func scheduleRetry(_ intent: StoredIntent, attempts: Int) {
        guard !isStopped else { return }
        let delay = retryDelay(attempts)
        retries[intent.id]?.cancel()
        retries[intent.id] = Task {
            do { try await Task.sleep(for: delay) } catch { return }
            self.retry(intent)
        }
    }

    private func retry(_ intent: StoredIntent) {
        retries[intent.id] = nil
        guard !isStopped else { return }
        Task { _ = try? await self.outcome(of: intent) }
    }
}
