// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// Why an exchange's `/keys` cannot be used.
public enum KeysError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The exchange did not answer, with the reason.
    case unreachable(String)
    /// It answered with this status instead of 200.
    case status(Int)
    /// The answer is not the JSON that it must be.
    case malformed(String)
    /// No protocol in common.
    case version(String)
    /// The master key is not the configured one.
    case otherMasterKey(String)
    /// The currency is not the one that was expected.
    case otherCurrency(String)
    /// A signature does not verify; the text says which.
    case signature(String)
    /// The exchange is not configured, and no configured auditor vouches for it.
    case notAudited
    /// The key that signed the list is not a listed, currently valid signing key.
    case signingKey

    public var description: String {
        switch self {
        case .unreachable(let reason): "the exchange cannot be reached: \(reason)"
        case .status(let status): "the exchange answered \(status) when it was asked for its keys"
        case .malformed(let reason): "its /keys are not as they must be: \(reason)"
        case .version(let text):
            "its protocol \(text.prefix(32)) is not supported (\(ProtocolVersion.supported.lowerBound) to \(ProtocolVersion.supported.upperBound) are)"
        case .otherMasterKey(let key): "its master key is \(key), not the configured one"
        case .otherCurrency(let currency): "its currency is \(currency)"
        case .signature(let what): "a signature in its /keys is wrong: \(what)"
        case .notAudited: "it is not configured, and no configured auditor vouches for its denominations"
        case .signingKey: "its /keys are not signed by a currently valid signing key"
        }
    }
}
