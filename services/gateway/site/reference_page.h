// The RPCs as a page to read: HTML without scripts, and its style.
//
// Threads: functions only; safe from any thread.
#ifndef ATTLAS_SERVICES_GATEWAY_SITE_REFERENCE_PAGE_H_
#define ATTLAS_SERVICES_GATEWAY_SITE_REFERENCE_PAGE_H_

#include <string>
#include <string_view>
#include <vector>

#include "google/protobuf/descriptor.h"
#include "services/gateway/site/api_comments.h"

namespace attlas::gateway {

// Where the style is served.
inline constexpr char kReferenceStylePath[] = "/reference.css";

std::string ReferencePage(const std::vector<const google::protobuf::ServiceDescriptor*>& services,
                          const ApiComments& comments);
std::string_view ReferenceStyle();

// What is at `/` where no page is built.
std::string WelcomePage();

// Text as it stands between tags, and in attributes.
std::string EscapeHtml(std::string_view text);

}  // namespace attlas::gateway

#endif  // ATTLAS_SERVICES_GATEWAY_SITE_REFERENCE_PAGE_H_
