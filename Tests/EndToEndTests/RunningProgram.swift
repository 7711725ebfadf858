// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import Synchronization

/// A program of this package, started from the build folder; what it logs can be waited for.
final class RunningProgram: Sendable {
    private let process: Process
    private let log: Log
    let name: String

    /// The folder of the programs that were built with these tests.
    static let folder: URL = {
        if let path = ProcessInfo.processInfo.environment["TALER_PROGRAMS"] { return URL(fileURLWithPath: path) }
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return root.appendingPathComponent(".build/debug")
    }()

    init(_ name: String, _ arguments: [String]) throws {
        self.name = name
        process = Process()
        process.executableURL = Self.folder.appendingPathComponent(name)
        process.arguments = arguments
        let errors = Pipe()
        let log = Log()
        self.log = log
        errors.fileHandleForReading.readabilityHandler = { handle in
            let data = handle.availableData
            if data.isEmpty {
                handle.readabilityHandler = nil
                log.end()
            } else {
                log.add(data)
            }
        }
        process.standardError = errors
        process.standardOutput = errors
        try process.run()
    }

    /// A test that fails leaves no program behind.
    deinit { if process.isRunning { process.terminate() } }

    /// Returns when a line with this text was logged.
    /// - Throws: ``Ended`` when the program ends without it.
    func waitForLog(_ text: String) async throws {
        for await line in log.lines() where line.contains(text) { return }
        throw Ended(name: name, log: log.text)
    }

    /// Everything that it wrote so far.
    var output: String { log.text }

    /// SIGTERM, and its exit status.
    func stop() async -> Int32 {
        process.terminate()
        return await exitStatus()
    }

    /// SIGKILL: it has no chance to do anything.
    func kill() async {
        _ = Foundation.kill(process.processIdentifier, SIGKILL)
        _ = await exitStatus()
    }

    /// Waits until it has ended by itself.
    func exitStatus() async -> Int32 {
        for await _ in log.lines() {}
        process.waitUntilExit()
        return process.terminationStatus
    }

    struct Ended: Error, CustomStringConvertible {
        let name: String
        let log: String
        var description: String { "\(name) ended too early:\n\(log)" }
    }
}

/// Lines as they come, to everybody who asks, from the first on.
private final class Log: Sendable {
    private struct State {
        var partial = ""
        var lines: [String] = []
        var isEnded = false
        var readers: [AsyncStream<String>.Continuation] = []
    }

    private let state = Mutex(State())

    var text: String { state.withLock { ($0.lines + [$0.partial]).joined(separator: "\n") } }

    func add(_ data: Data) {
        state.withLock { state in
            var pieces = (state.partial + String(decoding: data, as: UTF8.self)).components(separatedBy: "\n")
            state.partial = pieces.removeLast()
            state.lines += pieces
            for reader in state.readers { for piece in pieces { reader.yield(piece) } }
        }
    }

    func end() {
        state.withLock { state in
            state.isEnded = true
            for reader in state.readers { reader.finish() }
            state.readers = []
        }
    }

    func lines() -> AsyncStream<String> {
        let (stream, continuation) = AsyncStream.makeStream(of: String.self)
        state.withLock { state in
            for line in state.lines { continuation.yield(line) }
            if state.isEnded { continuation.finish() } else { state.readers.append(continuation) }
        }
        return stream
    }
}
