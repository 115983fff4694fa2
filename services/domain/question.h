// Asking the graph one question: names from people, one MatchPaths call, suggestions on a miss.
//
// What: resolves the names that a request gives (`states/IDN`, `IDN`, `Indonesia`), builds the
// patterns with them, asks, and turns a miss into NOT_FOUND with the nearest names that the caller
// may see. A resource name is taken as it is; a bare text is first read as an id, then as a display
// name or an alias, whatever its case and punctuation.
// Complexity: one graph call; a code that belongs to an economy or a territory costs one or two
// more, a display name or a miss one or more listings.
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
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "services/common/graph_api.h"
#include "services/domain/scope.h"
#include "services/domain/subgraph_index.h"

namespace attlas::domain {

enum class NameKind {
  kState,
  kInstrument,
  kGrouping,
  kFigure,
  kTheme,
  kBody,
  kConcern,
  kConcernTheme,
  kDataset,
  kAgency,
  kOrganization
};

// A name given in a request, and the resource names that it may stand for: none as long as all that
// is known is a name that people read, such as `South Korea`; Ask looks it up.
struct NameArgument {
  NameKind kind;
  std::string field;
  std::string text;
  std::vector<std::string> candidates;
  size_t chosen = 0;
  bool by_name = false;  // Whether it was looked up as a name that people read.

  // REQUIRES a candidate: after Ask there is one.
  const std::string& name() const { return candidates[chosen]; }
};

// The names chosen so far, in order. REQUIRES a candidate of each.
std::vector<std::string> ChosenNames(std::span<const NameArgument> names);

// Appends a name to `names` and returns its position. INVALID_ARGUMENT, naming `field`, where it is
// empty, a malformed resource name or one of another collection.
absl::StatusOr<size_t> AddName(NameKind kind, std::string_view field, std::string_view text,
                               std::vector<NameArgument>* names);

// Whether the first that each name may stand for is in the index, so that the graph need not be
// asked which is meant.
bool AreFirstNamed(const SubgraphIndex& index, std::span<const NameArgument> names);

// Builds the request with `build` from the names chosen so far, and asks. Every name should stand
// in the start of a pattern: the graph tells a missing name by that alone. NOT_FOUND, with the
// nearest names, for one that is missing; INVALID_ARGUMENT for a text that several nodes are
// called.
absl::StatusOr<std::shared_ptr<const SubgraphIndex>> Ask(
    services::GraphApi* graph, const services::CallContext& context, const Scope& scope,
    std::vector<NameArgument>* names, absl::FunctionRef<void(graph::v1::MatchPathsRequest*)> build);

// The same, where `match` gives what a request matches, as MatchSubgraph does.
using Match = absl::FunctionRef<absl::StatusOr<std::shared_ptr<const SubgraphIndex>>(
    const graph::v1::MatchPathsRequest&)>;
absl::StatusOr<std::shared_ptr<const SubgraphIndex>> AskBy(
    services::GraphApi* graph, const services::CallContext& context, const Scope& scope,
    std::vector<NameArgument>* names, absl::FunctionRef<void(graph::v1::MatchPathsRequest*)> build,
    Match match);

// What the graph matches. Errors: those of MatchPaths.
absl::StatusOr<std::shared_ptr<const SubgraphIndex>> MatchSubgraph(
    services::GraphApi* graph, const services::CallContext& context,
    const graph::v1::MatchPathsRequest& request);

// A NOT_FOUND of the graph in the terms of a request: it blames the field that gave the name. Any
// other status as it is.
absl::Status BlameField(std::string_view field, const absl::Status& status);

// NOT_FOUND for a name, with the nearest names of its kind that the caller may see.
absl::Status UnknownName(services::GraphApi* graph, const services::CallContext& context,
                         const Scope& scope, const NameArgument& name);

// Such as `a state`.
std::string_view KindName(NameKind kind);

}  // namespace attlas::domain

#endif  // ATTLAS_SERVICES_DOMAIN_QUESTION_H_
