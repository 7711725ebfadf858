// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// How long to wait before the same question is asked again.
public enum InquiryDelay {
    /// 1, 2, 4 … minutes, up to six hours.
    /// - Parameter attempts: how often it was asked without success, this time included.
    /// - Returns: seconds.
    public static func seconds(after attempts: Int) -> Int64 { min(6 * 3600, 60 << Int64(min(max(attempts - 1, 0), 9))) }
}
