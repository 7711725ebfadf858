// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <zlib.h>

// inflateInit2 is a macro, which Swift does not see.
static inline int
merchant_inflate_init (z_stream *stream, int window_bits)
{
  return inflateInit2 (stream, window_bits);
}
