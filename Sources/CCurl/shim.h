// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <curl/curl.h>

// The library's variadic functions with their types, since Swift cannot call variadic functions.

typedef size_t (*merchant_curl_callback) (char *bytes, size_t size, size_t count, void *context);

static inline CURLcode
merchant_curl_set_text (CURL *easy, CURLoption option, const char *value)
{
  return curl_easy_setopt (easy, option, value);
}

static inline CURLcode
merchant_curl_set_long (CURL *easy, CURLoption option, long value)
{
  return curl_easy_setopt (easy, option, value);
}

static inline CURLcode
merchant_curl_set_pointer (CURL *easy, CURLoption option, void *value)
{
  return curl_easy_setopt (easy, option, value);
}

static inline CURLcode
merchant_curl_set_list (CURL *easy, CURLoption option, struct curl_slist *value)
{
  return curl_easy_setopt (easy, option, value);
}

static inline CURLcode
merchant_curl_set_callback (CURL *easy, CURLoption option, merchant_curl_callback value)
{
  return curl_easy_setopt (easy, option, value);
}

static inline CURLcode
merchant_curl_set_before_request (CURL *easy, curl_prereq_callback value)
{
  return curl_easy_setopt (easy, CURLOPT_PREREQFUNCTION, value);
}

// Copies the bytes; the size must be known before the pointer is given.
static inline CURLcode
merchant_curl_set_body (CURL *easy, const void *bytes, size_t count)
{
  CURLcode code = curl_easy_setopt (easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t) count);
  return CURLE_OK != code ? code : curl_easy_setopt (easy, CURLOPT_COPYPOSTFIELDS, bytes);
}

static inline CURLcode
merchant_curl_get_long (CURL *easy, CURLINFO info, long *value)
{
  return curl_easy_getinfo (easy, info, value);
}

static inline CURLMcode
merchant_curl_multi_set_long (CURLM *multi, CURLMoption option, long value)
{
  return curl_multi_setopt (multi, option, value);
}

// The result is in a union; the handle stays valid until it is removed.
static inline CURL *
merchant_curl_next_done (CURLM *multi, CURLcode *result)
{
  int left;
  CURLMsg *message;
  while (NULL != (message = curl_multi_info_read (multi, &left)))
    if (CURLMSG_DONE == message->msg)
    {
      *result = message->data.result;
      return message->easy_handle;
    }
  return NULL;
}
