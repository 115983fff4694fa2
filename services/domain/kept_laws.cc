#include "services/domain/kept_laws.h"

#include <utility>

#include "graph/base/status_macros.h"
#include "services/domain/patterns.h"

namespace attlas::domain {
namespace {

void AddAllLinks(graph::v1::MatchPathsRequest* request) {
  *request->add_patterns() =
      PatternFromType("instrument", {Forward(kHasProvision), Forward(kServes)});
}

}  // namespace

absl::StatusOr<KeptLaws::LawPtr> KeptLaws::At(const services::CallContext& context,
                                              const Scope& scope, std::string_view revision,
                                              KeptReads::Build build) {
  if (Keeps(scope)) {
    ATTLAS_ASSIGN_OR_RETURN(
        const KeptReads::Made kept,
        reads_.At(context, scope, revision,
                  {.build = AddAllLinks,
                   .make = [](std::shared_ptr<const SubgraphIndex> index) -> KeptReads::Made {
                     return std::make_shared<const Law>(std::move(index));
                   }}));
    if (kept != nullptr) return std::static_pointer_cast<const Law>(kept);
  }
  ATTLAS_ASSIGN_OR_RETURN(auto response,
                          graph_->MatchPaths(context, RequestAt(scope, revision, build)));
  return std::make_shared<const Law>(std::make_shared<const SubgraphIndex>(std::move(response)));
}

}  // namespace attlas::domain
