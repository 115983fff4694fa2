#include "services/domain/question.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "graph/base/strings.h"
#include "graph/model/name.h"
#include "graph/ontology/ontology.h"

namespace attlas::domain {
namespace {

using graph::ToAbsl;

// What is fixed about a kind of name.
struct KindFacts {
  std::string_view article_name;
  std::string_view example;
  std::vector<std::string_view> collections;  // The likeliest first.
  std::vector<std::string_view> node_types;
};

const KindFacts& FactsOf(NameKind kind) {
  static const auto* const kFacts = new KindFacts[5]{
      {"a state",
       "`states/IDN` or `IDN`",
       {"states", "economies", "territories"},
       {"state", "economy", "territory"}},
      {"an instrument", "`instruments/att` or `att`", {"instruments"}, {"instrument"}},
      {"a grouping", "`groupings/asean` or `asean`", {"groupings"}, {"grouping"}},
      {"a figure", "`figures/sas-18-of-40`", {"figures"}, {"figure"}},
      {"a theme", "`themes/control-list` or `control-list`", {"themes"}, {"theme"}},
  };
  return kFacts[static_cast<size_t>(kind)];
}

constexpr int kMaxSuggestionPages = 4;
constexpr size_t kMaxSuggestions = 3;

// State codes are capitals, all other ids are small letters, whatever was typed.
std::string IdAsKept(NameKind kind, std::string_view id) {
  return kind == NameKind::kState ? absl::AsciiStrToUpper(ToAbsl(id))
                                  : absl::AsciiStrToLower(ToAbsl(id));
}

// What people may have meant: by id and by every name that people read.
absl::StatusOr<std::map<std::string, const graph::Node*>> KeysOf(
    const std::vector<graph::Node>& nodes) {
  std::map<std::string, const graph::Node*> keys;
  for (const graph::Node& node : nodes) {
    ATTLAS_ASSIGN_OR_RETURN(graph::ResourceName parts, graph::ParseResourceName(node.name()));
    keys.emplace(absl::AsciiStrToLower(ToAbsl(parts.id)), &node);
    if (!node.display_name().empty())
      keys.emplace(absl::AsciiStrToLower(node.display_name()), &node);
    for (const std::string& alias : node.aliases())
      keys.emplace(absl::AsciiStrToLower(alias), &node);
  }
  return keys;
}

absl::StatusOr<std::vector<graph::Node>> ListKind(services::GraphApi* graph,
                                                  const services::CallContext& context,
                                                  const Scope& scope, NameKind kind) {
  std::vector<graph::Node> nodes;
  graph::v1::ListNodesRequest request;
  *request.mutable_read() = scope.graph_read;
  for (std::string_view type : FactsOf(kind).node_types) {
    request.mutable_selector()->add_types(std::string(type));
  }
  request.set_page_size(1000);
  for (int page = 0; page < kMaxSuggestionPages; ++page) {
    ATTLAS_ASSIGN_OR_RETURN(graph::v1::ListNodesResponse response,
                            graph->ListNodes(context, request));
    std::move(response.mutable_nodes()->begin(), response.mutable_nodes()->end(),
              std::back_inserter(nodes));
    if (response.next_page_token().empty()) break;
    request.set_page_token(response.next_page_token());
  }
  return nodes;
}

// The resource that a NOT_FOUND is about, if it says so.
std::optional<std::string> MissingResource(const absl::Status& status) {
  if (status.code() != absl::StatusCode::kNotFound) return std::nullopt;
  const std::optional<graph::ErrorDetail> detail = graph::GetErrorDetail(status);
  if (!detail.has_value()) return std::nullopt;
  for (const auto& [key, value] : detail->metadata) {
    if (key == "resource") return value;
  }
  return std::nullopt;
}

}  // namespace

std::string_view KindName(NameKind kind) { return FactsOf(kind).article_name; }

absl::StatusOr<size_t> AddName(NameKind kind, std::string_view field, std::string_view text,
                               std::vector<NameArgument>* names) {
  const KindFacts& facts = FactsOf(kind);
  if (text.empty()) {
    return graph::InvalidField(field, absl::StrCat("is required: ", ToAbsl(facts.article_name),
                                                   ", such as ", ToAbsl(facts.example)));
  }
  NameArgument argument{
      .kind = kind, .field = std::string(field), .text = std::string(text), .candidates = {}};
  if (text.find('/') == std::string_view::npos) {
    for (std::string_view collection : facts.collections) {
      argument.candidates.push_back(absl::StrCat(ToAbsl(collection), "/", IdAsKept(kind, text)));
    }
  } else {
    argument.candidates.push_back(std::string(text));
  }
  const absl::StatusOr<graph::ResourceName> parts =
      graph::ParseResourceName(argument.candidates.front());
  const auto& collections = facts.collections;
  if (!parts.ok() ||
      std::find(collections.begin(), collections.end(), parts->collection) == collections.end()) {
    return graph::InvalidField(
        field, absl::StrCat("`", ToAbsl(text), "` does not name ", ToAbsl(facts.article_name),
                            "; write ", ToAbsl(facts.example)));
  }
  names->push_back(std::move(argument));
  return names->size() - 1;
}

absl::StatusOr<std::unique_ptr<const SubgraphIndex>> Ask(
    services::GraphApi* graph, const services::CallContext& context, const Scope& scope,
    std::vector<NameArgument>* names,
    absl::FunctionRef<void(graph::v1::MatchPathsRequest*)> build) {
  while (true) {
    graph::v1::MatchPathsRequest request;
    *request.mutable_read() = scope.graph_read;
    request.set_result(graph::v1::MATCH_RESULT_SUBGRAPH);
    request.set_omit_node_citations(true);
    build(&request);
    absl::StatusOr<graph::v1::MatchPathsResponse> response = graph->MatchPaths(context, request);
    if (response.ok()) return std::make_unique<const SubgraphIndex>(*std::move(response));
    const std::optional<std::string> missing = MissingResource(response.status());
    const auto name = std::find_if(names->begin(), names->end(), [&](const NameArgument& argument) {
      return missing.has_value() && argument.name() == *missing;
    });
    if (name == names->end()) return std::move(response).status();
    // A bare code may be that of an economy or a territory; each candidate is tried once.
    if (name->chosen + 1 == name->candidates.size()) {
      return UnknownName(graph, context, scope, *name);
    }
    ++name->chosen;
  }
}

absl::Status UnknownName(services::GraphApi* graph, const services::CallContext& context,
                         const Scope& scope, const NameArgument& name) {
  ATTLAS_ASSIGN_OR_RETURN(const std::vector<graph::Node> nodes,
                          ListKind(graph, context, scope, name.kind));
  ATTLAS_ASSIGN_OR_RETURN(const auto keys, KeysOf(nodes));
  std::vector<std::string> candidates;
  for (const auto& [key, node] : keys) candidates.push_back(key);
  std::sort(candidates.begin(), candidates.end());
  const size_t slash = name.text.find('/');
  const std::string typed = absl::AsciiStrToLower(
      ToAbsl(std::string_view(name.text).substr(slash == std::string::npos ? 0 : slash + 1)));
  std::vector<std::string> suggestions;
  std::vector<std::string> readable;
  for (const std::string& key : graph::NearestNames(typed, candidates, 2 * kMaxSuggestions)) {
    const graph::Node& node = *keys.at(key);
    if (suggestions.size() == kMaxSuggestions ||
        std::find(suggestions.begin(), suggestions.end(), node.name()) != suggestions.end()) {
      continue;
    }
    suggestions.push_back(node.name());
    readable.push_back(absl::StrCat("`", node.name(), "` (", node.display_name(), ")"));
  }
  const std::string& resource = name.candidates.front();
  std::string message = absl::StrCat(name.field, ": there is no `", resource, "`");
  if (!readable.empty()) absl::StrAppend(&message, "; nearest: ", absl::StrJoin(readable, ", "));
  return graph::MakeError(
      absl::StatusCode::kNotFound, message,
      {.reason = "RESOURCE_NOT_FOUND",
       .metadata = {{"resource", resource}, {"suggestions", absl::StrJoin(suggestions, ",")}},
       .violations = {}});
}

}  // namespace attlas::domain
