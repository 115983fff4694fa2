// Pages of the list that a domain answer is about.
//
// What: a page token of a question remembers the revision and the date of the first page, so that
// every page is a part of one and the same answer. It is sealed like those of listings
// (page_token.h), with the revision beside it, which is no secret.
// Threads: functions and plain values.
//
// Example:
//   ATTLAS_ASSIGN_OR_RETURN(const AnswerPage page,
//                           StartAnswerPage(page_tokens_, context, request, kPageSizes, &scope));
//   for (size_t i = page.offset; i < page.EndOf(all.size()); ++i) ...
//   response.set_next_page_token(
//       NextAnswerPage(page_tokens_, page, scope, response.revision(), all.size()));
#ifndef ATTLAS_SERVICES_DOMAIN_ANSWER_PAGE_H_
#define ATTLAS_SERVICES_DOMAIN_ANSWER_PAGE_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/common/graph_api.h"
#include "services/common/page_token.h"
#include "services/domain/scope.h"

namespace attlas::domain {

struct PageSizes {
  int32_t by_default;
  int32_t at_most;  // More is read as this.
};

// A page of a list: what stands from `offset` on, up to `size` of it.
struct AnswerPage {
  uint64_t query_hash = 0;  // Of what every page of the list has in common.
  size_t offset = 0;
  size_t size = 0;

  // The position after the last on this page.
  size_t EndOf(size_t count) const { return std::min(count, offset + size); }
};

// Checks the page fields of a request. On a later page puts the revision and the date of the first
// into `scope`. `query` is the request without its page fields.
absl::StatusOr<AnswerPage> StartAnswerPage(const services::PageTokenCodec& codec,
                                           const services::CallContext& context,
                                           const google::protobuf::Message& query,
                                           int32_t page_size, std::string_view page_token,
                                           const PageSizes& sizes, Scope* scope);

// The same of a request with `page_size` and `page_token`. INVALID_ARGUMENT for a negative size and
// for a token that is not of this question (PAGE_TOKEN_MALFORMED, PAGE_TOKEN_MISMATCH).
template <typename Request>
absl::StatusOr<AnswerPage> StartAnswerPage(const services::PageTokenCodec& codec,
                                           const services::CallContext& context,
                                           const Request& request, const PageSizes& sizes,
                                           Scope* scope) {
  Request query = request;
  query.clear_page_size();
  query.clear_page_token();
  return StartAnswerPage(codec, context, query, request.page_size(), request.page_token(), sizes,
                         scope);
}

// The token of the page after this one; empty where this is the last of `count`.
std::string NextAnswerPage(const services::PageTokenCodec& codec, const AnswerPage& page,
                           const Scope& scope, std::string_view revision, size_t count);

}  // namespace attlas::domain

#endif  // ATTLAS_SERVICES_DOMAIN_ANSWER_PAGE_H_
