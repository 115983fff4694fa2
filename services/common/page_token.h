// Page tokens: where a listing goes on, sealed so that nobody reads or alters it.
//
// What: a token holds a hash of the request, the revision of its first page and a position. It is
// encrypted, because a position counts what a caller may not see, and authenticated. It grants
// nothing: the caller's clearance is part of the hash and is applied anew on every page.
// Threads: immutable; safe from any thread.
//
// Example:
//   const uint64_t query = HashQuery(request_without_page_fields, clearance);
//   ATTLAS_ASSIGN_OR_RETURN(PagePosition at, codec.Decode(request.page_token(), query));
//   response.set_next_page_token(codec.Encode(query, {.revision = 7, .position = 50}));
#ifndef ATTLAS_SERVICES_COMMON_PAGE_TOKEN_H_
#define ATTLAS_SERVICES_COMMON_PAGE_TOKEN_H_

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "google/protobuf/message.h"
#include "graph/model/marking.h"

namespace attlas::services {

// Where a listing goes on.
struct PagePosition {
  uint64_t revision = 0;  // The revision of every page of the listing.
  uint64_t position = 0;  // Its meaning is the method's own.

  friend bool operator==(const PagePosition&, const PagePosition&) = default;
};

// A secret of 256 bits.
struct PageTokenKey {
  std::array<uint8_t, 32> bytes{};

  // A new key: tokens sealed with it end with the process.
  static PageTokenKey Random();
  // The key kept in the file at `path`, which is made (readable by its owner alone) where it does
  // not exist, so that tokens outlive a restart. FAILED_PRECONDITION where it cannot be.
  static absl::StatusOr<PageTokenKey> LoadOrCreate(const std::string& path);
};

class PageTokenCodec {
 public:
  explicit PageTokenCodec(const PageTokenKey& key);

  // The token for `position` of the query `query_hash`: URL-safe, 71 characters.
  std::string Encode(uint64_t query_hash, const PagePosition& position) const;

  // INVALID_ARGUMENT: PAGE_TOKEN_MALFORMED (not one of ours, altered, of another store) or
  // PAGE_TOKEN_MISMATCH (of another request or another caller).
  // `field` is the one that the token came in.
  absl::StatusOr<PagePosition> Decode(std::string_view token, uint64_t query_hash,
                                      std::string_view field = "page_token") const;

 private:
  std::array<uint8_t, 32> seal_key_;
  std::array<uint8_t, 32> nonce_key_;
};

// The hash of a request and of what its caller may see. Clear `page_size` and `page_token` first.
// `salt` tells apart methods with one request type.
uint64_t HashQuery(const google::protobuf::Message& request, const graph::Clearance& clearance,
                   std::string_view salt = {});

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_COMMON_PAGE_TOKEN_H_
