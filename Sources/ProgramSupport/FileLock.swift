// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation

/// An exclusive lock on a file, held as long as this object lives; the system gives it up when the process ends, however it ends.
public final class FileLock: Sendable {
    public enum Failure: Error, Equatable, CustomStringConvertible {
        /// Another process holds it.
        case taken(String)
        case cannotOpen(String)

        public var description: String {
            switch self {
            case .taken(let path): "\(path) is locked: another process is using it"
            case .cannotOpen(let path): "\(path) cannot be opened"
            }
        }
    }

    private let file: FileHandle

    /// True when a process of this machine holds the lock, as the system lists it. Takes nothing, not even for a moment: who looks never
    /// keeps another from starting.
    public static func isHeld(_ path: String) -> Bool {
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
            let number = (attributes[.systemFileNumber] as? NSNumber)?.uint64Value
        else { return false }
        // The system hands the list out in pieces, and one may be missing while others take and give up locks.
        return (0..<64).contains { _ in isListed(number) }
    }

    private static func isListed(_ number: UInt64) -> Bool {
        guard let locks = try? String(contentsOfFile: "/proc/locks", encoding: .utf8) else { return false }
        // 1: FLOCK  ADVISORY  WRITE 1234 fe:00:5678 0 EOF
        return locks.split(separator: "\n").contains { line in
            let fields = line.split(separator: " ")
            return fields.count > 5 && fields[1] == "FLOCK" && fields[3] == "WRITE" && fields[5].split(separator: ":").last == "\(number)"
        }
    }

    /// Makes the file if it is not there.
    /// - Throws: ``Failure``; it never waits.
    public init(path: String) throws(Failure) {
        if !FileManager.default.fileExists(atPath: path) {
            _ = FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
        }
        guard let file = FileHandle(forUpdatingAtPath: path) else { throw .cannotOpen(path) }
        guard flock(file.fileDescriptor, LOCK_EX | LOCK_NB) == 0 else { throw .taken(path) }
        self.file = file
    }

    deinit {
        // A program that is being started at this moment has the descriptor, too, until it runs: closing ours alone would not do.
        _ = flock(file.fileDescriptor, LOCK_UN)
    }
}
