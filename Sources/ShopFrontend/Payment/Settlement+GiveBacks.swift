// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Logging
import MerchantAPI
import ShopStore
import TalerWire

/// Money that has to go back: the backend is asked by `POST /refund` for the whole amount of the contract, which repeated does no harm,
/// until it has it; then its list is looked at until the buyer has everything.
extension Settlement {
    /// So many requests at the same time: the backend answers after its exchange has, or has not, and a slow exchange is not to hold up others.
    private static let atOnce = 4
    private static let roundSize = 40

    @Sendable func giveBack() async {
        await attempt("money that goes back") {
            let now = clock.now()
            let wanted = try await store.giveBacks(dueAt: now, limit: Self.roundSize)
            let watched = try await store.giveBacksToWatch(at: now, limit: Self.roundSize)
            await withTaskGroup(of: Void.self) { group in
                for (index, giveBack) in (wanted + watched).enumerated() {
                    if index >= Self.atOnce { await group.next() }
                    group.addTask {
                        if Task.isCancelled { return }
                        await attempt("money that goes back") { try await look(after: giveBack) }
                    }
                }
            }
        }
    }

    private func look(after giveBack: GiveBack) async throws {
        let hash = giveBack.contractHash
        let facts: Logger.Metadata = ["order": "\(giveBack.order)", "amount": "\(giveBack.amount)", "H_contract": "\(hash)"]
        switch await outcome(of: giveBack) {
        case .list(let list) where try !list.given.isLess(than: giveBack.amount):
            logger.info("money went back", metadata: facts)
            try await store.gaveBack(hash, isDone: true, at: clock.now())
        case .list(let list) where try !list.refused.isZero:
            logger.error("an exchange will not give back what must go back", metadata: facts)
            let error = "The exchange refuses to give back \(try list.refused)\(Self.codes(list)); \(try list.given) went back."
            try await store.giveBackFailed(hash, error: error, isFinal: true, at: clock.now())
        case .list: try await store.gaveBack(hash, isDone: false, at: clock.now())
        case .refused(let error):
            logger.error("the backend will not give back what must go back", metadata: facts.merging(["error": "\(error)"]) { $1 })
            try await store.giveBackFailed(hash, error: error, isFinal: true, at: clock.now())
        case .doubtful(let error):
            logger.warning("money could not be given back yet", metadata: facts.merging(["error": "\(error)"]) { $1 })
            try await store.giveBackFailed(hash, error: error, isFinal: false, at: clock.now())
        }
    }

    private enum Outcome {
        case list(RefundList)
        /// For good.
        case refused(String)
        case doubtful(String)
    }

    /// The backend's refusals that no repetition changes: status and code.
    private static let final: [Int: Set<Int64>] = [400: [22, 30], 403: [2532], 404: [2005], 409: [2530, 2531], 410: [2169]]

    /// What the backend's list says; what it does not have, or has no longer, is asked for.
    private func outcome(of giveBack: GiveBack) async -> Outcome {
        if giveBack.state == .asked {
            let known = await reply(to: giveBack) { () async throws(SendError) in try await backend.refunds(of: giveBack.contractHash) }
            guard case .list(let list) = known, (try? list.refundAmount.isLess(than: giveBack.amount)) ?? true else { return known }
        }
        let order = RefundOrder(contractHash: giveBack.contractHash, refund: giveBack.amount, reason: giveBack.reason.words)
        let reply = await reply(to: giveBack) { () async throws(SendError) in try await backend.refund(order) }
        if case .list(let list) = reply, (try? list.refundAmount.isLess(than: giveBack.amount)) ?? true {
            return .doubtful("The backend has only \(list.refundAmount) on its list.")
        }
        return reply
    }

    private func reply(to giveBack: GiveBack, _ send: () async throws(SendError) -> Response) async -> Outcome {
        do {
            switch try await BackendReply.of(send) {
            case .message(let json):
                let list = try json.decode(as: RefundList.self)
                guard [list.refundAmount, list.givenAmount, list.failedAmount].allSatisfy({ $0.currency == giveBack.amount.currency })
                else {
                    return .doubtful("The backend answers in another currency.")
                }
                return .list(list)
            case .refusal(let response, let code):
                let hint = ((try? response.json())?.objectValue)?["hint"]?.stringValue ?? ""
                let words = "\(response.status) / \(code.map { "\($0)" } ?? "-"): \(hint)"
                return Self.final[response.status]?.contains(code ?? 0) == true ? .refused(words) : .doubtful(words)
            }
        } catch let error as APIError {
            return .doubtful([error.hint, error.detail].compactMap(\.self).joined(separator: " "))
        } catch {
            return .doubtful("The backend's answer cannot be read: \(error)")
        }
    }

    /// ` (410 / 1503)`: why exchanges refused.
    private static func codes(_ list: RefundList) -> String {
        let codes = Set(
            list.refunds.filter { $0.status == .failed && $0.origin == "shop" }.compactMap { part in
                part.exchangeStatus.map { "\($0) / \(part.code.map { "\($0)" } ?? "-")" }
            })
        return codes.isEmpty ? "" : " (\(codes.sorted().joined(separator: ", ")))"
    }
}

/// Without what the backend gives back by itself, because it paid for nothing.
extension RefundList {
    fileprivate var given: Amount { get throws { try refunds.sumAskedFor(.accepted, in: refundAmount.currency) } }
    fileprivate var refused: Amount { get throws { try refunds.sumAskedFor(.failed, in: refundAmount.currency) } }
}

extension GiveBack.Reason {
    /// For the merchant's books.
    fileprivate var words: String {
        switch self {
        case .late: "the order was closed when the money came"
        case .second: "the order had been paid by another contract"
        }
    }
}
