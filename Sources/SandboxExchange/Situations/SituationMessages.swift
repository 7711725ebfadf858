// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// What `/situations/list` answers.
public struct SituationList: Codable, Sendable, Equatable {
    /// To be sent with changes, with the cookie of the same answer.
    public var token: String
    public var situations: [Entry]

    public init(token: String, situations: [Entry]) {
        self.token = token
        self.situations = situations
    }

    public struct Entry: Codable, Sendable, Equatable {
        public var id: Int
        public var name: String
        /// With all its limits.
        public var text: String

        public init(id: Int, name: String, text: String) {
            self.id = id
            self.name = name
            self.text = text
        }
    }
}

/// What a change came to.
public struct SituationChange: Codable, Sendable, Equatable {
    public var text: String
    /// Of what was set.
    public var id: Int?
    public var count: Int

    public init(text: String, id: Int?, count: Int) {
        self.text = text
        self.id = id
        self.count = count
    }
}
