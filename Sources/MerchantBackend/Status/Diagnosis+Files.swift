// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import MerchantStore
import TalerWire

extension Diagnosis {
    static func secrets(_ facts: Facts) -> [Finding] {
        var found: [Finding] = []
        switch facts.key {
        case .missing(let path):
            if case .read(_, let keys, _) = facts.database, !keys.isEmpty {
                found.append(
                    Finding(
                        .keyMissing, .problem, subject: path, "The merchant's key file is gone, and the database belongs to it.",
                        advice:
                            "Bring it back, from a backup with merchant-backend restore. The backend makes no new key for an old database.")
                )
            } else {
                found.append(
                    Finding(
                        .keyMissing, .info, subject: path, "There is no key yet; the first start makes one.",
                        advice: "Make a backup after the first start."))
            }
        case .unusable(let path, let reason):
            found.append(
                Finding(
                    .keyUnusable, .problem, subject: path, "The merchant's key file cannot be used: \(reason).",
                    advice: "It must hold the 32 bytes that the first start wrote, and be readable by the backend's user."))
        case .present(let key):
            if case .read(_, let keys, _) = facts.database, keys.contains(where: { $0 != key }) {
                found.append(
                    Finding(
                        .keyOfOtherDatabase, .problem, "The database belongs to another key than the one in the key file.",
                        advice: "Bring back the key file that belongs to it, or the database that belongs to the key."))
            }
        }
        switch facts.token {
        case .present: break
        case .missing(let path):
            found.append(Finding(.tokenMissing, .info, subject: path, "There is no token yet; the first start makes one."))
        case .unusable(let path, let reason):
            found.append(
                Finding(
                    .tokenUnusable, .problem, subject: path, "The token file cannot be used: \(reason).",
                    advice: "Its first line must be a token of 16 characters or more; remove the file to have a new one made."))
        }
        for path in facts.missingFiles {
            found.append(
                Finding(
                    .fileMissing, .problem, subject: path, "The file with the bank's password or token is not there.",
                    advice: "Put it there with mode 600, or correct its name in the configuration; the backend does not start without it."))
        }
        for file in facts.files where file.mode & (file.isSecret ? 0o077 : 0o007) != 0 {
            let mode = String(file.mode, radix: 8)
            found.append(
                Finding(
                    .fileMode, file.isSecret ? .problem : .warning, subject: file.path,
                    file.isSecret
                        ? "This file holds a secret and others may read it (mode \(mode)); the backend does not start with it."
                        : "Everybody on this machine may read the database (mode \(mode)).",
                    advice: "chmod 600 \(file.path)" + (file.isSecret ? ", and consider who may have read it." : "")))
        }
        return found
    }

    static func database(_ facts: Facts) -> [Finding] {
        switch facts.database {
        case .missing(let path):
            [Finding(.databaseMissing, .info, subject: path, "There is no database yet; the first start makes one.")]
        case .unreadable(let path, let reason):
            [
                Finding(
                    .databaseUnreadable, .problem, subject: path, "The database cannot be read: \(reason).",
                    advice: "Look at the owner and mode of the file and of its folder; doctor has to run as the backend's user.")
            ]
        case .damaged(let path, let what):
            [
                Finding(
                    .databaseDamaged, .problem, subject: path, "The database is damaged: \(what.prefix(3).joined(separator: "; ")).",
                    advice: "Stop the backend, keep the files, and restore the last backup; then look for failing hardware.")
            ]
        case .older:
            [Finding(.databaseOlder, .info, "The database is of an older version; the next start brings it up to date.")]
        case .newer:
            [
                Finding(
                    .databaseNewer, .problem, "The database is of a newer version of this program, which does not start with it.",
                    advice: "Install the newer version again, or restore the backup from before the upgrade.")
            ]
        case .read(_, _, let isWritable):
            isWritable
                ? []
                : [
                    Finding(
                        .databaseNotWritable, .problem,
                        "The database cannot be written to, so no contract can be made and no payment taken.",
                        advice:
                            "Look at the owner and mode of the file and of its folder, and whether the file system is mounted read-only.")
                ]
        }
    }
}
