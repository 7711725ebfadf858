// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation

/// A folder of a test's own that goes with the last reference to it.
package final class PrivateFolder: Sendable {
    package let path: String

    /// - Parameter name: the beginning of its name.
    package init(_ name: String) throws {
        path = NSTemporaryDirectory() + "\(name)-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
