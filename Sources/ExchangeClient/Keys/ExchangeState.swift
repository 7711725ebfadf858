// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// What is known of one exchange's keys.
public struct ExchangeState: Sendable {
    /// Verified, perhaps no longer fresh.
    public var keys: VerifiedKeys?
    /// When the keys held were fetched.
    public var lastSuccess: Timestamp?
    /// Until when the keys held are fresh; nil when the exchange did not say.
    public var expires: Timestamp?
    /// Seconds by which the exchange's clock is ahead of ours, as of the last success.
    public var clockDifference: Int64?
    /// Why the last fetch failed; nil after a success.
    public var lastError: KeysError?
    public var lastErrorTime: Timestamp?

    public init() {}

    init(_ keys: VerifiedKeys, _ kept: KeptKeys) {
        self.keys = keys
        lastSuccess = kept.fetched
        expires = kept.expires
        clockDifference = kept.clockDifference
    }

    /// The exchange's `version` as it was last seen, supported or not.
    public var versionText: String? {
        if case .version(let text)? = lastError { return text }
        return keys?.version.description
    }

    /// When the keys held must be fetched anew at the latest: the exchange's `Expires`, a signing key's end, the last denomination's.
    func deadline(after now: Timestamp) -> Timestamp { min(expires ?? .never, keys?.nextChange(after: now) ?? .never) }
}
