// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// What is wrong with a file of secrets. Its content is never told.
public enum PrivateFileError: Error, Equatable, CustomStringConvertible {
    case exists(String)
    case isReadableByOthers(String, mode: Int)
    /// The system's text.
    case failed(String, reason: String)

    public var description: String {
        switch self {
        case .exists(let path): "\(path) exists already"
        case .isReadableByOthers(let path, let mode):
            "\(path) holds secrets and others may read it (mode \(String(mode, radix: 8))); it must have mode 600"
        case .failed(let path, let reason): "\(path): \(reason)"
        }
    }
}
