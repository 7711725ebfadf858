// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import HTTPCore
import TalerWire

extension InterfaceTableTests {
    private static let endpoint = "POST /register"

    private static func body(_ username: String, _ password: String = "p") -> JSONValue {
        ["username": .string(username), "password": .string(password)]
    }

    static let registerRows: [InterfaceRow] = [
        InterfaceRow(endpoint, "200 OK", "The new user has been correctly registered.", 200) { bank in
            let response = try await bank.post("/register", body("alice", "alice's password"))
            try require(response.body.isEmpty, "there is a body")
            try require(try await bank.get("/history?delta=1", as: "alice").status == 200, "the user cannot log in")
            try require(try await bank.balance("alice") == "KUDOS:100", "the starting balance is missing")
            return response
        },
        InterfaceRow(endpoint, "409 Conflict", "The username requested by the client is not available anymore.", 409) { bank in
            try await bank.register("alice")
            return try await bank.post("/register", body("alice", "another"))
        },
        InterfaceRow(endpoint, "406 Not Acceptable", "Unacceptable characters were given for the username.", 406) { bank in
            for name in ["two words", "a/b", "ümlaut", "a:b", "", ".."] {
                try require(try await bank.post("/register", body(name)).status == 406, "\(name) was accepted")
            }
            try require(try await bank.post("/register", body("A.b-c_d+e@f")).status == 200, "the characters of the rule are refused")
            return try await bank.post("/register", body("a\nb"))
        },
        InterfaceRow(endpoint, "username", "Username to use for registration; max length is 150 chars.", 406) { bank in
            let longest = String(repeating: "x", count: 150)
            try require(try await bank.post("/register", body(longest)).status == 200, "150 characters are refused")
            return try await bank.post("/register", body(longest + "x"))
        },
        InterfaceRow(endpoint, "password", "Any characters and any length are valid.", 200) { bank in
            for (number, password) in ["", "a:b\n\u{1F511}", String(repeating: "ü", count: 5000)].enumerated() {
                let login = BankCredentials(username: "user\(number)", password: password)
                try await bank.client.register(login)
                let rows = try await bank.client.history(delta: 1, credentials: login)
                try require(rows.count == 1, "this password does not log in: number \(number)")
            }
            return try await bank.post("/register", body("alice", String(repeating: "x", count: 100_000)))
        },
        InterfaceRow(endpoint, "Content-Type", "The body may be a form as well.", 200) { bank in
            let form = "username=al%2Bice&password=al%2Bice%27s+password"
            let response = try await bank.send(
                .post, "/register", Array(form.utf8), fields: ["Content-Type": "application/x-www-form-urlencoded"])
            try require(try await bank.get("/history?delta=1", as: "al+ice").status == 200, "the user cannot log in")
            return response
        },
    ]
}
