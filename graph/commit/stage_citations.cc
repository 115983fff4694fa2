// Citations that a writer does not see outlast what the writer says.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "graph/base/status_macros.h"
#include "graph/commit/stage.h"

namespace attlas::graph {
namespace {

using Citations = google::protobuf::RepeatedPtrField<Citation>;

// What is said now, with each of `hidden` where it stood among what was said before: who changes
// nothing of what they see leaves everything as it was.
Citations Merge(const Citations& before, const std::vector<bool>& hidden, Citations now) {
  Citations merged;
  int taken = 0;
  for (int i = 0; i < before.size(); ++i) {
    if (!hidden[static_cast<size_t>(i)]) continue;
    while (merged.size() < i && taken < now.size()) *merged.Add() = std::move(now[taken++]);
    *merged.Add() = before[i];
  }
  while (taken < now.size()) *merged.Add() = std::move(now[taken++]);
  return merged;
}

}  // namespace

template <typename Entity>
absl::Status Stage::KeepHiddenCitationsOf(PreparedMutation& mutation, const Touched& touched) {
  Entity before;
  if (!before.ParseFromString(touched.body)) {
    return absl::DataLossError(absl::StrCat("the record of ", mutation.name, " cannot be read"));
  }
  const std::vector<std::string>& said = mutation.sources;
  std::vector<bool> hidden;
  for (const Citation& citation : before.citations()) {
    bool is_hidden = std::find(said.begin(), said.end(), citation.source()) == said.end();
    if (is_hidden) {
      ATTLAS_ASSIGN_OR_RETURN(const auto seen, FindVisibleNode(citation.source(), std::nullopt));
      is_hidden = !seen.has_value();
    }
    hidden.push_back(is_hidden);
  }
  if (std::find(hidden.begin(), hidden.end(), true) == hidden.end()) return absl::OkStatus();
  Entity now;
  if (!now.ParseFromString(mutation.body)) {
    return absl::InternalError(absl::StrCat("what was said of ", mutation.name, " is lost"));
  }
  *now.mutable_citations() = Merge(before.citations(), hidden, std::move(*now.mutable_citations()));
  mutation.hot.confidence = static_cast<uint8_t>(BestConfidence(now.citations()));
  mutation.body = SerializeDeterministic(now);
  return absl::OkStatus();
}

absl::Status Stage::KeepHiddenCitations(PreparedMutation& mutation, const Touched& touched) {
  if (sees_everything_ || !touched.exists) return absl::OkStatus();
  return mutation.kind == EntityKind::kNode ? KeepHiddenCitationsOf<Node>(mutation, touched)
                                            : KeepHiddenCitationsOf<Edge>(mutation, touched);
}

}  // namespace attlas::graph
