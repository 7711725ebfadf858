// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import ExchangeAPI
public import TalerWire

extension DepositConversation {
    /// What is to be done next. ``settle(_:)``, ``settleUnconfirmed(_:)``, ``close(_:)`` and ``keepOpen(_:)`` end the attempt.
    public enum Action: Sendable, Equatable {
        /// Send the batch there.
        case send(url: String)
        /// Verify this confirmation, then say how it went.
        case verify(DepositSuccess)
        /// Fetch the exchange's keys anew, then say that it was tried.
        case refreshKeys
        /// Ask what became of the coin at that position; `url` is where a redirect pointed to, nil for the usual address.
        case ask(coin: Int, url: String?)
        /// Verify the exchange's word about a coin's transfer, then say how it went.
        case verifyWire(coin: Int, DepositWired)
        /// The exchange has the coins, by its signature.
        case settle(Evidence)
        /// The exchange says that it has the coins; of some its signature is missing. What it signed is here by position.
        case settleUnconfirmed([Int: DepositWired])
        /// The exchange refused for good.
        case close(Refusal)
        /// Nothing is known: keep the deposit, try again later.
        case keepOpen(Doubt)
    }

    /// The exchange's signed word, verified.
    public enum Evidence: Sendable, Equatable {
        /// For the batch (1033).
        case confirmed(DepositSuccess)
        /// For the transfer of each coin (1036), by position; those that were held before are not repeated.
        case wired([Int: DepositWired])
    }

    /// A definitive refusal.
    public struct Refusal: Sendable, Equatable {
        public let status: Int
        /// The exchange's answer.
        public let answer: JSONValue
        /// The registry's number that it carries.
        public let code: Int64?

        public init(status: Int, answer: JSONValue) {
            self.init(status: status, answer: answer, code: answer["code"]?.integerValue)
        }

        /// A refusal without the JSON object that belongs to it.
        static func unexplained(_ status: Int) -> Refusal {
            Refusal(
                status: status,
                answer: [
                    "code": .integer(Int64(ErrorCode.genericInvalidResponse.rawValue)), "hint": "The exchange refused without saying why.",
                ])
        }

        init(status: Int, answer: JSONValue, code: Int64?) {
            self.status = status
            self.answer = answer
            self.code = code
        }
    }

    /// Why nothing is known.
    public enum Doubt: Sendable, Equatable, CustomStringConvertible {
        case timedOut
        case unreachable(String)
        /// It answered that it is not able to answer (5xx).
        case failing(status: Int)
        /// An answer that is none: not JSON, a status that means nothing here, a signature that does not verify.
        case nonsense(String)
        /// It refused, but an earlier attempt may have been accepted.
        case refusedAfterDoubt(status: Int, code: Int64?)

        /// The exchange did not answer at all: others need not be sent to it just now.
        public var isSilence: Bool {
            switch self {
            case .timedOut, .unreachable, .failing: true
            case .nonsense, .refusedAfterDoubt: false
            }
        }

        public var description: String {
            switch self {
            case .timedOut: "the exchange did not answer in time"
            case .unreachable(let reason): "the exchange could not be reached: \(reason)"
            case .failing(let status): "the exchange answered with status \(status)"
            case .nonsense(let reason): "the exchange's answer cannot be used: \(reason)"
            case .refusedAfterDoubt(let status, let code):
                "the exchange refused with \(status) (code \(code.map { "\($0)" } ?? "none")), but an earlier attempt may have been accepted"
            }
        }
    }
}
