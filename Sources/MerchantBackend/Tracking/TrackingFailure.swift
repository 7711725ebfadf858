// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeClient
import MerchantCore
import TalerWire

/// Why it is not known what an exchange did with coins or with a transfer.
enum TrackingFailure: Error, Sendable, Equatable, CustomStringConvertible {
    case timedOut
    case unreachable(String)
    /// Not the JSON that it must be.
    case nonsense(String)
    /// The exchange's keys could not be had.
    case keys(KeysError)
    /// Not signed by the exchange, so it says nothing.
    case unsigned(AnswerFailure)
    case refused(status: Int, answer: JSONValue)
    /// Signed, and in contradiction to itself or to our books; `answer` is the exchange's.
    case conflict(TransferConflict, answer: JSONValue)

    var description: String {
        switch self {
        case .timedOut: "the exchange did not answer in time"
        case .unreachable(let reason): "the exchange could not be reached: \(reason)"
        case .nonsense(let reason): "the exchange's answer cannot be used: \(reason)"
        case .keys(let error): "the exchange's keys could not be had: \(error)"
        case .unsigned(let failure): "the exchange's answer is not believed: \(failure)"
        case .refused(let status, let answer):
            "the exchange answered \(status) (code \(answer["code"]?.integerValue.map { "\($0)" } ?? "none"))"
        case .conflict(let conflict, _): conflict.description
        }
    }

    /// Nothing was heard: other questions to the same exchange would fare alike.
    var isSilence: Bool {
        switch self {
        case .timedOut, .unreachable, .keys: true
        case .nonsense, .unsigned, .refused, .conflict: false
        }
    }

    /// The exchange says that it has made no such transfer, or has no such deposit.
    var isUnknownThere: Bool { if case .refused(404, _) = self { true } else { false } }
}
