#include "services/domain/answer_page.h"

#include "absl/strings/str_cat.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "graph/base/strings.h"
#include "graph/model/date.h"

namespace attlas::domain {
namespace {

using services::PagePosition;

// Between the sealed part of a token and the revision.
constexpr char kSeparator = '.';

// Binds a token to its revision, which stands outside the seal.
uint64_t HashRevision(std::string_view revision) {
  graph::v1::ReadOptions read;
  read.set_at_revision(std::string(revision));
  return services::HashQuery(read, {});
}

// The date and the offset, in one number.
uint64_t PositionOf(graph::DayNumber day, size_t offset) {
  return uint64_t{static_cast<uint32_t>(day)} << 32 | static_cast<uint32_t>(offset);
}
graph::DayNumber DayOf(uint64_t position) {
  return static_cast<graph::DayNumber>(static_cast<uint32_t>(position >> 32));
}
size_t OffsetOf(uint64_t position) { return static_cast<uint32_t>(position); }

}  // namespace

absl::StatusOr<AnswerPage> StartAnswerPage(const services::PageTokenCodec& codec,
                                           const services::CallContext& context,
                                           const google::protobuf::Message& query,
                                           int32_t page_size, std::string_view page_token,
                                           const PageSizes& sizes, Scope* scope) {
  if (page_size < 0) {
    return graph::InvalidField(
        "page_size", absl::StrCat("must not be below 0; 0 is read as ", sizes.by_default));
  }
  AnswerPage page{.query_hash = services::HashQuery(query, context.clearance)};
  page.size =
      static_cast<size_t>(std::min(page_size == 0 ? sizes.by_default : page_size, sizes.at_most));
  if (page_token.empty()) return page;
  const size_t separator = page_token.find(kSeparator);
  const std::string_view revision =
      separator == std::string_view::npos ? "" : page_token.substr(separator + 1);
  ATTLAS_ASSIGN_OR_RETURN(const PagePosition at,
                          codec.Decode(page_token.substr(0, separator), page.query_hash));
  // A token whose revision was altered is none of ours, like an empty one.
  if (at.revision != HashRevision(revision)) return codec.Decode("", page.query_hash).status();
  page.offset = OffsetOf(at.position);
  scope->graph_read.set_at_revision(std::string(revision));
  if (scope->as_of_defaulted) {
    scope->as_of = graph::DateOfDay(DayOf(at.position));
    scope->reading.day = DayOf(at.position);
  }
  return page;
}

std::string NextAnswerPage(const services::PageTokenCodec& codec, const AnswerPage& page,
                           const Scope& scope, std::string_view revision, size_t count) {
  const size_t end = page.EndOf(count);
  if (end >= count) return "";
  const std::string sealed = codec.Encode(
      page.query_hash,
      {.revision = HashRevision(revision), .position = PositionOf(scope.reading.day, end)});
  return absl::StrCat(sealed, std::string(1, kSeparator), graph::ToAbsl(revision));
}

}  // namespace attlas::domain
