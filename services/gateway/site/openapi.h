// The RPCs as an OpenAPI 3.1 document.
//
// Threads: functions only; safe from any thread.
#ifndef ATTLAS_SERVICES_GATEWAY_SITE_OPENAPI_H_
#define ATTLAS_SERVICES_GATEWAY_SITE_OPENAPI_H_

#include <string>
#include <vector>

#include "google/protobuf/descriptor.h"
#include "services/gateway/site/api_comments.h"

namespace attlas::gateway {

// JSON. Unary methods take and give `application/json`, and those without side effects GET, too;
// streams are named with their framed type, which OpenAPI has no words for.
std::string OpenApiDocument(const std::vector<const google::protobuf::ServiceDescriptor*>& services,
                            const ApiComments& comments);

}  // namespace attlas::gateway

#endif  // ATTLAS_SERVICES_GATEWAY_SITE_OPENAPI_H_
