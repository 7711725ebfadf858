// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * A backup's file: JSON text with the parameters in clear, and one secret part. PBKDF2 with SHA-512 makes of passphrase and salt 48 bytes: an
 * AES-256-GCM key, and 16 bytes that tell a wrong passphrase from a broken file. The parameters are authenticated with the secret part. A
 * checksum (SHA-256) finds what a disk or a mail has broken.
 */

import { decodeBase32Fixed, encodeBase32 } from "../core/base32.js";
import { canonicalJSON } from "../core/canonical-json.js";
import { equalBytes, toHex, utf8 } from "../core/bytes.js";
import { randomBytes, subtle } from "../core/webcrypto.js";
import { gunzip, gzip } from "./compression.js";
import { EngineError } from "./engine-error.js";

const FORMAT = "taler-wallet-backup";
const VERSION = 1;
const ITERATIONS = 600_000;
/** A file may not make the wallet count for hours. */
const MOST_ITERATIONS = 20_000_000;

/** The least number of characters of a passphrase. */
export const SHORTEST_PASSPHRASE = 8;

/** `reason`: passphrase_short (`least`), passphrase_wrong, file_broken, file_unknown (no backup of such a wallet), file_newer, content. */
export class BackupError extends EngineError {}

/** The text of the file with `content` (a JSON text) in its secret part. */
export async function sealBackup(content, passphrase, { iterations = ITERATIONS } = {}) {
  checkLength(passphrase);
  const packed = await gzip(utf8(content));
  const parameters = {
    format: FORMAT, version: VERSION, kdf: "PBKDF2-SHA-512", iterations, salt: encodeBase32(randomBytes(32)), cipher: "AES-256-GCM",
    iv: encodeBase32(randomBytes(12)), compression: packed === null ? "none" : "gzip",
  };
  const { key, check } = await keysOf(passphrase, parameters);
  const cipher = { name: "AES-GCM", iv: decodeBase32Fixed(parameters.iv, 12), additionalData: utf8(canonicalJSON(parameters)) };
  const data = new Uint8Array(await subtle.encrypt(cipher, key, packed ?? utf8(content)));
  const file = { ...parameters, check: encodeBase32(check), data: toBase64(data) };
  return `${JSON.stringify({ ...file, checksum: await checksum(file) }, null, 1)}\n`;
}

/** The content of a file; throws BackupError. */
export async function openBackup(text, passphrase) {
  const { checksum: stated, check, data, ...parameters } = parsed(text);
  if (parameters.format !== FORMAT) throw new BackupError("file_unknown", "This file is no backup of a wallet.");
  if (Number.isSafeInteger(parameters.version) && parameters.version > VERSION) {
    throw new BackupError("file_newer", "This backup was made by a newer wallet.");
  }
  if ((await checksum({ ...parameters, check, data })) !== stated) throw broken();
  const { iterations, salt, iv, compression, kdf, cipher } = parameters;
  const isUsable = parameters.version === VERSION && kdf === "PBKDF2-SHA-512" && cipher === "AES-256-GCM" && Number.isSafeInteger(iterations)
    && iterations >= ITERATIONS && iterations <= MOST_ITERATIONS && (compression === "gzip" || compression === "none");
  if (!isUsable) throw broken();
  try {
    const expected = decodeBase32Fixed(check, 16);
    const nonce = decodeBase32Fixed(iv, 12);
    decodeBase32Fixed(salt, 32);
    const secrets = await keysOf(passphrase, parameters);
    if (!equalBytes(secrets.check, expected)) throw new BackupError("passphrase_wrong", "The passphrase is not the one of this backup.");
    const opened = await subtle.decrypt({ name: "AES-GCM", iv: nonce, additionalData: utf8(canonicalJSON(parameters)) }, secrets.key, fromBase64(data));
    const content = new Uint8Array(opened);
    return new TextDecoder("utf-8", { fatal: true }).decode(compression === "gzip" ? await gunzip(content) : content);
  } catch (error) {
    throw error instanceof BackupError ? error : broken(error);
  }
}

/** Throws BackupError `passphrase_short`. */
export function checkLength(passphrase) {
  if (typeof passphrase !== "string" || [...passphrase].length < SHORTEST_PASSPHRASE) {
    throw new BackupError("passphrase_short", `The passphrase needs at least ${SHORTEST_PASSPHRASE} characters.`, { least: String(SHORTEST_PASSPHRASE) });
  }
}

/** Two keyboards may write one letter as different characters: the passphrase is taken in normal form. */
async function keysOf(passphrase, { salt, iterations }) {
  const material = await subtle.importKey("raw", utf8(String(passphrase).normalize("NFKC")), "PBKDF2", false, ["deriveBits"]);
  const algorithm = { name: "PBKDF2", hash: "SHA-512", salt: decodeBase32Fixed(salt, 32), iterations };
  const bytes = new Uint8Array(await subtle.deriveBits(algorithm, material, 384));
  return { key: await subtle.importKey("raw", bytes.slice(0, 32), "AES-GCM", false, ["encrypt", "decrypt"]), check: bytes.slice(32) };
}

async function checksum(file) {
  try {
    return toHex(new Uint8Array(await subtle.digest("SHA-256", utf8(canonicalJSON(file)))));
  } catch (error) {
    throw broken(error);
  }
}

function parsed(text) {
  try {
    const file = JSON.parse(text);
    if (file !== null && typeof file === "object" && !Array.isArray(file)) return file;
  } catch {
    // Neither is a file that was cut off a backup of a wallet.
    if (String(text).includes(FORMAT)) throw broken();
  }
  throw new BackupError("file_unknown", "This file is no backup of a wallet.");
}

function broken(cause) {
  return new BackupError("file_broken", "The backup's file is damaged.", {}, { cause });
}

const CHUNK = 0x8000;

function toBase64(bytes) {
  let binary = "";
  for (let i = 0; i < bytes.length; i += CHUNK) binary += String.fromCharCode(...bytes.subarray(i, i + CHUNK));
  return btoa(binary);
}

function fromBase64(text) {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}
