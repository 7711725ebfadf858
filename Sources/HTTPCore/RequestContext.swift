// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import Logging

/// The request that the current task works for, so that every line it logs names the request without being handed its id.
///
/// What a task starts inherits it: work that goes on after the answer, such as the retries of a payment, logs the request that began it.
public enum RequestContext {
    /// ``Request/id``; nil outside of requests.
    @TaskLocal public static var id: String?

    /// Adds `request` to every line of log. To be given to the logging system at the start.
    public static let metadataProvider = Logger.MetadataProvider { id.map { ["request": "\($0)"] } ?? [:] }
}
