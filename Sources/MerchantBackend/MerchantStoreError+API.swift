// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import HTTPCore
public import MerchantStore
import TalerWire

extension MerchantStoreError: APIErrorConvertible {
    /// 500 / 52 when the database does not do what it is asked, 500 / 56 when it holds what it should not.
    public var apiError: APIError {
        switch self {
        case .database:
            APIError(
                .genericDbStoreFailed,
                hint: "The database could not be read or written: its disk may be full. What was not written down was not sent either.")
        case .corrupt: APIError(.genericDbInvariantFailure, hint: "The database holds something that it should not.")
        }
    }
}
