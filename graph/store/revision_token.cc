#include "graph/store/revision_token.h"

#include <openssl/sha.h>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "graph/base/error.h"
#include "graph/base/strings.h"
#include "graph/store/record.h"

namespace attlas::graph {

std::string MakeRevisionToken(std::string_view store_id, uint64_t revision) {
  // Most tokens of a thread are those of one revision, over and over.
  thread_local std::string last_named;
  thread_local std::string last_token;
  std::string bytes = std::string(store_id.substr(0, 8)) + RevisionKey(revision);
  if (bytes == last_named) return last_token;
  last_named = bytes;
  unsigned char hash[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), hash);
  bytes.append(reinterpret_cast<const char*>(hash), 4);
  last_token = absl::WebSafeBase64Escape(bytes);
  return last_token;
}

absl::StatusOr<uint64_t> ReadRevisionToken(std::string_view store_id, std::string_view token,
                                           std::string_view field) {
  const auto refuse = [&](const char* reason, const char* what) {
    return MakeError(absl::StatusCode::kInvalidArgument,
                     absl::StrCat("revision '", std::string(token.substr(0, 64)), "' ", what),
                     {.reason = reason,
                      .metadata = {{"revision", std::string(token.substr(0, 64))}},
                      .violations = {{std::string(field), what}}});
  };
  std::string bytes;
  if (token.size() > 64 || !absl::WebSafeBase64Unescape(ToAbsl(token), &bytes) ||
      bytes.size() != 20) {
    return refuse("REVISION_MALFORMED", "cannot be read; use one that an answer gave");
  }
  if (std::string_view(bytes).substr(0, 8) != store_id.substr(0, 8)) {
    return refuse("REVISION_FROM_OTHER_STORE", "comes from another store");
  }
  uint64_t revision = 0;
  for (const char c : bytes.substr(8, 8)) revision = (revision << 8) | static_cast<uint8_t>(c);
  if (MakeRevisionToken(store_id, revision) != token) {
    return refuse("REVISION_MALFORMED", "cannot be read; use one that an answer gave");
  }
  return revision;
}

}  // namespace attlas::graph
