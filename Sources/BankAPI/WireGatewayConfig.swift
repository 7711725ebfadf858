// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// 200 of `config` of a wire gateway or of taler-revenue.
public struct WireGatewayConfig: Codable, Sendable, Equatable {
    /// `current:revision:age`.
    public var version: String
    /// `taler-wire-gateway` or `taler-revenue`.
    public var name: String
    public var currency: String
    /// URN of the program that answers; older banks do not send it.
    public var implementation: String?

    public init(version: String, name: String, currency: String, implementation: String? = nil) {
        self.version = version
        self.name = name
        self.currency = currency
        self.implementation = implementation
    }
}
