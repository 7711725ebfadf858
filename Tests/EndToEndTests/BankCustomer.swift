// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import HTTPCore
import TalerWire

/// Somebody at the bank's pages, with cookies and without scripts: follows redirects, and sends forms with the fields that they have.
struct BankCustomer {
    /// Without a slash at its end.
    private let origin: String
    private let sender: any Sender
    private var cookies: [String: String] = [:]

    /// A page as it came, at its address.
    struct Page {
        let address: String
        let response: Response
        /// What its header fields say, before a redirect is followed.
        let text: String

        /// The text of the element with that id, up to the next tag.
        func element(_ id: String) -> String? {
            guard let start = text.range(of: "id=\"\(id)\""), let open = text[start.upperBound...].firstIndex(of: ">") else { return nil }
            let content = text[text.index(after: open)...].prefix { $0 != "<" }
            return BankCustomer.plain(content).trimmingCharacters(in: .whitespacesAndNewlines)
        }
    }

    struct NoSuchForm: Error {
        let page: String
        let form: String
    }

    /// - Parameter bank: its base URL.
    init(bank: String, sender: any Sender) {
        origin = bank.hasSuffix("/") ? String(bank.dropLast()) : bank
        self.sender = sender
    }

    /// - Parameter address: a path, or a whole address.
    mutating func open(_ address: String) async throws -> Page { try await send(.get, address, fields: HTTPFields(), body: []) }

    /// Sends a form of the page.
    /// - Parameter form: where it goes; nil for the one that goes to the page's own address.
    mutating func submit(_ page: Page, _ form: String? = nil, _ filled: [String: String]) async throws -> Page {
        let opening = form.map { "<form method=\"post\" action=\"\($0)\"" } ?? "<form method=\"post\" class"
        let text = BankCustomer.plain(page.text)
        guard let start = text.range(of: opening), let end = text[start.upperBound...].range(of: "</form>") else {
            throw NoSuchForm(page: page.text, form: opening)
        }
        var fields: [String: String] = [:]
        for input in text[start.upperBound..<end.lowerBound].components(separatedBy: "<input type=\"hidden\"").dropFirst() {
            guard let name = Self.attribute("name", of: input), let value = Self.attribute("value", of: input) else { continue }
            fields[name] = value
        }
        let body = fields.merging(filled) { $1 }.map { "\(PercentEncoding.encode($0))=\(PercentEncoding.encode($1))" }
        return try await send(
            .post, form ?? page.address, fields: ["Content-Type": "application/x-www-form-urlencoded"],
            body: Array(body.joined(separator: "&").utf8))
    }

    private mutating func send(_ method: HTTPMethod, _ address: String, fields: HTTPFields, body: [UInt8]) async throws -> Page {
        let url = address.hasPrefix("/") ? origin + address : address
        var fields = fields
        fields["Accept"] = "text/html"
        if !cookies.isEmpty { fields["Cookie"] = cookies.map { "\($0)=\($1)" }.joined(separator: "; ") }
        let response = try await sender.send(OutgoingRequest(method, url, fields: fields, body: body))
        for line in response.fields.all("Set-Cookie") {
            let pair = line.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1).map(String.init)
            if let name = pair.first { cookies[name] = pair.count == 2 ? pair[1] : nil }
        }
        if response.status == 303, let next = response.fields["Location"] { return try await open(next) }
        return Page(address: url, response: response, text: String(decoding: response.body, as: UTF8.self))
    }

    private static func attribute(_ name: String, of tag: String) -> String? {
        guard let start = tag.range(of: " \(name)=\"") else { return nil }
        return String(tag[start.upperBound...].prefix { $0 != "\"" })
    }

    private static func plain(_ text: some StringProtocol) -> String {
        var plain = String(text)
        for (name, character) in [("&#39;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")] {
            plain = plain.replacingOccurrences(of: name, with: character)
        }
        return plain
    }

    /// The sum that is asked for by a question like `What is seven plus twelve?`.
    static func answer(_ question: String) -> Int? {
        let numbers = [
            "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
            "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
        ]
        let words = question.split { !$0.isLetter }.map(String.init)
        guard words.count == 5, words[0] == "What", words[1] == "is", words[3] == "plus", let first = numbers.firstIndex(of: words[2]),
            let second = numbers.firstIndex(of: words[4])
        else { return nil }
        return first + second
    }
}
