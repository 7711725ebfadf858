// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Synchronization
import TalerWire

/// Attempts to pay that this process is passing on. What the backend says of a contract may be older than an attempt which is on its way:
/// “nobody has paid” counts only when nothing was under way from the question to the answer.
final class Attempts: Sendable {
    private struct State {
        var onTheirWay: [ContractHash: Int] = [:]
        var questions: [Int: ContractHash] = [:]
        var next = 0
    }

    /// A question to the backend about a contract.
    struct Question { fileprivate let number: Int }

    private let state = Mutex(State())

    /// How many questions are remembered.
    var questionCount: Int { state.withLock { $0.questions.count } }

    func begin(_ hash: ContractHash) {
        state.withLock { state in
            state.onTheirWay[hash, default: 0] += 1
            state.questions = state.questions.filter { $0.value != hash }
        }
    }

    func end(_ hash: ContractHash) {
        state.withLock { state in
            let left = (state.onTheirWay[hash] ?? 0) - 1
            state.onTheirWay[hash] = left > 0 ? left : nil
        }
    }

    func ask(_ hash: ContractHash) -> Question {
        state.withLock { state in
            state.next &+= 1
            if state.onTheirWay[hash] == nil { state.questions[state.next] = hash }
            return Question(number: state.next)
        }
    }

    /// To be called once for each question.
    /// - Returns: whether no attempt was on its way from the question until now.
    func isStillTrue(_ question: Question) -> Bool {
        state.withLock { $0.questions.removeValue(forKey: question.number) != nil }
    }
}
