// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// An error from within that callers are told about with a code of its own. Its text goes to the log alone.
public protocol APIErrorConvertible: Error {
    /// Holds nothing of the error's own text.
    var apiError: APIError { get }
}
