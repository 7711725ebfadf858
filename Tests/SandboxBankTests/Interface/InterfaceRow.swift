// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankStore
import HTTPCore
import SandboxBank
import TalerWire
import Testing

/// One status or one parameter that the bank's document of 2019 names, and the request that shows it.
struct InterfaceRow: Sendable, CustomTestStringConvertible {
    /// Method and path.
    let endpoint: String
    /// The status with its words, or the name of a parameter, a member or a header field.
    let subject: String
    /// The document's own words.
    let text: String
    /// Of the answer that ``run`` returns.
    let status: Int
    /// Makes the request over a socket, and throws when anything beside the status is not as the words say.
    let run: @Sendable (SocketBank) async throws -> Response

    init(
        _ endpoint: String, _ subject: String, _ text: String, _ status: Int,
        _ run: @escaping @Sendable (SocketBank) async throws -> Response
    ) {
        self.endpoint = endpoint
        self.subject = subject
        self.text = text
        self.status = status
        self.run = run
    }

    var testDescription: String { "\(endpoint), \(subject): \(text)" }

    /// Nil when all is as the document says.
    func failure(at bank: SocketBank) async -> String? {
        do {
            let response = try await run(bank)
            guard response.status == status else { return "the status is \(response.status)" }
            if status >= 400 { try response.requireBankError() }
            guard try await bank.service.store.audit().isSound else { return "the books are not sound" }
            return nil
        } catch { return "\(error)" }
    }
}

/// What was not as the document says.
struct Mismatch: Error, CustomStringConvertible {
    let description: String
}

/// - Throws: ``Mismatch`` unless the condition holds.
func require(_ condition: Bool, _ sentence: String) throws {
    guard condition else { throw Mismatch(description: sentence) }
}

extension Response {
    /// - Throws: unless the body is a BankError with the registry's code under both names.
    func requireBankError(code: Int64? = nil) throws {
        let json = try json()
        let ec = json["ec"]?.integerValue
        try require(json["error"]?.stringValue?.isEmpty == false, "BankError has no error")
        try require(ec != nil && ec == json["code"]?.integerValue, "BankError has no ec")
        try require(json["hint"] == json["error"], "error and hint differ")
        if let code { try require(ec == code, "ec is \(ec ?? 0), not \(code)") }
    }

    /// The rows of a history; none for 204.
    func historyRows() throws -> [JSONValue] {
        if status == 204 { return [] }
        guard let rows = try json()["data"]?.arrayValue else { throw Mismatch(description: "there is no array data") }
        return rows
    }

    func subjects() throws -> [String] { try historyRows().map { $0["wt_subject"]?.stringValue ?? "?" } }
    func signs() throws -> [String] { try historyRows().map { $0["sign"]?.stringValue ?? "?" } }
}
