// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import Glibc

/// A TCP connection without any HTTP, to send what no well-behaved client sends. Reading waits on a thread of its own.
final class RawSocket: Sendable {
    struct Failure: Error {}

    private let descriptor: Int32

    init(port: UInt16) throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        self.descriptor = descriptor
        guard descriptor >= 0, unsafe Self.withLoopback(port, { unsafe connect(descriptor, $0, $1) }) == 0 else { throw Failure() }
    }

    init(accepted descriptor: Int32) { self.descriptor = descriptor }

    deinit { _ = Glibc.close(descriptor) }

    /// - Returns: false when the other side has closed.
    @discardableResult func write(_ text: String) -> Bool { write(Array(text.utf8)) }

    @discardableResult func write(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// Everything until the other side closes.
    func readToEnd() async -> String { await onThread { self.read { _ in false } } }

    /// One answer with a `Content-Length`, or without a body.
    func readAnswer() async -> String {
        await onThread {
            self.read { text in
                guard let end = text.range(of: "\r\n\r\n") else { return false }
                let length =
                    text[..<end.lowerBound].lowercased().components(separatedBy: "content-length: ").dropFirst().first
                    .flatMap { Int($0.prefix { $0.isNumber }) } ?? 0
                return text[end.upperBound...].utf8.count >= length
            }
        }
    }

    /// A request's header.
    func readHeader() async -> String { await onThread { self.read { $0.contains("\r\n\r\n") } } }

    func readByte() async -> String { await onThread { self.read { _ in true } } }

    private func read(until isDone: (String) -> Bool) -> String {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            // One byte at a time, so that nothing of the next answer is taken.
            let count = unsafe chunk.withUnsafeMutableBytes { unsafe recv(descriptor, $0.baseAddress, 1, 0) }
            guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
            bytes.append(chunk[0])
            if isDone(String(decoding: bytes, as: UTF8.self)) { return String(decoding: bytes, as: UTF8.self) }
        }
    }

    static func withLoopback(_ port: UInt16, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return unsafe withUnsafePointer(to: &address) {
            unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe body($0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        }
    }
}

/// Runs what blocks outside the pool that tasks run in.
func onThread<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in Thread.detachNewThread { continuation.resume(returning: body()) } }
}

/// Makes a socket file and closes the socket, as a killed server does.
func leaveSocketFile(at path: String) throws {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    let code = unsafe withUnsafePointer(to: &address) {
        unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            unsafe bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
        }
    }
    _ = close(descriptor)
    guard code == 0 else { throw RawSocket.Failure() }
}
