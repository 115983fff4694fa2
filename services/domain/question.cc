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
  static const auto* const kFacts = new KindFacts[]{
      {"a state",
       "`states/IDN` or `IDN`",
       {"states", "economies", "territories"},
       {"state", "economy", "territory"}},
      {"an instrument", "`instruments/att` or `att`", {"instruments"}, {"instrument"}},
      {"a grouping", "`groupings/asean` or `asean`", {"groupings"}, {"grouping"}},
      {"a figure", "`figures/sas-18-of-40`", {"figures"}, {"figure"}},
      {"a theme", "`themes/control-list` or `control-list`", {"themes"}, {"theme"}},
      {"an organization or a grouping",
       "`organizations/pif`, `groupings/asean` or `pif`",
       {"organizations", "groupings"},
       {"organization", "grouping"}},
      {"a concern", "`challenges/ch-ind-contracts`", {"challenges"}, {"challenge"}},
      {"a theme of concern",
       "`concern-themes/legislation` or `legislation`",
       {"concern-themes"},
       {"concern_theme"}},
      {"a dataset",
       "`datasets/sipri-transfers-2020-2024` or `sipri-transfers-2020-2024`",
       {"datasets"},
       {"dataset"}},
      {"an agency", "`agencies/phl-stmo` or `phl-stmo`", {"agencies"}, {"agency"}},
      {"an organization",
       "`organizations/unrcpd` or `unrcpd`",
       {"organizations"},
       {"organization"}},
  };
  return kFacts[static_cast<size_t>(kind)];
}

constexpr int kMaxSuggestionPages = 4;
constexpr size_t kMaxSuggestions = 3;
constexpr size_t kMaxReadableBytes = 200;

// State codes are capitals, all other ids are small letters, whatever was typed.
std::string IdAsKept(NameKind kind, std::string_view id) {
  return kind == NameKind::kState ? absl::AsciiStrToUpper(ToAbsl(id))
                                  : absl::AsciiStrToLower(ToAbsl(id));
}

// A name as it is compared: small letters, and one space for whatever stands between words.
std::string Comparable(std::string_view text) {
  std::string result;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (absl::ascii_isalnum(byte) || byte >= 0x80) {
      result.push_back(absl::ascii_tolower(byte));
    } else if (!result.empty() && result.back() != ' ') {
      result.push_back(' ');
    }
  }
  if (result.ends_with(' ')) result.pop_back();
  return result;
}

// Whether a text may be a name that people read: short, with letters, without control characters.
bool IsReadable(std::string_view text) {
  return text.size() <= kMaxReadableBytes && !Comparable(text).empty() &&
         std::none_of(text.begin(), text.end(),
                      [](unsigned char c) { return absl::ascii_iscntrl(c); });
}

// The nodes of a kind that the caller may see, by id and by every name that people read.
struct KnownNames {
  std::vector<services::SharedResponse<graph::v1::ListNodesResponse>> pages;
  std::vector<const graph::Node*> nodes;  // Of all pages.
  std::map<std::string, std::vector<const graph::Node*>> by_key;

  void Add(std::string_view text, const graph::Node& node) {
    std::string key = Comparable(text);
    if (key.empty()) return;
    std::vector<const graph::Node*>& named = by_key[std::move(key)];
    if (named.empty() || named.back() != &node) named.push_back(&node);
  }
};

absl::Status ListKind(services::GraphApi* graph, const services::CallContext& context,
                      const Scope& scope, NameKind kind, KnownNames* known) {
  graph::v1::ListNodesRequest request;
  *request.mutable_read() = scope.graph_read;
  for (std::string_view type : FactsOf(kind).node_types) {
    request.mutable_selector()->add_types(std::string(type));
  }
  request.set_page_size(1000);
  for (int page = 0; page < kMaxSuggestionPages; ++page) {
    ATTLAS_ASSIGN_OR_RETURN(auto listed, graph->ListNodes(context, request));
    for (const graph::Node& node : listed->nodes()) known->nodes.push_back(&node);
    request.set_page_token(listed->next_page_token());
    known->pages.push_back(std::move(listed));
    if (request.page_token().empty()) break;
  }
  return absl::OkStatus();
}

absl::StatusOr<KnownNames> NamesOfKind(services::GraphApi* graph,
                                       const services::CallContext& context, const Scope& scope,
                                       NameKind kind) {
  KnownNames known;
  ATTLAS_RETURN_IF_ERROR(ListKind(graph, context, scope, kind, &known));
  for (const graph::Node* node : known.nodes) {
    ATTLAS_ASSIGN_OR_RETURN(const graph::ResourceName parts,
                            graph::ParseResourceName(node->name()));
    known.Add(parts.id, *node);
    known.Add(node->display_name(), *node);
    for (const std::string& alias : node->aliases()) known.Add(alias, *node);
  }
  return known;
}

// The names nearest to what was typed, each node once.
std::vector<const graph::Node*> Nearest(const KnownNames& known, std::string_view text) {
  const size_t slash = text.find('/');
  const std::string typed =
      Comparable(text.substr(slash == std::string_view::npos ? 0 : slash + 1));
  std::vector<std::string> keys;
  for (const auto& [key, nodes] : known.by_key) keys.push_back(key);
  std::vector<const graph::Node*> nearest;
  for (const std::string& key : graph::NearestNames(typed, keys, 2 * kMaxSuggestions)) {
    for (const graph::Node* node : known.by_key.at(key)) {
      const bool listed = std::find(nearest.begin(), nearest.end(), node) != nearest.end();
      if (!listed && nearest.size() < kMaxSuggestions) nearest.push_back(node);
    }
  }
  return nearest;
}

// An error about a name, which lists the nodes that may be meant.
absl::Status NameError(absl::StatusCode code, std::string_view reason, const NameArgument& name,
                       std::string description, const std::vector<const graph::Node*>& meant) {
  std::vector<std::string> suggestions;
  std::vector<std::string> readable;
  for (const graph::Node* node : meant) {
    suggestions.push_back(node->name());
    readable.push_back(absl::StrCat("`", node->name(), "` (", node->display_name(), ")"));
  }
  if (!readable.empty()) absl::StrAppend(&description, absl::StrJoin(readable, ", "));
  const std::string& resource = name.candidates.empty() ? name.text : name.candidates.front();
  return graph::MakeError(
      code, absl::StrCat(name.field, ": ", description),
      {.reason = std::string(reason),
       .metadata = {{"resource", resource}, {"suggestions", absl::StrJoin(suggestions, ",")}},
       .violations = {{name.field, description}}});
}

// How many there are and some of them, for a name that is near to none.
std::string SomeOf(const std::vector<const graph::Node*>& nodes) {
  constexpr size_t kSome = 3;
  if (nodes.empty()) return "";
  std::vector<std::string> some;
  for (size_t i = 0; i < std::min(kSome, nodes.size()); ++i) {
    some.push_back(absl::StrCat("`", nodes[i]->name(), "`"));
  }
  return absl::StrCat("; there are ", nodes.size(), ", such as ", absl::StrJoin(some, ", "));
}

absl::Status UnknownAmong(const KnownNames& known, const NameArgument& name) {
  const std::vector<const graph::Node*> nearest = Nearest(known, name.text);
  const std::string what =
      name.candidates.empty()
          ? absl::StrCat("there is no ", ToAbsl(FactsOf(name.kind).node_types.front()), " `",
                         name.text, "`")
          : absl::StrCat("there is no `", name.candidates.front(), "`");
  return NameError(absl::StatusCode::kNotFound, "RESOURCE_NOT_FOUND", name,
                   absl::StrCat(what, nearest.empty() ? SomeOf(known.nodes) : "; nearest: "),
                   nearest);
}

// Takes the one node that people call by this text. NOT_FOUND where there is none,
// INVALID_ARGUMENT where there are several.
absl::Status ChooseByName(services::GraphApi* graph, const services::CallContext& context,
                          const Scope& scope, NameArgument* name) {
  ATTLAS_ASSIGN_OR_RETURN(const KnownNames known, NamesOfKind(graph, context, scope, name->kind));
  const auto found = known.by_key.find(Comparable(name->text));
  if (found == known.by_key.end()) return UnknownAmong(known, *name);
  if (found->second.size() > 1) {
    return NameError(absl::StatusCode::kInvalidArgument, "INVALID_FIELD", *name,
                     absl::StrCat("`", name->text, "` is the name of several; write one of "),
                     found->second);
  }
  name->candidates.push_back(found->second.front()->name());
  name->chosen = name->candidates.size() - 1;
  return absl::OkStatus();
}

// The resource that a NOT_FOUND is about, if it says so.
std::optional<std::string> MissingResource(const absl::Status& status) {
  if (status.code() != absl::StatusCode::kNotFound) return std::nullopt;
  const std::optional<graph::ErrorDetail> detail = graph::GetErrorDetail(status);
  const std::string* const resource = detail.has_value() ? detail->Find("resource") : nullptr;
  return resource == nullptr ? std::nullopt : std::optional(*resource);
}

}  // namespace

std::string_view KindName(NameKind kind) { return FactsOf(kind).article_name; }

std::vector<std::string> ChosenNames(std::span<const NameArgument> names) {
  std::vector<std::string> chosen;
  chosen.reserve(names.size());
  for (const NameArgument& name : names) chosen.push_back(name.name());
  return chosen;
}

bool AreFirstNamed(const SubgraphIndex& index, std::span<const NameArgument> names) {
  return std::all_of(names.begin(), names.end(), [&](const NameArgument& name) {
    return !name.candidates.empty() && index.FindNode(name.candidates.front()) != nullptr;
  });
}

absl::StatusOr<size_t> AddName(NameKind kind, std::string_view field, std::string_view text,
                               std::vector<NameArgument>* names) {
  const KindFacts& facts = FactsOf(kind);
  if (text.empty()) {
    return graph::InvalidField(field, absl::StrCat("is required: ", ToAbsl(facts.article_name),
                                                   ", such as ", ToAbsl(facts.example)));
  }
  NameArgument argument{
      .kind = kind, .field = std::string(field), .text = std::string(text), .candidates = {}};
  bool readable = true;
  if (text.find('/') == std::string_view::npos) {
    for (std::string_view collection : facts.collections) {
      std::string candidate = absl::StrCat(ToAbsl(collection), "/", IdAsKept(kind, text));
      if (graph::ParseResourceName(candidate).ok()) {
        argument.candidates.push_back(std::move(candidate));
      }
    }
    // What is no id may be a name that people read.
    readable = !argument.candidates.empty() || IsReadable(text);
  } else {
    argument.candidates.push_back(std::string(text));
    const absl::StatusOr<graph::ResourceName> parts = graph::ParseResourceName(text);
    const auto& collections = facts.collections;
    readable = parts.ok() && std::find(collections.begin(), collections.end(), parts->collection) !=
                                 collections.end();
  }
  if (!readable) {
    return graph::InvalidField(
        field, absl::StrCat("`", ToAbsl(text), "` does not name ", ToAbsl(facts.article_name),
                            "; write ", ToAbsl(facts.example)));
  }
  names->push_back(std::move(argument));
  return names->size() - 1;
}

absl::StatusOr<std::shared_ptr<const SubgraphIndex>> MatchSubgraph(
    services::GraphApi* graph, const services::CallContext& context,
    const graph::v1::MatchPathsRequest& request) {
  ATTLAS_ASSIGN_OR_RETURN(auto response, graph->MatchPaths(context, request));
  return std::make_shared<const SubgraphIndex>(std::move(response));
}

absl::StatusOr<std::shared_ptr<const SubgraphIndex>> Ask(
    services::GraphApi* graph, const services::CallContext& context, const Scope& scope,
    std::vector<NameArgument>* names,
    absl::FunctionRef<void(graph::v1::MatchPathsRequest*)> build) {
  return AskBy(graph, context, scope, names, build,
               [&](const graph::v1::MatchPathsRequest& request) {
                 return MatchSubgraph(graph, context, request);
               });
}

absl::StatusOr<std::shared_ptr<const SubgraphIndex>> AskBy(
    services::GraphApi* graph, const services::CallContext& context, const Scope& scope,
    std::vector<NameArgument>* names, absl::FunctionRef<void(graph::v1::MatchPathsRequest*)> build,
    Match match) {
  for (NameArgument& name : *names) {
    if (!name.candidates.empty()) continue;
    ATTLAS_RETURN_IF_ERROR(ChooseByName(graph, context, scope, &name));
  }
  while (true) {
    graph::v1::MatchPathsRequest request;
    *request.mutable_read() = scope.graph_read;
    request.set_result(graph::v1::MATCH_RESULT_SUBGRAPH);
    request.set_omit_node_citations(true);
    build(&request);
    auto matched = match(request);
    if (matched.ok()) return matched;
    const std::optional<std::string> missing = MissingResource(matched.status());
    const auto name = std::find_if(names->begin(), names->end(), [&](const NameArgument& argument) {
      return missing.has_value() && argument.name() == *missing;
    });
    if (name == names->end()) return matched;
    // A bare code may be that of an economy or a territory, or no code but a name that people read;
    // each candidate is tried once.
    if (name->chosen + 1 < name->candidates.size()) {
      ++name->chosen;
    } else if (name->text.find('/') == std::string::npos && !name->by_name) {
      name->by_name = true;
      ATTLAS_RETURN_IF_ERROR(ChooseByName(graph, context, scope, &*name));
    } else {
      return UnknownName(graph, context, scope, *name);
    }
  }
}

absl::Status BlameField(std::string_view field, const absl::Status& status) {
  std::optional<graph::ErrorDetail> detail = graph::GetErrorDetail(status);
  if (!absl::IsNotFound(status) || !detail.has_value()) return status;
  const std::string description(status.message());
  detail->violations = {{std::string(field), description}};
  return graph::MakeError(status.code(), absl::StrCat(ToAbsl(field), ": ", description),
                          *std::move(detail));
}

absl::Status UnknownName(services::GraphApi* graph, const services::CallContext& context,
                         const Scope& scope, const NameArgument& name) {
  ATTLAS_ASSIGN_OR_RETURN(const KnownNames known, NamesOfKind(graph, context, scope, name.kind));
  return UnknownAmong(known, name);
}

}  // namespace attlas::domain
