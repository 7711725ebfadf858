// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation

/// The table in docs/sandbox.md of how this exchange's answers differ from the recorded ones.
struct KnownDifferences {
    /// By the recording's name.
    private(set) var differences: [String: String] = [:]
    private(set) var isEveryReasonGiven = true

    static let heading = "### Against a recorded exchange"
    /// Stands in the first column for what differs everywhere.
    static let everyRefusal = "every refusal"
    /// Stands in the second column for what is not asked.
    static let notAsked = "not asked"

    /// - Parameter file: a source file of this target.
    init(file: String = #filePath) throws {
        let root = URL(fileURLWithPath: file).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(contentsOf: root.appendingPathComponent("docs/sandbox.md"), encoding: .utf8)
        guard let start = text.range(of: Self.heading) else { return }
        for line in text[start.upperBound...].components(separatedBy: "\n#")[0].split(separator: "\n") where line.hasPrefix("|") {
            let cells = line.split(separator: "|", omittingEmptySubsequences: false).map {
                $0.trimmingCharacters(in: .whitespaces).replacingOccurrences(of: "`", with: "")
            }
            guard cells.count == 5, cells[1] != "recording", !cells[1].hasPrefix("---") else { continue }
            for name in cells[1].components(separatedBy: ", ") { differences[name] = cells[2] }
            if cells[3].isEmpty { isEveryReasonGiven = false }
        }
    }
}
