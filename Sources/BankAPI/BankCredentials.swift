// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
public import HTTPCore

/// Name and password of a bank account, and their header fields. Has no description, so that no log gets the password.
public struct BankCredentials: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
    public let username: String
    public let password: String

    public init(username: String, password: String) {
        self.username = username
        self.password = password
    }

    /// `Authorization: Basic` (RFC 7617, UTF-8).
    public var basicFields: HTTPFields { ["Authorization": "Basic " + Data("\(username):\(password)".utf8).base64EncodedString()] }

    /// `Authorization`, and the 2019 API's own fields. The former is the one that every password survives.
    public var bankFields: HTTPFields {
        var fields = basicFields
        fields["X-Taler-Bank-Username"] = username
        fields["X-Taler-Bank-Password"] = password
        return fields
    }

    /// The credentials of a request: HTTP Basic when it is there, else `X-Taler-Bank-Username` with `X-Taler-Bank-Password`, or with
    /// `Taler-Bank-Password` as one place of the 2019 document has it. Nil when there are none or they cannot be read.
    public init?(_ fields: HTTPFields) {
        if let authorization = fields["Authorization"] {
            let parts = authorization.split(separator: " ", omittingEmptySubsequences: true)
            guard parts.count == 2, parts[0].lowercased() == "basic", let data = Data(base64Encoded: String(parts[1])),
                let text = String(validating: data, as: UTF8.self), let colon = text.firstIndex(of: ":")
            else { return nil }
            self.init(username: String(text[..<colon]), password: String(text[text.index(after: colon)...]))
        } else {
            guard let username = fields["X-Taler-Bank-Username"],
                let password = fields["X-Taler-Bank-Password"] ?? fields["Taler-Bank-Password"]
            else { return nil }
            self.init(username: username, password: password)
        }
    }

    public var description: String { "credentials of \(username)" }
    public var customMirror: Mirror { Mirror(self, children: ["username": username]) }
}
