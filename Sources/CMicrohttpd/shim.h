// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <microhttpd.h>
#include <netdb.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

// The library's variadic functions with their types, since Swift cannot call variadic functions.

typedef void *(*merchant_mhd_uri_callback) (void *context, const char *uri, struct MHD_Connection *connection);

struct merchant_mhd_options
{
  int listen_socket;
  unsigned int threads;
  size_t connection_memory;
  unsigned int connections;
  unsigned int connections_per_address;
  unsigned int idle_seconds;
  MHD_LogCallback log;
  merchant_mhd_uri_callback uri;
  MHD_AccessHandlerCallback access;
  MHD_RequestCompletedCallback completed;
  MHD_NotifyConnectionCallback connection;
};

// Leaves paths and queries as they came: what is decoded before it is split cannot be split any more.
static inline size_t
merchant_mhd_keep_escapes (void *context, struct MHD_Connection *connection, char *text)
{
  (void) context;
  (void) connection;
  return strlen (text);
}

// EXTERNAL_LOGGER comes first, as the library asks. A pool of 1 is not allowed: 0 means one thread.
static inline struct MHD_Daemon *
merchant_mhd_start (const struct merchant_mhd_options *options, void *context)
{
  return MHD_start_daemon (
    MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG, 0, NULL, NULL,
    options->access, context,
    MHD_OPTION_EXTERNAL_LOGGER, options->log, context,
    MHD_OPTION_LISTEN_SOCKET, options->listen_socket,
    MHD_OPTION_THREAD_POOL_SIZE, options->threads > 1 ? options->threads : 0,
    MHD_OPTION_CONNECTION_MEMORY_LIMIT, options->connection_memory,
    MHD_OPTION_CONNECTION_LIMIT, options->connections,
    MHD_OPTION_PER_IP_CONNECTION_LIMIT, options->connections_per_address,
    MHD_OPTION_CONNECTION_TIMEOUT, options->idle_seconds,
    MHD_OPTION_STRICT_FOR_CLIENT, 1,
    MHD_OPTION_UNESCAPE_CALLBACK, &merchant_mhd_keep_escapes, NULL,
    MHD_OPTION_URI_LOG_CALLBACK, options->uri, context,
    MHD_OPTION_NOTIFY_COMPLETED, options->completed, context,
    MHD_OPTION_NOTIFY_CONNECTION, options->connection, context,
    MHD_OPTION_END);
}

static inline int
merchant_mhd_socket (struct MHD_Connection *connection)
{
  const union MHD_ConnectionInfo *info = MHD_get_connection_info (connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  return NULL == info ? -1 : info->connect_fd;
}

// Writes the numeric address of the connection's other end and a NUL. 0 when it has one.
static inline int
merchant_mhd_peer (struct MHD_Connection *connection, char *text, size_t size)
{
  const union MHD_ConnectionInfo *info = MHD_get_connection_info (connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
  socklen_t length;
  if (NULL == info || NULL == info->client_addr)
    return -1;
  switch (info->client_addr->sa_family)
  {
  case AF_INET: length = sizeof (struct sockaddr_in); break;
  case AF_INET6: length = sizeof (struct sockaddr_in6); break;
  default: return -1;
  }
  return getnameinfo (info->client_addr, length, text, (socklen_t) size, NULL, 0, NI_NUMERICHOST);
}

// Ends a target after its question mark. The library would enter each pair of the query into a table within the connection's memory,
// and wait for ever when it is full; nobody asks for that table. To be called with the target of the URI callback, which lies in the
// connection's own buffer.
static inline void
merchant_mhd_drop_query (const char *target)
{
  char *mark = strchr ((char *) target, '?');
  if (NULL != mark)
    mark[1] = '\0';
}

// The pointer stored by the connection callback.
static inline void *
merchant_mhd_socket_context (struct MHD_Connection *connection)
{
  const union MHD_ConnectionInfo *info = MHD_get_connection_info (connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
  return NULL == info ? NULL : info->socket_context;
}
