// SimulateParticipation: what would change if a state joined, signed or left. Writes nothing.
//
// The supposed acts are statements that live for this question alone: they stand beside the state's
// real acts, and everything is weighed by the same rules. They have no name, so that no answer can
// cite them.

#include <algorithm>
#include <deque>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "services/domain/act_table.h"
#include "services/domain/evidence.h"
#include "services/domain/patterns.h"
#include "services/domain/question.h"
#include "services/domain/wording.h"
#include "services/synergy/commitments.h"
#include "services/synergy/explain.h"
#include "services/synergy/supposed_acts.h"
#include "services/synergy/synergy_queries.h"

namespace attlas::synergy {
namespace {

using domain::Acts;
using domain::Backward;
using domain::EvidenceGatherer;
using domain::Forward;
using domain::NameArgument;
using domain::NameKind;
using domain::PatternFrom;
using domain::ProvisionLink;
using domain::Scope;
using domain::Standing;
using domain::SubgraphIndex;
using google::protobuf::RepeatedPtrField;
using graph::Edge;

constexpr int kMaxChanges = 32;
constexpr size_t kState = 0;
constexpr size_t kTarget = 1;
constexpr size_t kFirstChange = 2;

absl::StatusOr<std::vector<NameArgument>> ResolveNames(
    const v1::SimulateParticipationRequest& request) {
  std::vector<NameArgument> names;
  ATTLAS_RETURN_IF_ERROR(AddName(NameKind::kState, "state", request.state(), &names).status());
  if (request.changes().empty() || request.changes_size() > kMaxChanges) {
    return graph::InvalidField("changes", absl::StrCat("has ", request.changes_size(),
                                                       " acts; suppose 1 to ", kMaxChanges));
  }
  const bool own_target = !request.target().empty();
  ATTLAS_RETURN_IF_ERROR(
      AddName(NameKind::kInstrument, own_target ? "target" : "changes[0].instrument",
              own_target ? request.target() : request.changes(0).instrument(), &names)
          .status());
  for (int i = 0; i < request.changes_size(); ++i) {
    const std::string field = absl::StrCat("changes[", i, "]");
    ATTLAS_RETURN_IF_ERROR(AddName(NameKind::kInstrument, field + ".instrument",
                                   request.changes(i).instrument(), &names)
                               .status());
    if (request.changes(i).act() == v1::SUPPOSED_ACT_UNSPECIFIED ||
        !v1::SupposedAct_IsValid(request.changes(i).act())) {
      return graph::InvalidField(field + ".act", "is required: join, sign or leave");
    }
  }
  return names;
}

void AddPatterns(const std::vector<NameArgument>& names, graph::v1::MatchPathsRequest* request) {
  const std::string& state = names[kState].name();
  const std::vector<std::string> given = domain::ChosenNames(names);
  std::vector<std::string> instruments(given.begin() + kTarget, given.end());
  const std::vector<std::string> changed(given.begin() + kFirstChange, given.end());
  *request->add_patterns() = PatternFrom(given, {});
  *request->add_patterns() =
      PatternFrom(instruments, {Forward(domain::kHasProvision), Forward(domain::kServes)});
  *request->add_patterns() = PatternFrom(
      state,
      {Forward(domain::kActTypes), Forward(domain::kHasProvision), Forward(domain::kServes)});
  *request->add_patterns() =
      PatternFrom(state, {Forward(domain::kMemberOfGrouping), Backward(domain::kMemberOfGrouping)});
  *request->add_patterns() = PatternFrom(changed, {Backward(domain::kActTypes)});
  *request->add_patterns() = domain::PatternFromType("state", {});
}

// The own commitments on every theme that any instrument here serves.
struct Portfolio {
  OwnInstruments own;
  ThemeTable table;
};

Portfolio MakePortfolio(const SubgraphIndex& index, const Scope& scope,
                        const domain::NamedActs& acts, const domain::GoodsTaxonomy& taxonomy,
                        std::span<const std::string> goods) {
  Portfolio portfolio;
  for (const Edge* serves : index.OfType(domain::kServes)) portfolio.table[serves->to()];
  portfolio.own = OwnInstrumentsFrom(index, acts, scope.reading, taxonomy, goods);
  AddCommitments(index, portfolio.own, scope.reading, &portfolio.table);
  return portfolio;
}

// The part of a table that is about the themes of one instrument.
ThemeTable OnThemesOf(const ThemeTable& table, const SubgraphIndex& index, const Scope& scope,
                      std::string_view instrument) {
  ThemeTable part;
  for (const ProvisionLink& link : domain::LinksOf(index, instrument, scope.reading)) {
    const auto found = table.find(link.theme());
    if (found != table.end()) part.insert(*found);
  }
  return part;
}

// The themes that are served in `with` and not in `without`.
RepeatedPtrField<v1::ThemeEffect> ThemesOnlyIn(const SubgraphIndex& index, const ThemeTable& with,
                                               const ThemeTable& without) {
  RepeatedPtrField<v1::ThemeEffect> effects;
  for (const auto& [theme, commitments] : with) {
    if (commitments.empty() || !without.at(theme).empty()) continue;
    v1::ThemeEffect* effect = effects.Add();
    *effect->mutable_theme() = domain::Named(index, theme);
    std::set<std::string_view> instruments;
    for (const OwnCommitment& commitment : commitments) {
      instruments.insert(commitment.instrument->name);
    }
    for (std::string_view name : instruments) {
      *effect->add_instruments() = domain::Named(index, name);
    }
  }
  return effects;
}

// Counts one instrument over a set of states before and after the acts.
void FillRegion(const SubgraphIndex& index, const Scope& scope, std::string_view state,
                std::string_view instrument, std::span<const std::string_view> members,
                const Acts& acts_after, v1::RegionEffect* region) {
  const graph::Node* node = index.FindNode(instrument);
  const domain::InstrumentTerms terms =
      node == nullptr ? domain::InstrumentTerms() : domain::TermsOf(*node);
  *region->mutable_instrument() = domain::Named(index, instrument);
  for (std::string_view member : members) {
    const Acts acts = domain::ActsBetween(index, member, instrument);
    const auto weigh = [&](const Acts& weighed) {
      return domain::Weigh(weighed, scope.reading, instruments::v1::COUNT_BY_DEPOSIT, terms);
    };
    domain::CountStanding(weigh(acts), region->mutable_before());
    domain::CountStanding(weigh(member == state ? acts_after : acts), region->mutable_after());
  }
}

// The region sets of the state, each with its members; the first, without a name, is all states.
std::vector<std::pair<std::string_view, std::vector<std::string_view>>> RegionsOf(
    const SubgraphIndex& index, const Scope& scope, std::string_view state) {
  std::vector<std::pair<std::string_view, std::vector<std::string_view>>> regions(1);
  for (const graph::Node* node : index.NodesOfType("state")) {
    regions.front().second.push_back(node->name());
  }
  for (const Edge* edge : index.Out(state, domain::kMemberOfGrouping)) {
    // A region set is a definition and is taken whole, whatever the confidence of its members.
    if (!scope.reading.Holds(*edge)) continue;
    auto& region = regions.emplace_back(edge->to(), std::vector<std::string_view>());
    for (const Edge* member : index.In(edge->to(), domain::kMemberOfGrouping)) {
      if (scope.reading.Holds(*member)) region.second.push_back(member->from());
    }
  }
  return regions;
}

// Everything that the answer is made from.
struct Material {
  const SubgraphIndex& index;
  const Scope& scope;
  const domain::GoodsTaxonomy& taxonomy;
  const std::vector<NameArgument>& names;
  const domain::NamedActs before;
  const SupposedActs after;

  const std::string& state() const { return names[kState].name(); }
  const std::string& target() const { return names[kTarget].name(); }
  // The instruments that acts are supposed for, each once, in the order of the acts.
  std::vector<std::string_view> Changed() const {
    std::vector<std::string_view> changed;
    for (size_t i = kFirstChange; i < names.size(); ++i) {
      if (std::find(changed.begin(), changed.end(), names[i].name()) == changed.end()) {
        changed.push_back(names[i].name());
      }
    }
    return changed;
  }
  Standing StandingOf(std::string_view instrument, const Acts& acts) const {
    return domain::Weigh(acts, scope.reading, instruments::v1::COUNT_BY_DEPOSIT,
                         domain::TermsOf(*index.FindNode(instrument)));
  }
};

void FillStatuses(const Material& material, EvidenceGatherer* evidence,
                  v1::SimulateParticipationResponse* response) {
  const auto regions = RegionsOf(material.index, material.scope, material.state());
  std::vector<const graph::Node*> nodes;
  for (std::string_view instrument : material.Changed()) {
    const Acts before = domain::ActsBetween(material.index, material.state(), instrument);
    const Acts after = material.after.ActsTowards(instrument);
    v1::StatusEffect* effect = response->add_statuses();
    *effect->mutable_instrument() = domain::Named(material.index, instrument);
    const Standing standing = material.StandingOf(instrument, before);
    effect->set_before(standing.status);
    effect->set_after(material.StandingOf(instrument, after).status);
    evidence->Use(standing.Evidence());
    nodes.push_back(material.index.FindNode(instrument));
    for (const auto& [grouping, members] : regions) {
      v1::RegionEffect* region = response->add_regions();
      if (!grouping.empty()) {
        *region->mutable_grouping() = domain::Named(material.index, grouping);
      }
      FillRegion(material.index, material.scope, material.state(), instrument, members, after,
                 region);
    }
  }
  domain::NoteCoverage(nodes, material.scope, evidence);
}

// Notes the statements that the tables rest on; supposed ones have no name and are passed over.
void NoteEvidence(const ThemeTable& table, EvidenceGatherer* evidence) {
  for (const auto& [theme, commitments] : table) {
    for (const OwnCommitment& commitment : commitments) {
      evidence->NoteAll(
          {commitment.instrument->standing.ground(), commitment.link.has, commitment.link.serves});
    }
  }
}

std::string Explain(const v1::SimulateParticipationResponse& response) {
  const auto binding = [](const auto& totals) {
    return TotalOf(totals, v1::COMMITMENT_CLASS_BINDING_SAME_GOODS);
  };
  return absl::StrCat(
      "On the themes of the ", response.target().display_name(), ", ",
      response.state().display_name(), " would go from ", binding(response.totals_before()), " to ",
      binding(response.totals_after()), " that are binding for the same goods; ",
      domain::Count(response.class_changes_size(), "theme"), " would change class, ",
      response.gained_themes_size(), " would be gained and ", response.lost_themes_size(),
      " lost over all instruments.");
}

v1::SimulateParticipationResponse Answer(const Material& material) {
  EvidenceGatherer evidence(material.index, material.scope);
  evidence.NoteAllLeftOut();
  v1::SimulateParticipationResponse response;
  *response.mutable_state() = domain::Named(material.index, material.state());
  *response.mutable_target() = domain::Named(material.index, material.target());
  FillStatuses(material, &evidence, &response);

  const std::vector<std::string> goods =
      domain::TextsProperty(*material.index.FindNode(material.target()), "goods_scope");
  const Portfolio now =
      MakePortfolio(material.index, material.scope, material.before, material.taxonomy, goods);
  const Portfolio then = MakePortfolio(material.index, material.scope, material.after.acts(),
                                       material.taxonomy, goods);
  const ThemeTable table_now =
      OnThemesOf(now.table, material.index, material.scope, material.target());
  const ThemeTable table_then =
      OnThemesOf(then.table, material.index, material.scope, material.target());
  *response.mutable_totals_before() = Totals(table_now);
  *response.mutable_totals_after() = Totals(table_then);
  *response.mutable_class_changes() = ClassChanges(material.index, table_now, table_then);
  *response.mutable_gained_themes() = ThemesOnlyIn(material.index, then.table, now.table);
  *response.mutable_lost_themes() = ThemesOnlyIn(material.index, now.table, then.table);
  NoteEvidence(table_now, &evidence);
  NoteEvidence(table_then, &evidence);
  evidence.NoteSentence("Nothing was written: the acts are supposed.");
  response.set_sentence(Explain(response));
  evidence.WriteTo(&response);
  return response;
}

}  // namespace

absl::StatusOr<v1::SimulateParticipationResponse> SynergyQueries::SimulateParticipation(
    const services::CallContext& context, const v1::SimulateParticipationRequest& request) const {
  ATTLAS_ASSIGN_OR_RETURN(const Scope scope, domain::MakeScope(request.read()));
  ATTLAS_ASSIGN_OR_RETURN(std::vector<NameArgument> names, ResolveNames(request));
  ATTLAS_ASSIGN_OR_RETURN(const auto index,
                          subgraphs_.Ask(context, scope, &names,
                                         [&](auto* question) { AddPatterns(names, question); }));
  ATTLAS_ASSIGN_OR_RETURN(const auto taxonomy, goods_.At(context, index->response().revision()));
  const domain::NamedActs before = domain::ActsByInstrument(*index, names[kState].name());
  SupposedActs after(*index, scope, names[kState].name(), before);
  for (int i = 0; i < request.changes_size(); ++i) {
    ATTLAS_RETURN_IF_ERROR(after.Apply(request.changes(i).act(),
                                       names[kFirstChange + static_cast<size_t>(i)].name(),
                                       absl::StrCat("changes[", i, "]")));
  }
  v1::SimulateParticipationResponse response = Answer({.index = *index,
                                                       .scope = scope,
                                                       .taxonomy = *taxonomy,
                                                       .names = names,
                                                       .before = before,
                                                       .after = std::move(after)});
  ATTLAS_RETURN_IF_ERROR(domain::AddSources(graph_, context, scope, request, &response));
  return response;
}

}  // namespace attlas::synergy
