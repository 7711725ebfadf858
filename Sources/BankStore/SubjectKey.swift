// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// A key in a wire subject: the first word that is one, as base32 of 32 bytes.
public enum SubjectKey: Sendable, Equatable {
    /// The word alone: money for that reserve.
    case reserve(ReservePublicKey)
    /// `KYC:` and the key: ties the payer's account to it.
    case account(MerchantPublicKey)

    /// Nil when no word of the subject is a key.
    public init?(subject: String) {
        for word in subject.split(whereSeparator: \.isWhitespace) {
            if word.hasPrefix("KYC:"), let key = try? MerchantPublicKey(base32: word.dropFirst(4)) {
                self = .account(key)
                return
            }
            if let key = try? ReservePublicKey(base32: word) {
                self = .reserve(key)
                return
            }
        }
        return nil
    }

    /// As the database names it.
    var kind: String {
        switch self {
        case .reserve: "reserve"
        case .account: "account"
        }
    }

    var bytes: [UInt8] {
        switch self {
        case .reserve(let key): key.bytes
        case .account(let key): key.bytes
        }
    }

    init?(kind: String?, bytes: [UInt8]?) {
        switch (kind, bytes) {
        case ("reserve", let bytes?):
            guard let key = try? ReservePublicKey(bytes) else { return nil }
            self = .reserve(key)
        case ("account", let bytes?):
            guard let key = try? MerchantPublicKey(bytes) else { return nil }
            self = .account(key)
        default: return nil
        }
    }
}
