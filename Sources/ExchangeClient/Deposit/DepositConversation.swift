// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import ExchangeAPI
public import HTTPCore
public import TalerWire

/// The conversation with an exchange about one batch deposit, as a pure machine: it takes what happened and says what is to be done.
///
/// The rule behind it: a refusal ends the conversation only if no attempt whose outcome is unknown came before it. The exchange checks
/// many things before it looks whether it took the batch already, so a 4xx after a lost answer may well stand beside a deposit that
/// was accepted.
public struct DepositConversation: Sendable, Equatable {
    /// An earlier attempt may have reached the exchange without its answer reaching us.
    public private(set) var mayHaveReached: Bool
    private var hasRefreshedKeys = false

    /// - Parameter mayHaveReached: true for an intent that was found open at start, or whose last attempt stayed without outcome.
    public init(mayHaveReached: Bool) { self.mayHaveReached = mayHaveReached }

    /// What is to be done next.
    public enum Action: Sendable, Equatable {
        /// Verify this confirmation, then say how it went.
        case verify(DepositSuccess)
        /// Fetch the exchange's keys anew and send the same request again.
        case refreshKeysAndRepeat
        /// The exchange refused for good.
        case close(Refusal)
        /// Nothing is known: keep the intent, try again later.
        case keepOpen(Doubt)
    }

    /// A definitive refusal.
    public struct Refusal: Sendable, Equatable {
        public let status: Int
        /// The exchange's answer.
        public let answer: JSONValue

        public init(status: Int, answer: JSONValue) {
            self.status = status
            self.answer = answer
        }

        /// The registry's number that it carries.
        public var code: Int64? { answer["code"]?.integerValue }
    }

    /// Why nothing is known.
    public enum Doubt: Sendable, Equatable, CustomStringConvertible {
        case timedOut
        case unreachable(String)
        /// An answer that is none: not JSON, a status that means nothing here, a signature that does not verify.
        case nonsense(String)
        /// It refused, but an earlier attempt may have been accepted.
        case refusedAfterDoubt(status: Int, code: Int64?)

        public var description: String {
            switch self {
            case .timedOut: "the exchange did not answer in time"
            case .unreachable(let reason): "the exchange could not be reached: \(reason)"
            case .nonsense(let reason): "the exchange's answer cannot be used: \(reason)"
            case .refusedAfterDoubt(let status, let code):
                "the exchange refused with \(status) (code \(code.map { "\($0)" } ?? "none")), but an earlier attempt may have been accepted"
            }
        }
    }

    /// A new attempt: the keys may be fetched anew once more.
    public mutating func attemptBegins() { hasRefreshedKeys = false }

    /// The exchange answered.
    public mutating func received(_ response: Response) -> Action {
        switch response.status {
        case 200:
            do {
                return .verify(try response.json().decode(as: DepositSuccess.self))
            } catch { return doubt(.nonsense("\(error)")) }
        case 408, 425, 429: return .keepOpen(.unreachable("it asks to come back later (status \(response.status))"))
        case 400..<500:
            guard let answer = try? response.json(), let code = answer["code"]?.integerValue else {
                return doubt(.nonsense("status \(response.status) without a JSON object that has a code"))
            }
            if response.status == 404 || response.status == 410, !hasRefreshedKeys {
                hasRefreshedKeys = true
                return .refreshKeysAndRepeat
            }
            return mayHaveReached
                ? .keepOpen(.refusedAfterDoubt(status: response.status, code: code))
                : .close(Refusal(status: response.status, answer: answer))
        default: return doubt(.nonsense("status \(response.status)"))
        }
    }

    /// No answer came.
    public mutating func failed(_ error: SendError) -> Action {
        switch error {
        case .notSent(let reason): .keepOpen(.unreachable(reason))
        case .noAnswer(let reason): doubt(.unreachable(reason))
        case .timedOut: doubt(.timedOut)
        }
    }

    /// The confirmation did not verify. A signing key that is not known may be a new one.
    public mutating func confirmationRefused(_ reason: String, isUnknownKey: Bool) -> Action {
        mayHaveReached = true
        if isUnknownKey, !hasRefreshedKeys {
            hasRefreshedKeys = true
            return .refreshKeysAndRepeat
        }
        return .keepOpen(.nonsense(reason))
    }

    /// The confirmation verified: from here on the exchange is known to have the coins, whatever else goes wrong.
    public mutating func confirmationVerified() { mayHaveReached = true }

    private mutating func doubt(_ doubt: Doubt) -> Action {
        mayHaveReached = true
        return .keepOpen(doubt)
    }
}
