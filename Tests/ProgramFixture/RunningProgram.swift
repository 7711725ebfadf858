// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

package import Foundation

/// A program of this package, started from the build folder; what it writes goes to a file.
///
/// A file and not a pipe: a pipe's end is not seen as long as any other child, started at the same time, has inherited it.
package final class RunningProgram: Sendable {
    private let process: Process
    private let log: URL
    private let ended: AsyncStream<Int32>
    package let name: String

    /// The folder of the programs that were built with these tests.
    package static let folder: URL = {
        if let path = ProcessInfo.processInfo.environment["TALER_PROGRAMS"] { return URL(fileURLWithPath: path) }
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return root.appendingPathComponent(".build/debug")
    }()

    /// - Parameter environment: added to this process's own.
    package init(_ name: String, _ arguments: [String], environment: [String: String] = [:]) throws {
        self.name = name
        log = FileManager.default.temporaryDirectory.appendingPathComponent("\(name)-\(UUID().uuidString).log")
        try Data().write(to: log)
        process = Process()
        process.executableURL = Self.folder.appendingPathComponent(name)
        process.arguments = arguments
        if !environment.isEmpty { process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 } }
        let output = try FileHandle(forWritingTo: log)
        process.standardError = output
        process.standardOutput = output
        process.standardInput = FileHandle.nullDevice
        let (ended, continuation) = AsyncStream.makeStream(of: Int32.self)
        self.ended = ended
        process.terminationHandler = { process in
            continuation.yield(process.terminationStatus)
            continuation.finish()
        }
        try process.run()
        try output.close()
    }

    /// A test that fails leaves no program behind.
    deinit {
        if process.isRunning { process.terminate() }
        try? FileManager.default.removeItem(at: log)
    }

    /// Returns when this text was written.
    /// - Throws: ``Ended`` when the program ends without it.
    package func waitForLog(_ text: String) async throws {
        while !output.contains(text) {
            guard process.isRunning else {
                guard output.contains(text) else { throw Ended(name: name, log: output) }
                return
            }
            // Nothing tells when a file grows: the condition is looked at again.
            try await Task.sleep(for: .milliseconds(10))
        }
    }

    /// Everything that it wrote so far.
    package var output: String { (try? String(contentsOf: log, encoding: .utf8)) ?? "" }

    /// SIGTERM, and its exit status. To be called once.
    package func stop() async -> Int32 {
        process.terminate()
        return await exitStatus()
    }

    /// SIGKILL: it has no chance to do anything.
    package func kill() async {
        _ = Foundation.kill(process.processIdentifier, SIGKILL)
        _ = await exitStatus()
    }

    /// Waits until it has ended.
    package func exitStatus() async -> Int32 {
        for await status in ended { return status }
        return process.terminationStatus
    }

    package struct Ended: Error, CustomStringConvertible {
        package let name: String
        package let log: String

        package init(name: String, log: String) {
            self.name = name
            self.log = log
        }

        package var description: String { "\(name) ended too early:\n\(log)" }
    }
}
