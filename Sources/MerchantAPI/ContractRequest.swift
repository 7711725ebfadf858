// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// Body of `POST /contract`.
public struct ContractRequest: Codable, Sendable, Equatable {
    /// The proposition: a contract without what the backend adds. Opaque, kept as it is.
    public var contract: JSONValue

    public init(contract: JSONValue) { self.contract = contract }
}
