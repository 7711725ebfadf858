// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// What is known of postcodes, by country.
enum Postcodes {
    /// Where a postcode is so many digits and nothing else.
    static let digitCounts = [
        "AT": 4, "AU": 4, "BE": 4, "CH": 4, "DE": 5, "DK": 4, "ES": 5, "FI": 5, "FR": 5, "IT": 5, "LI": 4, "LU": 4, "NO": 4,
    ]

    /// Where letters come without one.
    static let countriesWithout: Set<String> = [
        "AE", "AG", "AO", "AW", "BF", "BI", "BJ", "BO", "BQ", "BS", "BW", "BZ", "CD", "CF", "CG", "CI", "CK", "CM", "CW", "DJ", "DM", "ER",
        "FJ", "GA", "GD", "GH", "GM", "GQ", "GY", "HK", "IE", "JM", "KI", "KM", "KN", "KP", "LC", "LY", "ML", "MO", "MR", "MW", "NR", "NU",
        "QA", "RW", "SB", "SC", "SL", "SR", "ST", "SX", "SY", "TF", "TG", "TK", "TO", "TT", "TV", "UG", "VU", "YE", "ZW",
    ]
}
