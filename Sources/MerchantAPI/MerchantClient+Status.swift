// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import HTTPCore

extension MerchantClient {
    /// `GET /status`. The message of a 200 is a ``BackendStatus``. The backend asks exchanges that want to know the owner, so it may take
    /// some seconds.
    public func status(timeout: Duration = .seconds(30)) async throws(SendError) -> Response {
        try await sender.send(OutgoingRequest(.get, baseURL + "status", fields: authorization, timeout: timeout, maximumAnswer: 1 << 20))
    }
}
