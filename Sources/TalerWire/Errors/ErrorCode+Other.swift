// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

extension ErrorCode {
    public static let none = ErrorCode(0, "NONE", 0)
    public static let invalid = ErrorCode(1, "INVALID", 0)

    static let other: [ErrorCode] = [
        .none, .invalid,
    ]
}
