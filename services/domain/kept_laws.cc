#include "services/domain/kept_laws.h"

#include <algorithm>
#include <utility>

#include "graph/base/status_macros.h"
#include "services/common/answer_key.h"
#include "services/domain/patterns.h"

namespace attlas::domain {
namespace {

graph::v1::MatchPathsRequest RequestAt(const Scope& scope, std::string_view revision) {
  graph::v1::MatchPathsRequest request;
  *request.mutable_read() = scope.graph_read;
  request.mutable_read()->set_at_revision(std::string(revision));
  request.set_result(graph::v1::MATCH_RESULT_SUBGRAPH);
  request.set_omit_node_citations(true);
  return request;
}

}  // namespace

absl::StatusOr<KeptLaws::LawPtr> KeptLaws::Read(const services::CallContext& context,
                                                const graph::v1::MatchPathsRequest& request) const {
  ATTLAS_ASSIGN_OR_RETURN(auto response, graph_->MatchPaths(context, request));
  return std::make_shared<const Law>(std::make_shared<const SubgraphIndex>(std::move(response)));
}

absl::StatusOr<KeptLaws::LawPtr> KeptLaws::At(
    const services::CallContext& context, const Scope& scope, std::string_view revision,
    absl::FunctionRef<void(graph::v1::MatchPathsRequest*)> build) {
  graph::v1::MatchPathsRequest all = RequestAt(scope, revision);
  *all.add_patterns() = PatternFromType("instrument", {Forward(kHasProvision), Forward(kServes)});
  if (max_laws_ > 0 && graph_->KnownRevision(all.read()).has_value()) {
    const std::string key = services::AnswerKey({.method = "KeptLaws",
                                                 .revision = revision,
                                                 .today = {},
                                                 .clearance = context.clearance,
                                                 .request = all});
    LawPtr law;
    uint64_t generation = 0;
    {
      const absl::MutexLock lock(&mutex_);
      generation = generation_;
    }
    const Plan plan = Look(key, &law);
    if (plan == Plan::kFound) return law;
    if (plan == Plan::kReadAll) {
      ATTLAS_ASSIGN_OR_RETURN(law, Read(context, all));
      const auto& bounds = law->index().response().reached_bounds();
      const bool late =
          std::find(bounds.begin(), bounds.end(), graph::v1::BOUND_DEADLINE) != bounds.end();
      const bool whole = !law->index().response().truncated();
      if (!late) Keep(key, whole ? law : nullptr, generation);
      if (whole) return law;
    }
  }
  graph::v1::MatchPathsRequest some = RequestAt(scope, revision);
  build(&some);
  return Read(context, some);
}

KeptLaws::Plan KeptLaws::Look(const std::string& key, LawPtr* law) {
  const absl::MutexLock lock(&mutex_);
  const auto found = std::find_if(entries_.begin(), entries_.end(),
                                  [&](const Entry& entry) { return entry.key == key; });
  if (found == entries_.end()) {
    entries_.push_front({.key = key, .law = nullptr});
    if (entries_.size() > max_laws_) entries_.pop_back();
    return Plan::kReadSome;
  }
  entries_.splice(entries_.begin(), entries_, found);
  if (found->too_large) return Plan::kReadSome;
  *law = found->law;
  return *law == nullptr ? Plan::kReadAll : Plan::kFound;
}

void KeptLaws::Keep(const std::string& key, LawPtr law, uint64_t generation) {
  const absl::MutexLock lock(&mutex_);
  if (generation != generation_) return;
  for (Entry& entry : entries_) {
    if (entry.key != key) continue;
    entry.too_large = law == nullptr;
    entry.law = std::move(law);
    return;
  }
}

void KeptLaws::Forget() {
  const absl::MutexLock lock(&mutex_);
  ++generation_;
  entries_.clear();
}

size_t KeptLaws::size() const {
  const absl::MutexLock lock(&mutex_);
  return static_cast<size_t>(std::count_if(
      entries_.begin(), entries_.end(), [](const Entry& entry) { return entry.law != nullptr; }));
}

}  // namespace attlas::domain
