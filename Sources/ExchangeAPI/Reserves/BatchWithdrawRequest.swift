// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// `POST /reserves/$RESERVE_PUB/batch-withdraw`.
public struct BatchWithdrawRequest: Codable, Sendable, Equatable {
    /// 1 to 256.
    public var planchets: [WithdrawPlanchet]

    enum CodingKeys: String, CodingKey {
        case planchets
    }

    public init(planchets: [WithdrawPlanchet]) {
        self.planchets = planchets
    }
}
