// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import HTTPCore

/// Sends to this machine only: who makes load makes it for their own servers.
public struct LoopbackSender: Sender {
    private let inner: any Sender

    public init(_ inner: any Sender) { self.inner = inner }

    public func send(_ request: OutgoingRequest) async throws(SendError) -> Response {
        guard Self.isLoopback(request.url) else { throw .notSent("\(request.url.prefix(100)) is not on this machine") }
        return try await inner.send(request)
    }

    /// True for an address whose host is 127.0.0.0/8, ::1, or the name `localhost`.
    public static func isLoopback(_ url: String) -> Bool {
        guard let authority = WebAddress(url)?.authority else { return false }
        if authority == "[::1]" || authority.hasPrefix("[::1]:") { return true }
        let host = authority.prefix { $0 != ":" }
        if host == "localhost" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127"
            && parts.allSatisfy { $0.utf8.allSatisfy { (48...57).contains($0) } && UInt8($0) != nil }
    }
}
