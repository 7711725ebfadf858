// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
public import HTTPCore
public import TalerWire

/// One attempt to bring a batch deposit to its end, as a pure machine: it takes what happened and says what is to be done.
///
/// The rule behind it: a refusal ends the deposit only if no attempt whose outcome is unknown came before it. The exchange checks many
/// things before it looks whether it took the batch already, so a 4xx after a lost answer may well stand beside a deposit that was
/// accepted. Then the exchange is asked for each coin (`GET /deposits/…`), and only its own word about the coins counts.
public struct DepositConversation: Sendable, Equatable {
    /// An attempt may have reached the exchange without its answer reaching us.
    public private(set) var mayHaveReached: Bool
    private let subject: Subject
    private var phase = Phase.idle
    private var hasRefreshedKeys = false
    private var redirects = 0
    /// What the batch was refused with, while the coins are asked for.
    private var refusal: Refusal?
    private var answers: [Int: CoinAnswer] = [:]

    /// More redirects of one request are not followed.
    public static let maximumRedirects = 3

    /// What the conversation is about.
    public struct Subject: Sendable, Equatable {
        /// Of the exchange; ends in a slash.
        public let baseURL: String
        public let coinCount: Int
        /// Coins, by position, of which a signed transfer (1036) is held already.
        public let wired: Set<Int>
        /// The exchange said before that it has all coins; only its signature is missing. Such a deposit is never closed as refused.
        public let isUnconfirmed: Bool
        /// A request that stayed without an answer is not expected to arrive any more after this time.
        public let wireDeadline: Timestamp

        public init(baseURL: String, coinCount: Int, wired: Set<Int> = [], isUnconfirmed: Bool = false, wireDeadline: Timestamp) {
            self.baseURL = baseURL
            self.coinCount = coinCount
            self.wired = wired
            self.isUnconfirmed = isUnconfirmed
            self.wireDeadline = wireDeadline
        }
    }

    private enum Phase: Sendable, Equatable {
        case idle
        case sending
        case verifying(DepositSuccess)
        case asking(Int)
        case verifyingWire(Int, DepositWired)
        case refreshing(then: Resumption)
    }

    private enum Resumption: Sendable, Equatable {
        case send
        case verifyWire(Int, DepositWired)
    }

    private enum CoinAnswer: Sendable, Equatable {
        case wired(DepositWired)
        case pending
        case notThere
    }

    /// - Parameter mayHaveReached: true when an earlier attempt stayed without outcome.
    public init(_ subject: Subject, mayHaveReached: Bool) {
        self.subject = subject
        self.mayHaveReached = mayHaveReached
    }

    /// The attempt begins.
    public mutating func begin() -> Action {
        if subject.coinCount > 0, subject.wired.count == subject.coinCount { return end(.settle(.wired([:]))) }
        return send()
    }

    /// The exchange answered what was sent or asked last.
    /// - Parameter redirect: where the answer points to with a 307 or 308, if that may be fetched.
    public mutating func received(_ response: Response, redirect: String? = nil, now: Timestamp) -> Action {
        switch phase {
        case .sending: receivedOfBatch(response, redirect, now: now)
        case .asking(let coin): receivedOfCoin(coin, response, redirect, now: now)
        default: end(.keepOpen(.nonsense("an answer that nobody asked for")))
        }
    }

    /// No answer came.
    public mutating func failed(_ error: SendError) -> Action {
        if case .sending = phase {
            return switch error {
            case .notSent(let reason): end(.keepOpen(.unreachable(reason)))
            case .noAnswer(let reason): doubt(.unreachable(reason))
            case .timedOut: doubt(.timedOut)
            }
        }
        return stayInDoubt()
    }

    /// The confirmation verified: from here on the exchange is known to have the coins, whatever else goes wrong.
    public mutating func confirmationVerified() -> Action {
        mayHaveReached = true
        guard case .verifying(let success) = phase else { return end(.keepOpen(.nonsense("no confirmation was to be verified"))) }
        return end(.settle(.confirmed(success)))
    }

    /// The confirmation did not verify. A signing key that is not known may be a new one.
    public mutating func confirmationRefused(_ reason: String, isUnknownKey: Bool) -> Action {
        mayHaveReached = true
        return isUnknownKey && !hasRefreshedKeys ? refreshKeys(then: .send) : end(.keepOpen(.nonsense(reason)))
    }

    /// The exchange's word about a coin's transfer verified.
    public mutating func wireVerified(now: Timestamp) -> Action {
        guard case .verifyingWire(let coin, let wired) = phase else { return stayInDoubt() }
        return answered(coin, .wired(wired), now: now)
    }

    /// The exchange's word about a coin's transfer did not verify: nothing is known of that coin.
    public mutating func wireRefused(isUnknownKey: Bool) -> Action {
        guard case .verifyingWire(let coin, let wired) = phase, isUnknownKey, !hasRefreshedKeys else { return stayInDoubt() }
        return refreshKeys(then: .verifyWire(coin, wired))
    }

    /// The keys were fetched anew, or could not be: the conversation goes on with what is held.
    public mutating func keysRefreshed() -> Action {
        guard case .refreshing(let resumption) = phase else { return stayInDoubt() }
        switch resumption {
        case .send: return send()
        case .verifyWire(let coin, let wired):
            phase = .verifyingWire(coin, wired)
            return .verifyWire(coin: coin, wired)
        }
    }

    // MARK: The batch

    private mutating func send() -> Action {
        phase = .sending
        redirects = 0
        return .send(url: subject.baseURL + "batch-deposit")
    }

    private mutating func receivedOfBatch(_ response: Response, _ redirect: String?, now: Timestamp) -> Action {
        switch response.status {
        case 200:
            do {
                let success: DepositSuccess = try response.json().decode()
                phase = .verifying(success)
                return .verify(success)
            } catch { return doubt(.nonsense("\(error)")) }
        case 307, 308:
            guard let target = follow(redirect) else { return doubt(.nonsense("a redirect that may not be followed")) }
            return .send(url: target)
        case 408, 425, 429: return end(.keepOpen(.unreachable("it asks to come back later (status \(response.status))")))
        case 400..<500:
            guard let answer = try? response.json(), let code = answer["code"]?.integerValue else {
                // Something before the exchange speaks, and says nothing of the coins. If it lasts, the exchange may still be asked for them.
                guard mayHaveReached else { return doubt(.nonsense("status \(response.status) without a JSON object that has a code")) }
                return refused(.unexplained(response.status), now: now)
            }
            if response.status == 404 || response.status == 410, !hasRefreshedKeys { return refreshKeys(then: .send) }
            return refused(Refusal(status: response.status, answer: answer, code: code), now: now)
        case 500..<600: return doubt(.failing(status: response.status))
        default: return doubt(.nonsense("status \(response.status)"))
        }
    }

    private mutating func refused(_ refusal: Refusal, now: Timestamp) -> Action {
        self.refusal = refusal
        guard mayHaveReached || subject.isUnconfirmed || !subject.wired.isEmpty else { return end(.close(refusal)) }
        return askNext(now: now)
    }

    // MARK: The coins, one by one

    private mutating func askNext(now: Timestamp) -> Action {
        guard let coin = (0..<subject.coinCount).first(where: { !subject.wired.contains($0) && answers[$0] == nil }) else {
            return conclude(now: now)
        }
        phase = .asking(coin)
        redirects = 0
        return .ask(coin: coin, url: nil)
    }

    private mutating func receivedOfCoin(_ coin: Int, _ response: Response, _ redirect: String?, now: Timestamp) -> Action {
        switch response.status {
        case 200:
            guard let wired = try? response.json().decode(as: DepositWired.self) else { return stayInDoubt() }
            phase = .verifyingWire(coin, wired)
            return .verifyWire(coin: coin, wired)
        case 202:
            guard (try? response.json().decode(as: DepositPending.self)) != nil else { return stayInDoubt() }
            return answered(coin, .pending, now: now)
        case 307, 308:
            guard let target = follow(redirect) else { return stayInDoubt() }
            return .ask(coin: coin, url: target)
        case 404:
            guard (try? response.json())?["code"]?.integerValue == Int64(ErrorCode.exchangeDepositsGetNotFound.rawValue) else {
                return stayInDoubt()
            }
            return answered(coin, .notThere, now: now)
        default: return stayInDoubt()
        }
    }

    private mutating func answered(_ coin: Int, _ answer: CoinAnswer, now: Timestamp) -> Action {
        answers[coin] = answer
        let isThere = subject.isUnconfirmed || !subject.wired.isEmpty || answers.values.contains { $0 != .notThere }
        if isThere, answers.values.contains(.notThere) {
            return end(.keepOpen(.nonsense("it says that it has some coins of the batch and not others")))
        }
        return askNext(now: now)
    }

    private mutating func conclude(now: Timestamp) -> Action {
        if answers.values.allSatisfy({ $0 == .notThere }) {
            guard let refusal, !answers.isEmpty, now > subject.wireDeadline else { return stayInDoubt() }
            return end(.close(refusal))
        }
        let wired = answers.compactMapValues { if case .wired(let wired) = $0 { wired } else { nil } }
        return end(wired.count == answers.count ? .settle(.wired(wired)) : .settleUnconfirmed(wired))
    }

    // MARK: Common

    private mutating func refreshKeys(then resumption: Resumption) -> Action {
        hasRefreshedKeys = true
        phase = .refreshing(then: resumption)
        return .refreshKeys
    }

    /// Nil when there are too many, or the place may not be fetched.
    private mutating func follow(_ redirect: String?) -> String? {
        guard redirects < Self.maximumRedirects else { return nil }
        redirects += 1
        return redirect
    }

    /// The refusal stands beside a doubt that could not be cleared.
    private mutating func stayInDoubt() -> Action {
        guard let refusal else { return doubt(.nonsense("an event out of order")) }
        return end(.keepOpen(.refusedAfterDoubt(status: refusal.status, code: refusal.code)))
    }

    private mutating func doubt(_ doubt: Doubt) -> Action {
        mayHaveReached = true
        return end(.keepOpen(doubt))
    }

    private mutating func end(_ action: Action) -> Action {
        phase = .idle
        return action
    }
}
