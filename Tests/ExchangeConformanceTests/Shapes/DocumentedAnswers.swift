// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import TalerWire

/// What the exchange's documentation lets a bad request be answered with.
enum DocumentedAnswers {
    private static let codes: [Int: Set<Int>] = [
        400: [
            22, 23, 25, 26, 27, 28, 29, 1004, 1016, 1017, 1018, 1021, 1101, 1102, 1103, 1104, 1107, 1207, 1208, 1209, 1302, 1305, 1356,
            1358,
            1360, 1362, 1363, 1365, 1450, 1505,
        ],
        403: [26, 1006, 1106, 1154, 1205, 1251, 1252, 1303, 1361, 1506, 1919, 1930],
        404: [21, 1001, 1002, 1005, 1019, 1027, 1041, 1100, 1355, 1400, 1451, 1502, 1939],
        405: [20], 409: [1003, 1012, 1015, 1150, 1175, 1206, 1353, 1501, 1940, 1941],
        410: [1008, 1009, 1010, 1503], 413: [32], 414: [31], 424: [1510], 431: [23], 451: [1028],
    ]

    /// What is wrong with an answer; nil when nothing is.
    static func complaint(_ response: Response) -> String? {
        switch response.status {
        case 200, 202, 204, 304: return nil
        case 400..<500:
            guard let json = try? response.json(), let code = json["code"]?.integerValue, let hint = json["hint"]?.stringValue else {
                return "\(response.status) without code and hint"
            }
            guard codes[response.status]?.contains(Int(code)) == true else { return "\(response.status) / \(code) is not documented" }
            return hint.isEmpty ? "an empty hint" : nil
        default: return "\(response.status)"
        }
    }
}
