// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Synchronization

/// What an audit finds, one sentence each. Keeps the first thousand and counts the others, so that no damage fills the memory.
public final class Findings: Sendable {
    static let maximum = 1000

    private let state = Mutex(State())

    private struct State {
        var sentences: [String] = []
        var omitted = 0
    }

    public init() {}

    public func add(_ sentence: String) {
        state.withLock { state in
            if state.sentences.count < Self.maximum { state.sentences.append(sentence) } else { state.omitted += 1 }
        }
    }

    /// In the order in which they were found.
    public var sentences: [String] {
        state.withLock { $0.sentences + ($0.omitted == 0 ? [] : ["and \($0.omitted) more that are not listed"]) }
    }
}
