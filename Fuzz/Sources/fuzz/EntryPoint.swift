// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation

/// What libFuzzer calls with each input. `FUZZ_TARGET` names the target.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    selected.run(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
}

private let selected: FuzzTarget = {
    let name = ProcessInfo.processInfo.environment["FUZZ_TARGET"] ?? ""
    guard let target = FuzzTarget(rawValue: name) else {
        FileHandle.standardError.write(
            Data("FUZZ_TARGET must be one of: \(FuzzTarget.allCases.map(\.rawValue).joined(separator: " "))\n".utf8))
        exit(2)
    }
    return target
}()

/// Ends the process unless `condition` holds, so that libFuzzer keeps the input.
func require(_ condition: Bool, _ claim: @autoclosure () -> String) {
    guard !condition else { return }
    fatalError("does not hold: \(claim())")
}

/// The value of what cannot fail when the parser is right.
func must<Value>(_ claim: @autoclosure () -> String, _ body: () throws -> Value) -> Value {
    do { return try body() } catch { fatalError("does not hold: \(claim()): \(error)") }
}
