// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// Why the exchange cannot be set up or started.
public enum SandboxExchangeError: Error, Equatable, CustomStringConvertible {
    /// The database has no keys: the setup was never run on it.
    case notSetUp
    /// The database belongs to an offline key whose file is not there, at that path.
    case masterKeyMissing(String)
    /// The file does not hold a key, at that path.
    case masterKeyMalformed(String)
    /// The file cannot be made, at that path.
    case masterKeyNotWritten(String)
    /// Something in the database does not carry the offline key's signature, or is not what was signed.
    case keysDamaged(String)
    /// No key that is still of use is the one that is to be revoked.
    case nothingToRevoke
    /// The exchange's own address is no http or https URL.
    case baseURLMalformed

    public var description: String {
        switch self {
        case .notSetUp: "the exchange has no keys yet: run its setup first"
        case .masterKeyMissing(let path): "the offline key of this database is not at \(path)"
        case .masterKeyMalformed(let path): "\(path) holds no offline key"
        case .masterKeyNotWritten(let path): "the offline key cannot be written to \(path)"
        case .baseURLMalformed: "the exchange's own address is not usable"
        case .keysDamaged(let what): "the database holds \(what) that the offline key has not signed"
        case .nothingToRevoke: "there is no such key that is still of use"
        }
    }
}
