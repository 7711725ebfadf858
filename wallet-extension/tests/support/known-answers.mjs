// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** The known answers under Tests/TestVectors, in Node and in a page that is served from the repository's root. */

const FOLDER = new URL("../../../Tests/TestVectors/", import.meta.url);

/** The JSON value of a file there. */
export async function read(path) {
  const address = new URL(path, FOLDER);
  if (address.protocol === "file:") {
    const { readFile } = await import("node:fs/promises");
    return JSON.parse(await readFile(address, "utf8"));
  }
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response.json();
}

async function readLibrary(protocol) {
  return { protocol, ...(await read(`Vectors/exchange-library-protocol${protocol}.json`)) };
}

/** The libraries of protocol 14 and of protocol 23, each with its name. */
export const libraries = [await readLibrary(14), await readLibrary(23)];

/** The library of protocol 23. */
export const library = libraries[1];

/** The independent implementation's answers. */
export const independent = await read("Vectors/protocol.json");

/** A recorded call of a real exchange of protocol 23: {request, response} and more; for each call another copy. */
export async function transcript(name) {
  return structuredClone(await load(name));
}

const transcripts = new Map();

function load(name) {
  if (!transcripts.has(name)) transcripts.set(name, read(`Transcripts/protocol23/${name}.json`));
  return transcripts.get(name);
}
