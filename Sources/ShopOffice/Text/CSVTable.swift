// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// Writes rows as RFC 4180 has it: commas, quotes where they are needed, lines that end with CR and LF, UTF-8.
struct CSVTable {
    private(set) var bytes: [UInt8] = []

    /// - Parameter header: names of columns that are this program's own.
    init(header: [String]) { append(header) }

    /// What a spreadsheet would compute is given an apostrophe, at a cell's beginning and after what could end a cell within it: what
    /// buyers type must not run on the owner's machine.
    mutating func append(_ cells: [String]) {
        for (index, cell) in cells.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes += Self.written(cell)
        }
        bytes += [0x0D, 0x0A]
    }

    private static let commands = Set("=+-@".utf8)
    private static let marks = Set(",\"\r\n".utf8)

    private static func written(_ cell: String) -> [UInt8] {
        let cell = guarded(cell)
        guard cell.contains(where: marks.contains) else { return cell }
        var out: [UInt8] = [UInt8(ascii: "\"")]
        for byte in cell {
            if byte == UInt8(ascii: "\"") { out.append(byte) }
            out.append(byte)
        }
        return out + [UInt8(ascii: "\"")]
    }

    /// Spreadsheets of many countries take semicolons or tabs for the ends of cells; for them a cell of this table, and a line within it,
    /// can be several.
    private static func guarded(_ cell: String) -> [UInt8] {
        var out: [UInt8] = []
        var isStart = true
        for byte in cell.utf8 {
            let apostrophe = UInt8(ascii: "'")
            switch byte {
            case _ where isStart && commands.contains(byte):
                out.append(apostrophe)
                isStart = false
            case UInt8(ascii: "\t"), UInt8(ascii: "\r"):
                // At the very beginning they are skipped, and what follows is computed.
                if out.isEmpty { out.append(apostrophe) }
                isStart = true
            case UInt8(ascii: "\n"), UInt8(ascii: ";"): isStart = true
            case UInt8(ascii: " "), UInt8(ascii: "\""): break
            default: isStart = false
            }
            out.append(byte)
        }
        return out
    }
}
