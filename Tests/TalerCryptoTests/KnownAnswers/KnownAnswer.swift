// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import TalerCrypto
import TalerWire
import TestVectors
import Testing

/// One entry of a file of known answers, with the means to read it.
struct KnownAnswer: Sendable, CustomTestStringConvertible {
    let file: VectorFile
    /// The file's own name for it, or a place in its list.
    let name: String
    let value: JSONValue

    var testDescription: String { name }

    func text(_ member: String) -> String { value[member]?.stringValue ?? "" }
    func hex(_ member: String) -> [UInt8] { Hex.decode(text(member)) }
    func integer(_ member: String) -> Int64? { value[member]?.integerValue }
    func flag(_ member: String) -> Bool? { value[member]?.boolValue }

    func decode<Value: JSONRepresentable>(_ member: String, as type: Value.Type = Value.self) throws -> Value {
        try Value(json: try #require(value[member], "\(name) has no \(member)"))
    }

    /// Absent hashes are null in the files and zero in signed data.
    func decodeOrZero<Value: FixedBytes>(_ member: String, as type: Value.Type = Value.self) throws -> Value {
        guard let json = value[member], json != .null else { return .zero }
        return try Value(json: json)
    }

    func privateKey(_ member: String) throws -> EdDSAPrivateKey { try EdDSAPrivateKey(base32: text(member)) }

    /// The private key that the file gives, here or elsewhere, for a public key of this entry.
    func privateKey(ofPublic member: String) throws -> EdDSAPrivateKey { try Self.privateKey(of: text(member), in: file) }

    /// One of the file's own keys: `merchant`, `reserve`, `exchange_signkey`, `exchange_master`.
    func privateKey(named name: String) throws -> EdDSAPrivateKey {
        try EdDSAPrivateKey(base32: try #require(file.group("eddsa_keys").first { $0.text("name") == name }).text("priv"))
    }

    private static func privateKey(of publicKey: String, in file: VectorFile) throws -> EdDSAPrivateKey {
        try EdDSAPrivateKey(base32: try #require(file.group("eddsa_keys").first { $0.text("pub") == publicKey }).text("priv"))
    }

    /// The structure has the bytes that the library signed; signing gives the library's signature; it verifies.
    func expect(_ structure: some SignedStruct, signature member: String, by key: EdDSAPrivateKey) throws {
        #expect(Hex.encode(structure.signedBytes) == text("signed_message_hex"))
        let signature = try decode(member, as: EdDSASignature.self)
        #expect(key.sign(structure) == signature)
        #expect(structure.isValid(signature, by: key.publicKey(as: MerchantPublicKey.self)))
    }
}
