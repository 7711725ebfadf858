// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// Writes rows as RFC 4180 has it: commas, quotes where they are needed, lines that end with CR and LF, UTF-8.
struct CSVTable {
    private(set) var bytes: [UInt8] = []

    /// - Parameter header: names of columns that are this program's own.
    init(header: [String]) { append(header) }

    /// A cell that a spreadsheet would compute is given an apostrophe: what buyers type must not run on the owner's machine.
    mutating func append(_ cells: [String]) {
        for (index, cell) in cells.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes += Self.written(cell)
        }
        bytes += [0x0D, 0x0A]
    }

    private static let commands = Set("=+-@\t\r".utf8)
    private static let marks = Set(",\"\r\n".utf8)

    private static func written(_ cell: String) -> [UInt8] {
        var cell = Array(cell.utf8)
        if let first = cell.first, commands.contains(first) { cell.insert(UInt8(ascii: "'"), at: 0) }
        guard cell.contains(where: marks.contains) else { return cell }
        var out: [UInt8] = [UInt8(ascii: "\"")]
        for byte in cell {
            if byte == UInt8(ascii: "\"") { out.append(byte) }
            out.append(byte)
        }
        return out + [UInt8(ascii: "\"")]
    }
}
