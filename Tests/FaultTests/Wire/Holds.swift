// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Synchronization

/// Tasks that wait until somebody lets them go on.
final class Holds: Sendable {
    private struct State {
        var waiting: [CheckedContinuation<Void, Never>] = []
        var watchers: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
        var isOpen = false
    }

    private let state = Mutex(State())

    var count: Int { state.withLock { $0.waiting.count } }

    /// Waits for ``releaseOldest()`` or ``releaseAll(andStayOpen:)``.
    func hold() async {
        await withCheckedContinuation { continuation in
            let woken: [CheckedContinuation<Void, Never>] = state.withLock { state in
                guard !state.isOpen else { return [continuation] }
                state.waiting.append(continuation)
                let count = state.waiting.count
                let due = state.watchers.filter { $0.count <= count }.map(\.continuation)
                state.watchers.removeAll { $0.count <= count }
                return due
            }
            for continuation in woken { continuation.resume() }
        }
    }

    /// Waits until so many are held.
    func waitUntilHeld(_ count: Int = 1) async {
        await withCheckedContinuation { continuation in
            let isDue = state.withLock { state in
                if state.waiting.count >= count { return true }
                state.watchers.append((count, continuation))
                return false
            }
            if isDue { continuation.resume() }
        }
    }

    func releaseOldest() {
        let next = state.withLock { $0.waiting.isEmpty ? nil : $0.waiting.removeFirst() }
        next?.resume()
    }

    /// - Parameter stayOpen: nobody is held from now on.
    func releaseAll(andStayOpen stayOpen: Bool = false) {
        let all = state.withLock { state in
            defer { state.waiting = [] }
            state.isOpen = state.isOpen || stayOpen
            return state.waiting
        }
        for continuation in all { continuation.resume() }
    }
}
