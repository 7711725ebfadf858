// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// Opens the page on which the owner of an account is asked who he is: 32 random bytes.
public struct AccessToken: FixedBytes {
    public static let byteCount = 32
    public let bytes: [UInt8]
    public init(checked bytes: [UInt8]) { self.bytes = bytes }
}
