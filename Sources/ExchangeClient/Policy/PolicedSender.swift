// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import HTTPCore

/// Sends what ``FetchPolicy`` admits and nothing else, and follows its redirects.
///
/// A redirect that is not followed, because it points where nothing may be fetched or is one too many, is the answer.
public struct PolicedSender: Sender {
    private let sender: any Sender
    public let policy: FetchPolicy

    public init(_ sender: any Sender, _ policy: FetchPolicy) {
        self.sender = sender
        self.policy = policy
    }

    /// - Throws: `SendError.notSent` for what the policy refuses.
    public func send(_ request: OutgoingRequest) async throws(SendError) -> Response {
        var request: OutgoingRequest = try admitted(request)
        var response = try await sender.send(request)
        for _ in 0..<FetchPolicy.maximumRedirects {
            guard let next = try? policy.redirected(request, by: response) else { break }
            request = next
            response = try await sender.send(request)
        }
        return response
    }

    private func admitted(_ request: OutgoingRequest) throws(SendError) -> OutgoingRequest {
        do { return try policy.admit(request) } catch { throw .notSent("\(error)") }
    }
}
