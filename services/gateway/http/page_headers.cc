#include "services/gateway/http/page_headers.h"

namespace attlas::gateway {
namespace {

// Pictures may be made in the page itself: exports are drawn from `data:` and `blob:`.
constexpr char kContentSecurityPolicy[] =
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
    "img-src 'self' data: blob:; connect-src 'self'; manifest-src 'self'; worker-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

}  // namespace

void AddSafetyHeaders(Headers* headers) {
  headers->Set("x-content-type-options", "nosniff");
  headers->Set("referrer-policy", "no-referrer");
  headers->Set("cross-origin-resource-policy", "same-origin");
}

void AddDocumentHeaders(Headers* headers) {
  headers->Set("content-security-policy", kContentSecurityPolicy);
  headers->Set("cross-origin-opener-policy", "same-origin");
  headers->Set("x-frame-options", "DENY");
}

}  // namespace attlas::gateway
