// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import CCurl
import Foundation
import HTTPCore
import Synchronization

/// The thread that carries out transfers.
final class TransferLoop: Sendable {
    typealias Continuation = CheckedContinuation<Result<Response, SendError>, Never>

    private enum Command: Sendable {
        case start(TransferTicket, OutgoingRequest, Continuation)
        case cancel(TransferTicket)
    }

    private struct State {
        var commands: [Command] = []
        var isEnding = false
        /// Nil once the thread has ended.
        var multi: MultiHandle?
    }

    private let options: TransferOptions
    private let state: Mutex<State>

    init(_ options: TransferOptions) {
        self.options = options
        let multi = MultiHandle()
        state = Mutex(State(multi: multi))
        if let multi {
            let thread = Thread { [self] in run(multi) }
            thread.name = "http-client"
            thread.start()
        }
    }

    func start(_ ticket: TransferTicket, _ request: OutgoingRequest, _ continuation: Continuation) {
        let isTaken = give(.start(ticket, request, continuation))
        if !isTaken { continuation.resume(returning: .failure(.notSent("the sender was shut down"))) }
    }

    func cancel(_ ticket: TransferTicket) {
        ticket.cancel()
        _ = give(.cancel(ticket))
    }

    func end() {
        state.withLock {
            $0.isEnding = true
            $0.multi?.wake()
        }
    }

    private func give(_ command: Command) -> Bool {
        state.withLock {
            guard let multi = $0.multi, !$0.isEnding else { return false }
            $0.commands.append(command)
            multi.wake()
            return true
        }
    }

    // MARK: on the thread

    private func run(_ multi: MultiHandle) {
        var running: [UInt: Transfer] = [:]
        while true {
            let (commands, isEnding) = state.withLock { state in
                defer { state.commands = [] }
                return (state.commands, state.isEnding)
            }
            for command in commands {
                switch command {
                case .start(let ticket, let request, let continuation):
                    begin(ticket, request, continuation, in: multi, &running)
                case .cancel(let ticket):
                    guard let (key, transfer) = running.first(where: { $0.value.ticket == ticket }) else { continue }
                    running[key] = nil
                    multi.remove(transfer)
                    transfer.breakOff("cancelled")
                }
            }
            guard !isEnding else { break }
            multi.perform()
            while let (key, code) = multi.nextDone() {
                guard let transfer = running.removeValue(forKey: key) else { continue }
                multi.remove(transfer)
                transfer.finish(code)
            }
            multi.wait()
        }
        for transfer in running.values {
            multi.remove(transfer)
            transfer.breakOff("the sender was shut down")
        }
        running = [:]
        state.withLock { $0.multi = nil }
        multi.close()
    }

    private func begin(
        _ ticket: TransferTicket, _ request: OutgoingRequest, _ continuation: Continuation, in multi: MultiHandle,
        _ running: inout [UInt: Transfer]
    ) {
        guard !ticket.isCancelled else { return continuation.resume(returning: .failure(.notSent("cancelled"))) }
        do throws(SendError) {
            let transfer = try Transfer(ticket, request, options, continuation)
            guard multi.add(transfer) else { return transfer.breakOff("the HTTP library takes no more transfers") }
            running[transfer.key] = transfer
        } catch { continuation.resume(returning: .failure(error)) }
    }
}
