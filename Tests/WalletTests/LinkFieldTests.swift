// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Testing
@testable import Wallet

@Suite struct LinkFieldTests {
    @Test(arguments: [
        ([#"</a?b=1&c=2>; rel="taler-refund""#], "/a?b=1&c=2"), (["</a>; rel=taler-refund"], "/a"),
        ([#"</x>; rel="next", </a>; title="t;u"; REL="up Taler-Refund""#], "/a"), (["</x>; rel=next", "</a>;rel=taler-refund"], "/a"),
        (["</x>;rel=taler-refund-not, </y>"], nil), (["</x"], nil), (["rel=taler-refund"], nil), ([], nil), (["<>; rel=taler-refund"], ""),
    ])
    func theFirstTargetOfTheRelationIsFound(_ lines: [String], _ target: String?) {
        #expect(LinkField.target("taler-refund", in: lines) == target)
    }
}
