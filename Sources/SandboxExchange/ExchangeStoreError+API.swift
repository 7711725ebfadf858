// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import ExchangeStore
public import HTTPCore
import TalerWire

extension ExchangeStoreError: APIErrorConvertible {
    /// 500 / 53 or 52 when the database does not do what it is asked, 500 / 56 when it holds what it should not.
    public var apiError: APIError {
        switch self {
        case .database(_, let isReading):
            APIError(
                isReading ? .genericDbFetchFailed : .genericDbStoreFailed,
                hint: "The database could not be read or written. Nothing was changed; the same request may be sent again.")
        case .otherCurrency, .otherMaster, .unknownKey, .damaged:
            APIError(.genericDbInvariantFailure, hint: "The database holds something that it should not.")
        case .unstorable: APIError(.genericInternalInvariantFailure, hint: "An amount is too large for the books.")
        }
    }
}
