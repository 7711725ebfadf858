// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// What the subject of a bank transfer from an exchange says: `WTID EXCHANGE_BASE_URL`, and metadata after another space.
///
/// A bank's customers write what they like into subjects: nothing here is more than a hint whom of the known exchanges to ask for what.
public struct PayoutSubject: Sendable, Equatable {
    /// The first token that decodes to 32 bytes.
    public let transferID: WireTransferID
    /// The first token that looks like an `http` or `https` URL, with a slash at its end.
    public let exchangeURL: String?

    /// - Returns: nil when no token is a transfer's identifier.
    public init?(_ subject: String) {
        let tokens = subject.split(whereSeparator: \.isWhitespace)
        guard let transferID = tokens.lazy.compactMap({ try? WireTransferID(base32: $0) }).first else { return nil }
        self.transferID = transferID
        exchangeURL = tokens.first { $0.hasPrefix("https://") || $0.hasPrefix("http://") }.map { $0.hasSuffix("/") ? String($0) : $0 + "/" }
    }
}
