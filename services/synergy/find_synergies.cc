// FindSynergies: what a state has already on each theme of a target.

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/str_cat.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "services/common/wire_writer.h"
#include "services/domain/act_table.h"
#include "services/domain/cited_sources.h"
#include "services/domain/evidence.h"
#include "services/domain/law.h"
#include "services/domain/patterns.h"
#include "services/domain/question.h"
#include "services/domain/wording.h"
#include "services/synergy/agencies.h"
#include "services/synergy/commitments.h"
#include "services/synergy/explain.h"
#include "services/synergy/left_out.h"
#include "services/synergy/synergy_names.h"
#include "services/synergy/synergy_queries.h"
#include "services/synergy/theme_writer.h"

namespace attlas::synergy {
namespace {

using domain::Backward;
using domain::EvidenceGatherer;
using domain::Forward;
using domain::PatternFrom;
using domain::ProvisionLink;
using domain::Reading;
using domain::Scope;
using domain::Standing;
using domain::SubgraphIndex;
using domain::To;
using graph::Edge;
using ClassTotals = google::protobuf::RepeatedPtrField<v1::ClassTotal>;

// What a commitment usually takes of an answer, with its statements.
constexpr size_t kUsualBytes = 1664;

// What the state does: its acts, and which of its agencies hold which roles.
void AddPatterns(const SynergyNames& names, graph::v1::MatchPathsRequest* request) {
  const std::string& state = names.state();
  *request->add_patterns() = PatternFrom(domain::ChosenNames(names.arguments), {});
  *request->add_patterns() = PatternFrom(state, {Forward(domain::kActTypes)});
  *request->add_patterns() = PatternFrom(
      state,
      {Backward(domain::kAgencyOf), Forward(domain::kHoldsRole), Forward(domain::kRoleServes)});
  *request->add_patterns() = PatternFrom(
      state,
      {Backward(domain::kAgencyOf), Forward(domain::kHoldsRole), Forward(domain::kRoleUnder)});
}

// The law that the question needs, where that of all instruments is not kept: the target's
// provisions, and what the state has on their themes.
void AddLawPatterns(const SynergyNames& names, graph::v1::MatchPathsRequest* request) {
  const std::string& target = names.target();
  *request->add_patterns() =
      PatternFrom(target, {Forward(domain::kHasProvision), Forward(domain::kServes)});
  *request->add_patterns() =
      PatternFrom(names.state(), {Forward(domain::kActTypes), Forward(domain::kHasProvision),
                                  Forward(domain::kServes), Backward(domain::kServes),
                                  To(Backward(domain::kHasProvision), target)});
}

// The state's commitments as one confidence shows them.
struct Picture {
  std::vector<ProvisionLink> target_links;
  OwnInstruments own;
  ThemeTable table;
  AgenciesByTheme agencies;

  int commitment_count() const {
    size_t count = 0;
    for (const auto& [theme, commitments] : table) count += commitments.size();
    return static_cast<int>(count);
  }
  int agency_count() const {
    size_t count = 0;
    for (const auto& [theme, roles] : agencies) count += table.contains(theme) ? roles.size() : 0;
    return static_cast<int>(count);
  }
};

// Everything that the answer is made from.
struct Material {
  const SubgraphIndex& index;  // Of the state.
  const domain::Law& law;
  const SynergyNames& names;
  const Scope& scope;
  const domain::GoodsTaxonomy& taxonomy;
  const graph::Node& target;
  domain::NamedActs acts;      // Towards all instruments.
  domain::NamedActs own_acts;  // Of them, those that are asked about.
  LinkNames link_names;
};

Picture Draw(const Material& material, const Reading& reading) {
  Picture picture;
  picture.target_links = material.law.LinksOf(material.names.target(), reading);
  for (const ProvisionLink& link : picture.target_links) {
    if (material.names.KeepsTheme(link.theme())) picture.table[link.theme()];
  }
  const std::vector<std::string> goods = domain::TextsProperty(material.target, "goods_scope");
  picture.own =
      OwnInstrumentsFrom(material.law, material.own_acts, reading, material.taxonomy, goods);
  AddCommitments(material.law, picture.own, reading, &picture.table);
  picture.agencies = AgencyRoles(material.index, material.names.state(), reading);
  return picture;
}

v1::JoiningEffect EffectOf(const std::vector<OwnCommitment>& commitments,
                           instruments::v1::Strength target_strength, bool committed) {
  if (committed) return v1::JOINING_EFFECT_ALREADY_COMMITTED;
  switch (BestClass(commitments)) {
    case v1::COMMITMENT_CLASS_NEW:
      return v1::JOINING_EFFECT_NEW;
    case v1::COMMITMENT_CLASS_ONE_STATE_REACH:
    case v1::COMMITMENT_CLASS_GENERAL:
    case v1::COMMITMENT_CLASS_OTHER_GOODS:
      return v1::JOINING_EFFECT_REACHES_FURTHER;
    default:
      break;
  }
  if (target_strength <= commitments.front().strength) {
    return v1::JOINING_EFFECT_ALREADY_COMMITTED;
  }
  return target_strength == instruments::v1::STRENGTH_BINDING
             ? v1::JOINING_EFFECT_BECOMES_BINDING
             : v1::JOINING_EFFECT_BECOMES_POLITICAL;
}

void FillLeftOut(const Material& material, const Picture& now, int left_out,
                 v1::LeftOutEffect* effect) {
  effect->set_statements(left_out);
  if (left_out == 0) {
    // With nothing more, the picture is the same.
    *effect->mutable_totals() = Totals(now.table);
    effect->set_sentence("No statement was left out for low confidence.");
    return;
  }
  const Picture then =
      Draw(material, material.scope.reading.From(graph::v1::CONFIDENCE_UNSPECIFIED));
  *effect->mutable_totals() = Totals(then.table);
  *effect->mutable_changes() = ClassChanges(material.law.index(), now.table, then.table);
  effect->set_more_commitments(then.commitment_count() - now.commitment_count());
  effect->set_more_agencies(then.agency_count() - now.agency_count());
  effect->set_sentence(absl::StrCat(
      domain::Count(left_out, "statement"), left_out == 1 ? " was" : " were",
      " left out for low confidence; with ", left_out == 1 ? "it" : "all of them", " the class of ",
      domain::Count(effect->changes_size(), "theme"), " would change, with ",
      domain::Count(effect->more_commitments(), "more commitment"), " and ",
      domain::Count(effect->more_agencies(), "more agency role"), "."));
}

// Writes the themes, those of the best classes first.
void WriteThemes(const Material& material, const Picture& picture, bool committed,
                 const v1::FindSynergiesRequest& request, EvidenceGatherer* evidence,
                 services::WireWriter* writer) {
  std::vector<std::pair<v1::CommitmentClass, std::string_view>> order;
  for (const auto& [theme, commitments] : picture.table) {
    const auto& kept = request.classes();
    if (kept.empty() || std::find(kept.begin(), kept.end(), BestClass(commitments)) != kept.end()) {
      order.emplace_back(BestClass(commitments), theme);
    }
  }
  std::sort(order.begin(), order.end());
  const ThemeMaterial themes = {.index = material.index,
                                .law = material.law,
                                .taxonomy = material.taxonomy,
                                .reading = material.scope.reading,
                                .link_names = material.link_names};
  ThemeWriter theme_writer(themes, evidence, writer);
  for (const auto& [commitment_class, theme] : order) {
    const std::vector<OwnCommitment>& commitments = picture.table.at(theme);
    const auto strongest = std::find_if(
        picture.target_links.begin(), picture.target_links.end(),
        [&, sought = theme](const ProvisionLink& link) { return link.theme() == sought; });
    const auto roles = picture.agencies.find(theme);
    theme_writer.Write({.theme = theme,
                        .target_links = picture.target_links,
                        .commitments = commitments,
                        .roles = roles == picture.agencies.end() ? std::span<const AgencyRole>()
                                                                 : std::span(roles->second),
                        .effect = EffectOf(commitments, strongest->strength(), committed),
                        .max_commitments = request.max_commitments_per_theme()});
  }
}

// Writes a statement of which the law has nothing ready, as domain::FillStatement fills it in.
void WriteStatement(const Edge& edge, services::WireWriter* writer) {
  using instruments::v1::Statement;
  const size_t begin = writer->Begin(v1::FindSynergiesResponse::kStatementsFieldNumber);
  writer->Text(Statement::kNameFieldNumber, edge.name());
  writer->Text(Statement::kTypeFieldNumber, edge.type());
  writer->Text(Statement::kFromFieldNumber, edge.from());
  writer->Text(Statement::kToFieldNumber, edge.to());
  if (edge.has_valid_from()) writer->Message(Statement::kValidFromFieldNumber, edge.valid_from());
  if (edge.has_valid_to()) writer->Message(Statement::kValidToFieldNumber, edge.valid_to());
  for (const graph::Citation& citation : edge.citations()) {
    writer->Message(Statement::kCitationsFieldNumber, citation);
  }
  writer->Number(Statement::kConfidenceFieldNumber,
                 static_cast<uint64_t>(graph::BestConfidence(edge.citations())));
  writer->End(begin);
}

// Writes the statements that were noted; what they cite.
domain::CitedSources WriteStatements(const Material& material, const EvidenceGatherer& evidence,
                                     services::WireWriter* writer) {
  domain::CitedSources sources(material.law);
  for (const Edge* edge : evidence.used()) {
    if (const domain::StatementOfLaw* const of_law = material.law.StatementOf(*edge)) {
      writer->Item(v1::FindSynergiesResponse::kStatementsFieldNumber, of_law->written);
      sources.Note(*of_law);
      continue;
    }
    WriteStatement(*edge, writer);
    sources.Note(*edge);
  }
  return sources;
}

// Whether and by which bounds the graph cut what the answer was made from.
void FillBounds(const Material& material, v1::FindSynergiesResponse* response) {
  const graph::v1::MatchPathsResponse& acts = material.index.response();
  const graph::v1::MatchPathsResponse& law = material.law.index().response();
  response->set_truncated(acts.truncated() || law.truncated());
  std::set<int> bounds(acts.reached_bounds().begin(), acts.reached_bounds().end());
  bounds.insert(law.reached_bounds().begin(), law.reached_bounds().end());
  for (const int bound : bounds) response->add_reached_bounds(static_cast<graph::v1::Bound>(bound));
}

// What is written before the themes; the picture is the answer's.
void FillHead(const Material& material, const Standing& target_standing, const Picture& picture,
              EvidenceGatherer* evidence, v1::FindSynergiesResponse* head) {
  head->set_revision(material.index.response().revision());
  domain::FillNamed(material.index, material.names.state(), head->mutable_state());
  *head->mutable_target() = domain::InstrumentFrom(material.target, material.scope);
  instruments::v1::StateStatus* status = head->mutable_target_status();
  *status->mutable_state() = head->state();
  domain::FillStateStatus(target_standing, status);
  evidence->Use(target_standing.Evidence(), status->mutable_evidence());
  *head->mutable_totals() = Totals(picture.table);
}

// What is written after the themes and before the statements.
void FillMiddle(const Material& material, const Picture& picture, const ClassTotals& totals,
                EvidenceGatherer* evidence, v1::FindSynergiesResponse* middle) {
  *middle->mutable_instruments() =
      RankInstruments(material.law.index(), picture.own, picture.table);
  FillLeftOut(material, picture, evidence->left_out(), middle->mutable_left_out());
  middle->set_sentence(
      ExplainTotals(material.link_names, static_cast<int>(picture.table.size()), totals));
  if (picture.table.empty()) {
    domain::NoteNoProvisions(material.index, material.target, material.scope, evidence);
  }
  std::vector<const graph::Node*> sources = {&material.target};
  for (const v1::RankedInstrument& row : middle->instruments()) {
    sources.push_back(material.index.FindNode(row.instrument().name()));
  }
  domain::NoteCoverage(sources, material.scope, evidence);
  evidence->FillBasis(middle->mutable_basis());
}

void WriteSource(const graph::Node& node, services::WireWriter* writer) {
  using instruments::v1::Source;
  const size_t begin = writer->Begin(v1::FindSynergiesResponse::kSourcesFieldNumber);
  writer->Text(Source::kNameFieldNumber, node.name());
  writer->Text(Source::kTitleFieldNumber, node.display_name());
  writer->Text(Source::kUrlFieldNumber, graph::TextProperty(node.properties(), "url"));
  writer->End(begin);
}

using WriteSources =
    absl::FunctionRef<absl::Status(const domain::CitedSources&, services::WireWriter*)>;

// Writes the parts in the order of their fields, each of which needs what was noted before it.
absl::StatusOr<Synergies> WriteAnswer(const Material& material, const Standing& target_standing,
                                      const v1::FindSynergiesRequest& request,
                                      WriteSources write_sources) {
  EvidenceGatherer evidence(material.index, material.scope);
  NoteLeftOut({.index = material.index,
               .law = material.law,
               .state = material.names.state(),
               .target = material.names.target(),
               .acts = material.acts,
               .reading = material.scope.reading},
              &evidence);
  const Picture picture = Draw(material, material.scope.reading);
  services::WireWriter writer(kUsualBytes * static_cast<size_t>(1 + picture.commitment_count()));
  v1::FindSynergiesResponse head;
  FillHead(material, target_standing, picture, &evidence, &head);
  writer.Fields(head);
  WriteThemes(material, picture, target_standing.committed(), request, &evidence, &writer);
  v1::FindSynergiesResponse middle;
  FillMiddle(material, picture, head.totals(), &evidence, &middle);
  writer.Fields(middle);
  const domain::CitedSources sources = WriteStatements(material, evidence, &writer);
  ATTLAS_RETURN_IF_ERROR(write_sources(sources, &writer));
  v1::FindSynergiesResponse end;
  FillBounds(material, &end);
  writer.Fields(end);
  *head.mutable_reached_bounds() = end.reached_bounds();
  return Synergies(std::move(writer).Take(), std::move(head));
}

}  // namespace

absl::StatusOr<Synergies> SynergyQueries::FindSynergies(
    const services::CallContext& context, const v1::FindSynergiesRequest& request) const {
  ATTLAS_ASSIGN_OR_RETURN(const Scope scope, domain::MakeScope(request.read()));
  ATTLAS_ASSIGN_OR_RETURN(SynergyNames names, ResolveNames(request));
  const bool keeps_law = laws_.Keeps(scope);
  const auto add_law = [&](auto* question) { AddLawPatterns(names, question); };
  ATTLAS_ASSIGN_OR_RETURN(const std::shared_ptr<const SubgraphIndex> index,
                          subgraphs_.Ask(context, scope, &names.arguments, [&](auto* question) {
                            AddPatterns(names, question);
                            if (!keeps_law) add_law(question);
                          }));
  const graph::Node* target = index->FindNode(names.target());
  if (target == nullptr) return domain::UnknownName(graph_, context, scope, names.arguments[1]);
  const std::string& revision = index->response().revision();
  ATTLAS_ASSIGN_OR_RETURN(const auto taxonomy, goods_.At(context, revision));
  domain::KeptLaws::LawPtr law;
  if (keeps_law) {
    ATTLAS_ASSIGN_OR_RETURN(law, laws_.At(context, scope, revision, add_law));
  } else {
    law = std::make_shared<const domain::Law>(index);
  }
  Material material{.index = *index,
                    .law = *law,
                    .names = names,
                    .scope = scope,
                    .taxonomy = *taxonomy,
                    .target = *target,
                    .acts = domain::ActsByInstrument(*index, names.state()),
                    .own_acts = {},
                    .link_names = {.state = index->DisplayName(names.state()),
                                   .target = index->DisplayName(names.target())}};
  for (const auto& acts : material.acts) {
    if (acts.first == names.target() || !names.KeepsInstrument(acts.first)) continue;
    material.own_acts.push_back(acts);
  }
  const Standing standing =
      Weigh(domain::ActsBetween(*index, names.state(), names.target()), scope.reading,
            instruments::v1::COUNT_BY_DEPOSIT, domain::TermsOf(*target));
  return WriteAnswer(material, standing, request,
                     [&](const domain::CitedSources& sources, services::WireWriter* writer) {
                       if (!request.include_sources()) return absl::OkStatus();
                       return domain::ForEachSource(
                           graph_, context, scope, revision, sources.Names(),
                           [writer](const graph::Node& node) { WriteSource(node, writer); });
                     });
}

}  // namespace attlas::synergy
