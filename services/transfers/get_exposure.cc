// GetExposure: which share of imports comes from parties, so that their duties already apply to it.

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "services/domain/instrument_facts.h"
#include "services/domain/patterns.h"
#include "services/domain/wording.h"
#include "services/transfers/contexts.h"
#include "services/transfers/edition_question.h"
#include "services/transfers/exposures.h"
#include "services/transfers/transfer_queries.h"

namespace attlas::transfers {
namespace {

using domain::Backward;
using domain::Forward;
using graph::Edge;
using graph::Node;

constexpr int kMostContextKinds = 16;
constexpr std::string_view kImporterTypes[] = {"state", "economy", "territory"};
// The themes of what an exporter must weigh before a transfer.
constexpr const char* kTransferThemes[] = {"themes/transfer-prohibitions",
                                           "themes/export-risk-assessment"};

absl::Status CheckRequest(const v1::GetExposureRequest& request) {
  if (request.context_kinds_size() > kMostContextKinds) {
    return graph::InvalidField("context_kinds",
                               absl::StrCat("must be at most ", kMostContextKinds));
  }
  if (request.state().empty()) return absl::OkStatus();
  const char* const with_state = "goes without `state`: it chooses among all importers";
  if (!request.grouping().empty()) return graph::InvalidField("grouping", with_state);
  if (!request.context_kinds().empty()) return graph::InvalidField("context_kinds", with_state);
  if (request.include_parties()) return graph::InvalidField("include_parties", with_state);
  return absl::OkStatus();
}

absl::Status AddNames(const v1::GetExposureRequest& request, QuestionNames* names) {
  if (!request.state().empty()) ATTLAS_RETURN_IF_ERROR(AddState(request.state(), names));
  return AddGrouping(request.grouping(), names);
}

void AddPatterns(const QuestionNames& names, graph::v1::MatchPathsRequest* request) {
  graph::v1::Hop to_theme = Forward(domain::kServes);
  for (const char* theme : kTransferThemes) to_theme = domain::To(std::move(to_theme), theme);
  *request->add_patterns() =
      domain::PatternFrom(names.instrument(), {Forward(domain::kHasProvision), to_theme});
  graph::v1::NodeSelector importers;
  if (names.state.has_value()) {
    importers.add_names(names.Name(names.state));
  } else {
    for (std::string_view type : kImporterTypes) importers.add_types(std::string(type));
  }
  const auto add = [&](std::vector<graph::v1::Hop> hops) {
    graph::v1::Pattern* pattern = request->add_patterns();
    *pattern->mutable_start() = importers;
    for (graph::v1::Hop& hop : hops) *pattern->add_hops() = std::move(hop);
  };
  // A state that is named is shown even where nothing leads to it.
  if (names.state.has_value()) add({});
  add({names.ToInstrument()});
  add({Forward(domain::kRankedIn)});
  add({Backward(domain::kAffects)});
  add({Backward(domain::kSupplies)});
  add({Backward(domain::kSupplies), names.ToInstrument()});
  add({Backward(domain::kSupplies), Backward(domain::kAffects)});
}

absl::StatusOr<std::set<std::string, std::less<>>> ContextKinds(
    const Material& material, const v1::GetExposureRequest& request) {
  const std::set<std::string, std::less<>> held = HeldKinds(material.index);
  std::set<std::string, std::less<>> kinds;
  for (int i = 0; i < request.context_kinds_size(); ++i) {
    if (!held.contains(request.context_kinds(i))) {
      const std::vector<std::string> names(held.begin(), held.end());
      return graph::InvalidField(
          absl::StrCat("context_kinds[", i, "]"),
          absl::StrCat("no context of this kind is held",
                       names.empty() ? std::string()
                                     : absl::StrCat("; there are ", domain::JoinList(names))));
    }
    kinds.insert(request.context_kinds(i));
  }
  return kinds;
}

// An importer with what its place in the list depends on.
struct Importer {
  std::string_view name;
  std::vector<Flow> suppliers;
  double party_share = -1.0;  // Below 0 where it is not known.
};

Importer ImporterOf(const Material& material, const Node& edition, std::string_view name) {
  Importer importer{.name = name, .suppliers = SuppliersOf(material, edition, name)};
  if (const auto shares = ImportShares(material, importer.suppliers)) {
    importer.party_share = shares->party_pct();
  }
  return importer;
}

// The importers of the list, in its order.
std::vector<Importer> ListImporters(const Material& material, const Node& edition,
                                    const QuestionNames& names,
                                    const std::set<std::string, std::less<>>& kinds,
                                    bool include_parties) {
  std::set<std::string_view> candidates;
  for (const Edge* edge : material.index.OfType(domain::kSupplies)) {
    if (graph::TextProperty(edge->properties(), "dataset") == edition.name()) {
      candidates.insert(edge->to());
    }
  }
  if (!kinds.empty()) {
    for (const Edge* edge : material.index.OfType(domain::kAffects)) candidates.insert(edge->to());
  }
  const std::string grouping = names.Name(names.grouping);
  const Members members = MembersIn(material, grouping);
  std::vector<Importer> importers;
  for (std::string_view name : candidates) {
    if (names.grouping.has_value() && !members.contains(name)) continue;
    if (!kinds.empty() && !IsTouched(material, name, kinds)) continue;
    if (!include_parties && IsBound(StandingOf(material, name).status)) continue;
    Importer importer = ImporterOf(material, edition, name);
    // Without a context to show there is nothing to say of it.
    if (kinds.empty() && importer.suppliers.empty()) continue;
    importers.push_back(std::move(importer));
  }
  std::stable_sort(importers.begin(), importers.end(), [](const Importer& a, const Importer& b) {
    return a.party_share > b.party_share;
  });
  return importers;
}

std::string Sentence(const Material& material, const v1::GetExposureResponse& response,
                     const std::vector<Importer>& importers, bool include_parties) {
  const auto known = std::count_if(importers.begin(), importers.end(),
                                   [](const Importer& one) { return one.party_share >= 0; });
  const auto most = std::count_if(importers.begin(), importers.end(),
                                  [](const Importer& one) { return one.party_share > 50; });
  const std::string instrument = domain::WithArticle(material.index, material.instrument.name());
  const int all = static_cast<int>(importers.size());
  return absl::StrCat(
      domain::Count(all, "importer"), response.has_grouping() ? " of " : "",
      response.grouping().display_name(), " ",
      include_parties ? std::string(all == 1 ? "is" : "are") + " listed"
                      : absl::StrCat(all == 1 ? "is" : "are", " not bound by ", instrument),
      "; of ", known, " the edition says from whom they import, and ", most, " of these had more ",
      "than half of their imports of ", response.edition().period(), " from those to which ",
      instrument, " applies.");
}

void FillDuties(const Material& material, v1::GetExposureResponse* response) {
  for (const domain::ProvisionLink& link :
       domain::LinksOf(material.index, material.instrument.name(), material.scope.reading)) {
    *response->add_duties() = domain::ProvisionThemeFrom(material.index, link, material.evidence);
  }
}

}  // namespace

absl::StatusOr<v1::GetExposureResponse> TransferQueries::GetExposure(
    const services::CallContext& context, const v1::GetExposureRequest& request) const {
  ATTLAS_RETURN_IF_ERROR(CheckRequest(request));
  EditionQuestion question(graph_, &subgraphs_, page_tokens_, context);
  ATTLAS_RETURN_IF_ERROR(question.Ask(
      request, [&](QuestionNames* names) { return AddNames(request, names); }, AddPatterns));
  const Material& material = question.material();
  const Node& edition = question.edition();
  const QuestionNames& names = question.names();
  ATTLAS_ASSIGN_OR_RETURN(const auto kinds, ContextKinds(material, request));

  v1::GetExposureResponse response;
  question.Begin(&response);
  FillDuties(material, &response);
  // Importers view their names.
  const std::string state = names.Name(names.state);
  const std::vector<Importer> importers =
      names.state.has_value()
          ? std::vector<Importer>{ImporterOf(material, edition, state)}
          : ListImporters(material, edition, names, kinds, request.include_parties());
  const domain::AnswerPage& page = question.page();
  for (size_t i = page.offset; i < page.EndOf(importers.size()); ++i) {
    *response.add_importers() =
        ExposureOf(material, edition, importers[i].name, importers[i].suppliers, 0,
                   importers[i].suppliers.size());
  }
  response.set_total_size(static_cast<int32_t>(importers.size()));
  response.set_sentence(names.state.has_value() && response.importers_size() == 1
                            ? response.importers(0).sentence()
                            : Sentence(material, response, importers, request.include_parties()));
  NoteOnShares(material);
  NoteOnContexts(material);
  ATTLAS_RETURN_IF_ERROR(question.Finish(request, &response));
  return response;
}

}  // namespace attlas::transfers
