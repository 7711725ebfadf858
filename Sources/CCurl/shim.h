// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>

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

static inline CURLcode
merchant_curl_set_open_socket (CURL *easy, curl_opensocket_callback value)
{
  return curl_easy_setopt (easy, CURLOPT_OPENSOCKETFUNCTION, value);
}

// The socket that the library would have made by itself.
static inline curl_socket_t
merchant_curl_open_socket (const struct curl_sockaddr *address)
{
  return socket (address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

// 4 or 16 bytes of the address, in network order; 0 when it is of another kind. The library keeps more room behind `addr` than its type
// says, `addrlen` bytes.
static inline int
merchant_curl_address (const struct curl_sockaddr *address, uint8_t *bytes)
{
  if ( (AF_INET == address->family) &&
       (sizeof (struct sockaddr_in) <= address->addrlen) )
  {
    struct sockaddr_in v4;
    memcpy (&v4, &address->addr, sizeof v4);
    memcpy (bytes, &v4.sin_addr, 4);
    return 4;
  }
  if ( (AF_INET6 == address->family) &&
       (sizeof (struct sockaddr_in6) <= address->addrlen) )
  {
    struct sockaddr_in6 v6;
    memcpy (&v6, (const void *) ((const char *) address + offsetof (struct curl_sockaddr, addr)), sizeof v6);
    memcpy (bytes, &v6.sin6_addr, 16);
    return 16;
  }
  return 0;
}

static inline int
merchant_curl_parse_address (const char *text, uint8_t *bytes)
{
  if (1 == inet_pton (AF_INET, text, bytes))
    return 4;
  if (1 == inet_pton (AF_INET6, text, bytes))
    return 16;
  return 0;
}
