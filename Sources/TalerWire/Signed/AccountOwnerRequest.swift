// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// What an account's key signs to ask for its KYC state: purpose alone. Offsets in bytes.
public struct AccountOwnerRequest: SignedStruct {
    public static let purpose = Purpose.kycAuth
    public static let byteCount = 8

    public init() {}

    public func encode(into out: inout WireEncoder) {}
}
