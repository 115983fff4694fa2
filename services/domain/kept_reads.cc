#include "services/domain/kept_reads.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "graph/base/status_macros.h"
#include "services/common/answer_key.h"

namespace attlas::domain {
namespace {

graph::v1::ReadOptions ReadAt(const Scope& scope, std::string_view revision) {
  graph::v1::ReadOptions read = scope.graph_read;
  read.set_at_revision(std::string(revision));
  return read;
}

}  // namespace

graph::v1::MatchPathsRequest RequestAt(
    const Scope& scope, std::string_view revision,
    absl::FunctionRef<void(graph::v1::MatchPathsRequest*)> build) {
  graph::v1::MatchPathsRequest request;
  *request.mutable_read() = ReadAt(scope, revision);
  request.set_result(graph::v1::MATCH_RESULT_SUBGRAPH);
  request.set_omit_node_citations(true);
  build(&request);
  return request;
}

absl::StatusOr<KeptReads::Made> KeptReads::At(const services::CallContext& context,
                                              const Scope& scope, std::string_view revision,
                                              const Read& read) {
  const std::string key = services::AnswerKey({.method = read.about,
                                               .revision = revision,
                                               .today = {},
                                               .clearance = context.clearance,
                                               .request = ReadAt(scope, revision)});
  Made made;
  uint64_t generation = 0;
  const Plan plan = Look(key, &made, &generation);
  if (plan != Plan::kRead) return made;
  ATTLAS_ASSIGN_OR_RETURN(auto response,
                          graph_->MatchPaths(context, RequestAt(scope, revision, read.build)));
  const auto index = std::make_shared<const SubgraphIndex>(std::move(response));
  const auto& bounds = index->response().reached_bounds();
  const bool late =
      std::find(bounds.begin(), bounds.end(), graph::v1::BOUND_DEADLINE) != bounds.end();
  if (!index->response().truncated()) made = read.make(index);
  if (!late) Keep(key, made, generation);
  return made;
}

absl::StatusOr<KeptReads::Made> KeptReads::At(const services::CallContext& context,
                                              const Scope& scope, const Read& read) {
  const std::optional<std::string> revision = KnownRevision(scope);
  if (!revision.has_value()) return Made();
  auto made = At(context, scope, *revision, read);
  if (absl::IsInvalidArgument(made.status()) || absl::IsNotFound(made.status())) return Made();
  return made;
}

KeptReads::Plan KeptReads::Look(const std::string& key, Made* made, uint64_t* generation) {
  const absl::MutexLock lock(&mutex_);
  *generation = generation_;
  const auto found = std::find_if(entries_.begin(), entries_.end(),
                                  [&](const Entry& entry) { return entry.key == key; });
  if (found == entries_.end()) {
    entries_.push_front({.key = key, .made = nullptr});
    if (entries_.size() > max_kept_) entries_.pop_back();
    return asks_before_ > 0 ? Plan::kLeave : Plan::kRead;
  }
  entries_.splice(entries_.begin(), entries_, found);
  if (found->made != nullptr) {
    *made = found->made;
    return Plan::kFound;
  }
  return found->too_large || found->asks++ < asks_before_ ? Plan::kLeave : Plan::kRead;
}

void KeptReads::Keep(const std::string& key, Made made, uint64_t generation) {
  const absl::MutexLock lock(&mutex_);
  if (generation != generation_) return;
  for (Entry& entry : entries_) {
    if (entry.key != key) continue;
    entry.too_large = made == nullptr;
    entry.made = std::move(made);
    return;
  }
}

void KeptReads::Forget() {
  const absl::MutexLock lock(&mutex_);
  ++generation_;
  entries_.clear();
}

size_t KeptReads::size() const {
  const absl::MutexLock lock(&mutex_);
  return static_cast<size_t>(std::count_if(
      entries_.begin(), entries_.end(), [](const Entry& entry) { return entry.made != nullptr; }));
}

}  // namespace attlas::domain
