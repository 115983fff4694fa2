// CompareInstruments: the matrix of themes of an instrument and others.

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "services/domain/evidence.h"
#include "services/domain/patterns.h"
#include "services/domain/question.h"
#include "services/domain/wording.h"
#include "services/synergy/commitments.h"
#include "services/synergy/synergy_queries.h"

namespace attlas::synergy {
namespace {

using domain::EvidenceGatherer;
using domain::Forward;
using domain::NameArgument;
using domain::NameKind;
using domain::PatternFrom;
using domain::PatternFromType;
using domain::ProvisionLink;
using domain::Scope;
using domain::SubgraphIndex;

constexpr int kMaxOthers = 64;

// The links of one instrument by theme, strongest first.
using LinksByTheme = std::map<std::string_view, std::vector<ProvisionLink>>;

// A column of the matrix on its way.
struct Column {
  std::string_view name;
  LinksByTheme links;
  bool asked_for = false;
};

absl::StatusOr<std::vector<NameArgument>> ResolveNames(
    const v1::CompareInstrumentsRequest& request) {
  if (request.others_size() > kMaxOthers) {
    return graph::InvalidField(
        "others", absl::StrCat("names ", request.others_size(), " instruments; at most ",
                               kMaxOthers, " can be set beside one, leave it empty for all"));
  }
  std::vector<NameArgument> names;
  ATTLAS_RETURN_IF_ERROR(
      AddName(NameKind::kInstrument, "instrument", request.instrument(), &names).status());
  for (int i = 0; i < request.others_size(); ++i) {
    ATTLAS_RETURN_IF_ERROR(
        AddName(NameKind::kInstrument, absl::StrCat("others[", i, "]"), request.others(i), &names)
            .status());
  }
  return names;
}

// Nothing is compared with itself, whichever of its names is given.
absl::Status CheckOthers(const std::vector<NameArgument>& names) {
  for (size_t i = 1; i < names.size(); ++i) {
    if (names[i].name() != names.front().name()) continue;
    return graph::InvalidField(names[i].field,
                               "is the instrument compared itself; name another one");
  }
  return absl::OkStatus();
}

// The named instruments alone, or all that have provisions.
void AddPatterns(const std::vector<NameArgument>& names, bool all,
                 graph::v1::MatchPathsRequest* request) {
  const std::vector<std::string> given = domain::ChosenNames(names);
  const std::vector<graph::v1::Hop> hops = {Forward(domain::kHasProvision),
                                            Forward(domain::kServes)};
  *request->add_patterns() = PatternFrom(given, {});
  *request->add_patterns() = domain::AddressingRules();
  *request->add_patterns() = all ? PatternFromType("instrument", hops) : PatternFrom(given, hops);
}

LinksByTheme GroupLinks(const SubgraphIndex& index, std::string_view instrument,
                        const domain::Reading& reading) {
  LinksByTheme links;
  for (const ProvisionLink& link : domain::LinksOf(index, instrument, reading)) {
    links[link.theme()].push_back(link);
  }
  return links;
}

int SharedThemes(const LinksByTheme& base, const LinksByTheme& other) {
  return static_cast<int>(std::count_if(
      other.begin(), other.end(), [&](const auto& entry) { return base.contains(entry.first); }));
}

// The columns: those asked for in their order, then the others by what they share.
std::vector<Column> ChooseColumns(const SubgraphIndex& index, const Scope& scope,
                                  const std::vector<NameArgument>& names,
                                  const v1::CompareInstrumentsRequest& request,
                                  const LinksByTheme& base) {
  std::vector<Column> columns;
  std::set<std::string_view> chosen = {names.front().name()};
  const auto add = [&](std::string_view name, bool asked_for) {
    if (!chosen.insert(name).second) return;
    columns.push_back(
        {.name = name, .links = GroupLinks(index, name, scope.reading), .asked_for = asked_for});
  };
  for (size_t i = 1; i < names.size(); ++i) add(names[i].name(), true);
  const bool all = request.others().empty() && !request.addressing_all_members();
  const std::set<std::string_view> addressing = domain::AddressingInstruments(index);
  for (const graph::Node* node : index.NodesOfType("instrument")) {
    const bool addresses = addressing.contains(node->name());
    if ((all || (request.addressing_all_members() && addresses)) &&
        domain::AdoptedFrom(*node) <= scope.reading.day &&
        !index.Out(node->name(), domain::kHasProvision).empty()) {
      add(node->name(), false);
    }
  }
  std::stable_sort(columns.begin(), columns.end(), [&](const Column& a, const Column& b) {
    if (a.asked_for || b.asked_for) return a.asked_for && !b.asked_for;
    return SharedThemes(base, a.links) > SharedThemes(base, b.links);
  });
  return columns;
}

void FillCell(const SubgraphIndex& index, std::string_view instrument, const LinksByTheme& links,
              std::string_view theme, EvidenceGatherer* evidence, v1::ThemeCell* cell) {
  cell->set_instrument(std::string(instrument));
  const auto found = links.find(theme);
  if (found == links.end()) return;
  for (const ProvisionLink& link : found->second) {
    *cell->add_provisions() = ProvisionThemeFrom(index, link, evidence);
  }
  cell->set_strength(found->second.front().strength());
}

void FillColumn(const SubgraphIndex& index, const domain::GoodsTaxonomy& taxonomy,
                const graph::Node& base_node, const LinksByTheme& base, const Column& column,
                v1::ComparedInstrument* compared) {
  *compared->mutable_instrument() = domain::Named(index, column.name);
  const int shared = SharedThemes(base, column.links);
  compared->set_shared_themes(shared);
  compared->set_own_themes(static_cast<int>(column.links.size()) - shared);
  compared->set_missing_themes(static_cast<int>(base.size()) - shared);
  const graph::Node* node = index.FindNode(column.name);
  if (node == nullptr) return;
  const std::vector<std::string> goods = domain::TextsProperty(base_node, "goods_scope");
  const domain::GoodsMatch match =
      taxonomy.Match(domain::TextsProperty(*node, "goods_scope"), goods);
  compared->set_goods(match.relation);
  for (const std::string& good : match.shared) compared->add_shared_goods(good);
  compared->set_reach(domain::ReachOf(*node));
  compared->set_addresses_all_members(domain::AddressingInstruments(index).contains(column.name));
}

// The rows: shared themes first, then by name.
void FillRows(const SubgraphIndex& index, std::string_view base_name, const LinksByTheme& base,
              const std::vector<Column>& columns, EvidenceGatherer* evidence,
              v1::CompareInstrumentsResponse* response) {
  std::map<std::string_view, bool> themes;  // Whether shared.
  for (const auto& [theme, links] : base) themes[theme] = false;
  for (const Column& column : columns) {
    for (const auto& [theme, links] : column.links) themes[theme] |= base.contains(theme);
  }
  for (const bool shared : {true, false}) {
    for (const auto& [theme, is_shared] : themes) {
      if (is_shared != shared) continue;
      v1::ThemeRow* row = response->add_themes();
      *row->mutable_theme() = domain::Named(index, theme);
      row->set_shared(shared);
      FillCell(index, base_name, base, theme, evidence, row->mutable_base());
      for (const Column& column : columns) {
        FillCell(index, column.name, column.links, theme, evidence, row->add_others());
      }
    }
    if (shared) response->set_together_shared_themes(response->themes_size());
  }
}

std::string Explain(const v1::CompareInstrumentsResponse& response) {
  std::vector<std::string> parts;
  for (const v1::ComparedInstrument& column : response.columns()) {
    parts.push_back(absl::StrCat(column.instrument().display_name(), " ", column.shared_themes()));
  }
  if (parts.empty()) return "There is no other instrument with provisions to compare.";
  std::string sentence = absl::StrCat(response.instrument().display_name(), " has ",
                                      domain::Count(response.theme_count(), "theme"),
                                      ", shared by: ", domain::JoinList(parts));
  if (parts.size() > 1) {
    absl::StrAppend(&sentence, "; together they reach ", response.together_shared_themes());
  }
  return absl::StrCat(
      sentence,
      ". A shared theme is the same function, not the same duty: goods and strength "
      "may differ.");
}

}  // namespace

absl::StatusOr<v1::CompareInstrumentsResponse> SynergyQueries::CompareInstruments(
    const services::CallContext& context, const v1::CompareInstrumentsRequest& request) const {
  ATTLAS_ASSIGN_OR_RETURN(const Scope scope, domain::MakeScope(request.read()));
  ATTLAS_ASSIGN_OR_RETURN(std::vector<NameArgument> names, ResolveNames(request));
  const bool all = request.others().empty() || request.addressing_all_members();
  ATTLAS_ASSIGN_OR_RETURN(
      const auto index, subgraphs_.Ask(context, scope, &names,
                                       [&](auto* question) { AddPatterns(names, all, question); }));
  ATTLAS_RETURN_IF_ERROR(CheckOthers(names));
  ATTLAS_ASSIGN_OR_RETURN(const auto taxonomy, goods_.At(context, index->response().revision()));
  const std::string& base_name = names.front().name();
  const graph::Node* base_node = index->FindNode(base_name);
  if (base_node == nullptr) return domain::UnknownName(graph_, context, scope, names.front());

  EvidenceGatherer evidence(*index, scope);
  evidence.NoteAllLeftOut();
  v1::CompareInstrumentsResponse response;
  *response.mutable_instrument() = domain::InstrumentFrom(*base_node, scope);
  const LinksByTheme base = GroupLinks(*index, base_name, scope.reading);
  response.set_theme_count(static_cast<int>(base.size()));
  if (base.empty()) domain::NoteNoProvisions(*index, *base_node, scope, &evidence);
  const std::vector<Column> columns = ChooseColumns(*index, scope, names, request, base);
  for (const Column& column : columns) {
    FillColumn(*index, *taxonomy, *base_node, base, column, response.add_columns());
  }
  FillRows(*index, base_name, base, columns, &evidence, &response);
  response.set_sentence(Explain(response));
  evidence.WriteTo(&response);
  ATTLAS_RETURN_IF_ERROR(domain::AddSources(graph_, context, scope, request, &response));
  return response;
}

}  // namespace attlas::synergy
