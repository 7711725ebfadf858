// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Logging
import Synchronization
import TalerWire
import WebSession

/// Keeps one client from taking the shop from all others: answers 429 with `Retry-After` to who asks too often for what costs something.
///
/// Counted are the client's network (an IPv4 address, 64 bits of an IPv6 address) and, by a smaller number, its session. Clients of the
/// machine itself are counted by the network that their proxy names; those without one are not counted by network.
struct RateLimit: Handler {
    private let inner: any Handler
    private let sessions: SessionCookie
    private let isBehindProxy: Bool
    private let clock: any WallClock
    private let logger: Logger
    private let buckets: TokenBuckets
    /// What is said to who has to wait for so many seconds, in the asker's language.
    private let hint: @Sendable (Request, Int) -> String
    private let unknownProxy = Notice()

    init(
        _ inner: any Handler, sessions: SessionCookie, buckets: TokenBuckets, isBehindProxy: Bool, clock: any WallClock, logger: Logger,
        hint: @escaping @Sendable (Request, Int) -> String = { _, wait in "Too many requests: please try again in \(wait) s." }
    ) {
        self.inner = inner
        self.buckets = buckets
        self.sessions = sessions
        self.isBehindProxy = isBehindProxy
        self.clock = clock
        self.logger = logger
        self.hint = hint
    }

    func handle(_ request: Request) async -> Response {
        guard let kind = RequestKind(request), let wait = buckets.take(charges(request, kind), at: clock.now()) else {
            return await inner.handle(request)
        }
        logger.notice("too many requests", metadata: ["kind": "\(kind)", "wait": "\(wait)", "request": "\(request.id)"])
        return ErrorStyle.classic.response(
            APIError(
                .genericForbidden, hint: hint(request, Int(clamping: wait)), status: 429,
                fields: ["Retry-After": "\(wait)", "Cache-Control": "no-store"]))
    }

    private func charges(_ request: Request, _ kind: RequestKind) -> [TokenBuckets.Charge] {
        var charges: [TokenBuckets.Charge] = []
        if let network = network(of: request) {
            charges.append(TokenBuckets.Charge(key: "\(kind) network \(network)", rate: kind.ofNetwork))
        }
        if let session = sessions.session(of: request) {
            charges.append(TokenBuckets.Charge(key: "\(kind) session \(session)", rate: kind.ofSession))
        }
        return charges
    }

    private func network(of request: Request) -> String? {
        if !isBehindProxy, request.fields["X-Forwarded-For"] != nil, unknownProxy.isFirst {
            logger.warning("requests seem to come through a proxy: set BEHIND_PROXY = yes, or clients cannot be told apart")
        }
        return request.countedNetwork(isBehindProxy: isBehindProxy)
    }

    /// Something that is said once.
    private final class Notice: Sendable {
        private let isSaid = Mutex(false)

        var isFirst: Bool {
            isSaid.withLock { isSaid in
                defer { isSaid = true }
                return !isSaid
            }
        }
    }
}
