// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeFixture
import HTTPCore

/// One status and code that the documentation of `POST /batch-deposit` names, and a request that gets them.
struct SeedRow: Sendable {
    let status: Int
    /// Nil for a success.
    let code: Int?
    /// What the documentation says, shortened.
    let text: String
    /// Makes the request and expects of its answer what the documentation says of its members and signatures.
    let ask: @Sendable (LiveExchange) async throws -> Response

    init(_ status: Int, _ code: Int?, _ text: String, _ ask: @escaping @Sendable (LiveExchange) async throws -> Response) {
        self.status = status
        self.code = code
        self.text = text
        self.ask = ask
    }

    /// In the order of the documentation.
    static let all = successes + refusedShapes + refusedSignatures + unknown + conflicts + gone + legal
}
