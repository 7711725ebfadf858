// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import Glibc
public import Sodium

/// A file that holds one secret: 32 bytes in hexadecimal.
public enum SecretFile {
    /// Reads the file; makes it with fresh random bytes, readable by its owner only, when it is not there.
    /// - Throws: ``SecretFileError`` for a file that others may read, that cannot be read or that holds something else.
    public static func loadOrCreate(at path: String) throws(SecretFileError) -> SecretBytes {
        guard FileManager.default.fileExists(atPath: path) else { return try create(at: path) }
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        guard let mode = attributes?[.posixPermissions] as? Int, mode & 0o077 == 0 else { throw .readableByOthers(path) }
        guard let data = FileManager.default.contents(atPath: path) else { throw .unreadable(path) }
        guard let secret = decode(data) else { throw .malformed(path) }
        return secret
    }

    private static func create(at path: String) throws(SecretFileError) -> SecretBytes {
        let secret = SecretBytes.random(count: 32)
        let text = secret.exported().map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() + "\n"
        let before = umask(0o077)
        defer { umask(before) }
        guard
            FileManager.default.createFile(
                atPath: path, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
        else { throw .unwritable(path) }
        return secret
    }

    private static func decode(_ data: Data) -> SecretBytes? {
        var text = data[...]
        while let last = text.last, last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") || last == UInt8(ascii: " ") {
            text.removeLast()
        }
        guard text.count == 64 else { return nil }
        var bytes: [UInt8] = []
        var high: UInt8?
        for character in text {
            guard let digit = Character(Unicode.Scalar(character)).hexDigitValue.flatMap({ UInt8(exactly: $0) }) else { return nil }
            if let first = high {
                bytes.append(first << 4 | digit)
                high = nil
            } else {
                high = digit
            }
        }
        return SecretBytes(bytes)
    }
}

/// Why a secret could not be had.
public enum SecretFileError: Error, Equatable, CustomStringConvertible {
    case readableByOthers(String)
    case unreadable(String)
    case unwritable(String)
    case malformed(String)

    public var description: String {
        switch self {
        case .readableByOthers(let path): "\(path): others can read this secret; chmod 600 it"
        case .unreadable(let path): "\(path): the file cannot be read"
        case .unwritable(let path): "\(path): the file cannot be made"
        case .malformed(let path): "\(path): 64 hexadecimal digits are needed"
        }
    }
}
