// The header fields that keep browsers from doing what nobody asked for.
//
// Threads: functions only; safe from any thread.
#ifndef ATTLAS_SERVICES_GATEWAY_HTTP_PAGE_HEADERS_H_
#define ATTLAS_SERVICES_GATEWAY_HTTP_PAGE_HEADERS_H_

#include "services/gateway/http/http_message.h"

namespace attlas::gateway {

// What every response has: no guessing of types, no use by other origins, no referrer.
void AddSafetyHeaders(Headers* headers);

// What a document has beside: everything comes from this origin, and no other frames it.
void AddDocumentHeaders(Headers* headers);

}  // namespace attlas::gateway

#endif  // ATTLAS_SERVICES_GATEWAY_HTTP_PAGE_HEADERS_H_
