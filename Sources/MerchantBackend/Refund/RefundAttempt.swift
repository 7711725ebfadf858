// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeClient
import HTTPCore
import Logging
import MerchantCore
import MerchantStore
import TalerCrypto
import TalerWire

/// One conversation with an exchange about one refund: the same request as ever, and what its answer means is written down.
struct RefundAttempt: Sendable {
    let identity: MerchantIdentity
    let store: MerchantStore
    let directory: ExchangeDirectory
    let sender: any Sender
    let clock: any WallClock
    let logger: Logger

    enum Result: Sendable, Equatable {
        /// It has an outcome now, or had one already.
        case ended
        /// The exchange answers, but not with an outcome.
        case doubtful(attempts: Int, isStuck: Bool)
        /// The exchange does not answer anybody: others need not try.
        case unreachable
    }

    /// Answers of an exchange, or of what stands before it, that speak of the server and not of the request.
    private static let busy: Set<Int> = [408, 425, 429, 502, 503, 504]

    func run(_ id: Int64) async throws -> Result {
        let refund = try await store.refund(id: id)
        guard refund.state == .open else { return .ended }
        let request = CoinRefundRequest(
            refundAmount: refund.amount, contractHash: refund.contractHash, merchantPub: identity.publicKey,
            refundTransactionID: refund.refundTransactionID,
            merchantSignature: identity.key.sign(
                RefundRequest(
                    contractHash: refund.contractHash, coinPub: refund.coinPub, refundTransactionID: refund.refundTransactionID,
                    refundAmount: refund.amount)))
        let response: Response
        do {
            var message = try ExchangeRequests(baseURL: refund.exchangeURL).refund(refund.coinPub, request)
            message.maximumAnswer = 1 << 20
            response = try await sender.send(message)
        } catch let error as SendError {
            let mayHaveReached = if case .notSent = error { false } else { true }
            return try await noAnswer(refund, "\(error.text)", mayHaveReached: mayHaveReached)
        }
        let body = try? response.json()
        switch RefundAnswer(status: response.status, body: body) {
        case .claimsSuccess: return try await verify(refund, request, response)
        case .refused(let status, let code):
            logger.warning(
                "an exchange will not give back a refund", metadata: metadata(refund, ["status": "\(status)", "code": "\(code)"]))
            try await store.failRefund(refund, status: status, answer: body ?? .null, now: clock.now())
            return .ended
        case .doubtful(let status, let code):
            let text = "status \(status)" + (code.map { ", code \($0)" } ?? "")
            if Self.busy.contains(status) { return try await noAnswer(refund, text, mayHaveReached: true) }
            return try await doubt(refund, "the exchange's answer cannot be used: \(text)", answer: text)
        }
    }

    private func verify(_ refund: StoredRefund, _ request: CoinRefundRequest, _ response: Response) async throws -> Result {
        let success: CoinRefundResponse
        do { success = try response.json().decode() } catch {
            return try await doubt(refund, "the exchange's confirmation cannot be read: \(error)", answer: "unreadable")
        }
        do throws(AnswerFailure) {
            do throws(AnswerFailure) { try await check(success, refund, request, isFresh: false) } catch .unknownKey {
                try await check(success, refund, request, isFresh: true)
            }
        } catch {
            logger.error("an exchange's refund confirmation does not verify", metadata: metadata(refund, ["reason": "\(error)"]))
            return try await doubt(refund, "the exchange's confirmation does not verify: \(error)", answer: "unverified")
        }
        try await store.acceptRefund(
            refund, exchangePub: success.exchangePub, exchangeSignature: success.exchangeSignature, now: clock.now())
        logger.info("refunded", metadata: metadata(refund))
        return .ended
    }

    private func check(
        _ success: CoinRefundResponse, _ refund: StoredRefund, _ request: CoinRefundRequest, isFresh: Bool
    ) async throws(AnswerFailure) {
        let keys: VerifiedKeys
        do throws(KeysError) {
            keys = try await directory.keys(ofUnlisted: refund.exchangeURL, having: { _ in !isFresh })
        } catch { throw .unknownKey }
        try RefundVerification.check(success, of: request, coin: refund.coinPub, keys: keys, now: clock.now())
    }

    private func noAnswer(_ refund: StoredRefund, _ reason: String, mayHaveReached: Bool) async throws -> Result {
        logger.notice("a refund got no answer", metadata: metadata(refund, ["reason": "\(reason)"]))
        try await store.recordAttempt(
            refund, error: "the exchange could not be reached: \(reason)", answer: nil, mayHaveReached: mayHaveReached, now: clock.now())
        return .unreachable
    }

    private func doubt(_ refund: StoredRefund, _ reason: String, answer: String) async throws -> Result {
        logger.warning("a refund has no outcome yet", metadata: metadata(refund, ["reason": "\(reason)"]))
        try await store.recordAttempt(refund, error: reason, answer: answer, mayHaveReached: true, now: clock.now())
        let current = try await store.refund(id: refund.id)
        return .doubtful(attempts: current.attempts, isStuck: current.isStuck(at: clock.now()))
    }

    private func metadata(_ refund: StoredRefund, _ more: Logger.Metadata = [:]) -> Logger.Metadata {
        more.merging([
            "exchange": "\(refund.exchangeURL)", "contract": "\(refund.contractHash)", "coin": "\(refund.coinPub)",
            "amount": "\(refund.amount)",
        ]) { first, _ in first }
    }
}

extension SendError {
    fileprivate var text: String {
        switch self {
        case .notSent(let reason), .noAnswer(let reason): reason
        case .timedOut: "no answer in time"
        }
    }
}
