// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Glibc

/// A listening socket that does not block. Closed, and its file removed, by ``close()`` or when it is dropped.
struct ListeningSocket: ~Copyable {
    let descriptor: Int32
    /// 0 on a UNIX socket.
    let port: UInt16
    private let path: String?

    init(_ address: ServerAddress) throws(ServerError) {
        switch address {
        case .tcp(let host, let port): try self.init(host: host, port: port, name: address.description)
        case .unix(let path, let mode): try self.init(path: path, mode: mode, name: address.description)
        }
    }

    deinit {
        _ = Glibc.close(descriptor)
        if let path { _ = unsafe unlink(path) }
    }

    var isLocal: Bool { path != nil }

    private init(host: String, port: UInt16, name: String) throws(ServerError) {
        var hints = unsafe addrinfo()
        unsafe hints.ai_family = AF_UNSPEC
        unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        unsafe hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV
        var found: UnsafeMutablePointer<addrinfo>?
        let code = unsafe getaddrinfo(host, String(port), &hints, &found)
        guard code == 0, let first = unsafe found else {
            throw .cannotListen(address: name, reason: unsafe String(cString: gai_strerror(code)))
        }
        defer { unsafe freeaddrinfo(first) }
        let descriptor = socket(
            unsafe first.pointee.ai_family, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
        guard descriptor >= 0 else { throw Self.failure(name) }
        var on: Int32 = 1
        var bound = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        guard unsafe setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size)) == 0,
            unsafe bind(descriptor, first.pointee.ai_addr, first.pointee.ai_addrlen) == 0,
            listen(descriptor, SOMAXCONN) == 0,
            unsafe withUnsafeMutablePointer(
                to: &bound,
                { unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe getsockname(descriptor, $0, &length) } }) == 0
        else {
            let error = Self.failure(name)
            _ = Glibc.close(descriptor)
            throw error
        }
        // sin_port and sin6_port are at the same place: two bytes after the family, big-endian.
        self.port = unsafe withUnsafeBytes(of: &bound) { unsafe UInt16($0[2]) << 8 | UInt16($0[3]) }
        self.descriptor = descriptor
        path = nil
    }

    private init(path: String, mode: UInt32, name: String) throws(ServerError) {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard !bytes.isEmpty, !bytes.contains(0), bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
            throw .cannotListen(address: name, reason: "the path is empty or too long for a socket")
        }
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
        let descriptor = Self.localSocket()
        guard descriptor >= 0 else { throw Self.failure(name) }
        if Self.isStale(path, address) { _ = unsafe unlink(path) }
        // The file is made with the mode of the socket: it is never more open than asked for. What the umask took is added after.
        guard fchmod(descriptor, mode & 0o777) == 0, unsafe Self.named(address, { unsafe bind(descriptor, $0, $1) }) == 0 else {
            let error = Self.failure(name)
            _ = Glibc.close(descriptor)
            throw error
        }
        guard unsafe chmod(path, mode & 0o777) == 0, listen(descriptor, SOMAXCONN) == 0 else {
            let error = Self.failure(name)
            _ = Glibc.close(descriptor)
            _ = unsafe unlink(path)
            throw error
        }
        self.descriptor = descriptor
        self.path = path
        port = 0
    }

    /// A socket file that nobody listens on, left by a server that was killed.
    private static func isStale(_ path: String, _ address: sockaddr_un) -> Bool {
        // Connecting to a file of another kind is refused too; that is not ours to remove.
        var status = stat()
        guard unsafe lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFSOCK else { return false }
        let probe = localSocket()
        guard probe >= 0 else { return false }
        defer { _ = Glibc.close(probe) }
        return unsafe named(address) { unsafe connect(probe, $0, $1) } != 0 && errno == ECONNREFUSED
    }

    private static func localSocket() -> Int32 {
        socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
    }

    private static func named(_ address: sockaddr_un, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        unsafe withUnsafePointer(to: address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }

    private static func failure(_ name: String) -> ServerError {
        .cannotListen(address: name, reason: unsafe String(cString: strerror(errno)))
    }
}
