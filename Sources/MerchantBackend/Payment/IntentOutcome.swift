// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import ExchangeClient

/// What became of an intent.
public enum IntentOutcome: Sendable, Equatable {
    /// The exchange has the coins. Unless it is confirmed, its signature is still to be fetched.
    case accepted(isConfirmed: Bool)
    /// Refused for good by the exchange.
    case refused(DepositConversation.Refusal, exchangeURL: String)
    /// Not known yet: it is tried again by itself.
    case unknown(DepositConversation.Doubt, exchangeURL: String)
}
