// Asking the graph one question: names from people, one MatchPaths call, suggestions on a miss.
//
// What: resolves the names that a request gives (`states/IDN`, `IDN`), builds the patterns with
// them, asks, and turns a miss into NOT_FOUND with the nearest names that the caller may see.
// Complexity: one graph call; a code that belongs to an economy or a territory costs one or two
// more, a miss one or more listings.
// Threads: functions; plain values.
//
// Example:
//   std::vector<NameArgument> names;
//   ATTLAS_ASSIGN_OR_RETURN(size_t state, AddName(NameKind::kState, "state", text, &names));
//   ATTLAS_ASSIGN_OR_RETURN(auto index, Ask(graph, context, scope, &names, [&](auto* request) {
//     *request->add_patterns() = PatternFrom(names[state].name(), {});
//   }));
#ifndef ATTLAS_SERVICES_DOMAIN_QUESTION_H_
#define ATTLAS_SERVICES_DOMAIN_QUESTION_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "services/common/graph_api.h"
#include "services/domain/scope.h"
#include "services/domain/subgraph_index.h"

namespace attlas::domain {

enum class NameKind { kState, kInstrument, kGrouping, kFigure, kTheme };

// A name given in a request, and the resource names that it may stand for.
struct NameArgument {
  NameKind kind;
  std::string field;
  std::string text;
  std::vector<std::string> candidates;
  size_t chosen = 0;

  const std::string& name() const { return candidates[chosen]; }
};

// Appends a name to `names` and returns its position. INVALID_ARGUMENT, naming `field`, where it is
// empty, malformed or of another collection.
absl::StatusOr<size_t> AddName(NameKind kind, std::string_view field, std::string_view text,
                               std::vector<NameArgument>* names);

// Builds the request with `build` from the names chosen so far, and asks. Every name should stand
// in the start of a pattern: the graph tells a missing name by that alone.
absl::StatusOr<std::unique_ptr<const SubgraphIndex>> Ask(
    services::GraphApi* graph, const services::CallContext& context, const Scope& scope,
    std::vector<NameArgument>* names, absl::FunctionRef<void(graph::v1::MatchPathsRequest*)> build);

// NOT_FOUND for a name, with the nearest names of its kind that the caller may see.
absl::Status UnknownName(services::GraphApi* graph, const services::CallContext& context,
                         const Scope& scope, const NameArgument& name);

// Such as `a state`.
std::string_view KindName(NameKind kind);

}  // namespace attlas::domain

#endif  // ATTLAS_SERVICES_DOMAIN_QUESTION_H_
