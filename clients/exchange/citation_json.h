// Citations as a JSON array, for formats whose values are single texts.
//
// Threads: a function only; safe from any thread.
#ifndef ATTLAS_CLIENTS_EXCHANGE_CITATION_JSON_H_
#define ATTLAS_CLIENTS_EXCHANGE_CITATION_JSON_H_

#include "clients/exchange/json_value.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "graph/model/statement.h"

namespace attlas::exchange {

// An array of objects with `source`, `locator`, `confidence`, `retrieved` and `note`, without what
// is empty.
JsonValue CitationsAsJson(const google::protobuf::RepeatedPtrField<graph::Citation>& citations);

}  // namespace attlas::exchange

#endif  // ATTLAS_CLIENTS_EXCHANGE_CITATION_JSON_H_
