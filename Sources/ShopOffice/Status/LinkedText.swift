// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Pages

/// A text with its web addresses made links. What stands in it comes from outside.
enum LinkedText {
    /// Pieces of the text in their order, for a template: `{{#pieces}}{{#link}}<a href="{{url}}">{{url}}</a>{{/link}}{{text}}{{/pieces}}`.
    static func pieces(_ text: String) -> PageValue {
        var pieces: [PageValue] = []
        var rest = text[...]
        func add(_ plain: Substring) {
            if !plain.isEmpty { pieces.append(Self.plain(String(plain))) }
        }
        while let start = addressStart(rest) {
            let address = String(String.UnicodeScalarView(rest[start...].unicodeScalars.prefix(while: isAddressScalar))).trimmedMarks
            add(rest[..<start])
            if let address = safe(address) {
                pieces.append(.record(["text": "", "link": .record(["url": .text(address)])]))
                rest = rest[start...].dropFirst(address.count)
            } else {
                // The scheme alone goes to the plain text, so that the search goes on behind it.
                let end = rest.index(start, offsetBy: 4)
                add(rest[start..<end])
                rest = rest[end...]
            }
        }
        add(rest)
        return .list(pieces)
    }

    /// A piece without a link.
    static func plain(_ text: String) -> PageValue { .record(["text": .text(text), "link": .hidden(["url": ""])]) }

    private static func addressStart(_ text: Substring) -> Substring.Index? {
        [text.firstRange(of: "https://"), text.firstRange(of: "http://")].compactMap { $0?.lowerBound }.min()
    }

    private static func isAddressScalar(_ scalar: Unicode.Scalar) -> Bool {
        (0x21...0x7E).contains(scalar.value) && !"<>\"'`\\^{|}".unicodeScalars.contains(scalar)
    }

    /// The address, if it is one of the web's whose host is what a reader takes for it.
    /// - Returns: nil without a host, and for `https://a@b`, which leads to b.
    static func safe(_ address: String) -> String? {
        let host: Substring
        if address.hasPrefix("https://") {
            host = address.dropFirst(8).prefix { !"/?#".contains($0) }
        } else if address.hasPrefix("http://") {
            host = address.dropFirst(7).prefix { !"/?#".contains($0) }
        } else {
            return nil
        }
        return host.isEmpty || host.contains("@") || !address.unicodeScalars.allSatisfy(isAddressScalar) ? nil : address
    }
}

extension String {
    /// Without the marks that end a sentence.
    fileprivate var trimmedMarks: String {
        var text = self[...]
        while let last = text.last, ".,;:!?)]".contains(last) { text.removeLast() }
        return String(text)
    }
}
