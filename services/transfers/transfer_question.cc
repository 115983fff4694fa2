#include "services/transfers/transfer_question.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "graph/base/strings.h"
#include "graph/model/date.h"
#include "services/domain/act_table.h"
#include "services/domain/instrument_facts.h"
#include "services/domain/members.h"
#include "services/domain/patterns.h"
#include "services/domain/wording.h"

namespace attlas::transfers {

using domain::NameKind;
using domain::PatternFrom;
using graph::Node;

std::string QuestionNames::Name(const std::optional<size_t>& place) const {
  return place.has_value() ? arguments[*place].name() : std::string();
}

void QuestionNames::AddPatterns(graph::v1::MatchPathsRequest* request) const {
  *request->add_patterns() = PatternFrom(instrument(), {});
  *request->add_patterns() = FromEditions({});
  if (!grouping.has_value()) return;
  *request->add_patterns() = PatternFrom(Name(grouping), {});
  *request->add_patterns() =
      PatternFrom(Name(grouping), {domain::Backward(domain::kMemberOfGrouping)});
}

graph::v1::Pattern QuestionNames::FromEditions(std::vector<graph::v1::Hop> hops) const {
  return dataset.has_value() ? PatternFrom(Name(dataset), std::move(hops))
                             : domain::PatternFromType("dataset", std::move(hops));
}

graph::v1::Hop QuestionNames::ToInstrument() const {
  return domain::To(domain::Forward(domain::kActTypes), instrument());
}

absl::StatusOr<QuestionNames> NamesOf(std::string_view instrument, std::string_view dataset) {
  QuestionNames names;
  ATTLAS_RETURN_IF_ERROR(domain::AddName(NameKind::kInstrument, "instrument",
                                         instrument.empty() ? kDefaultInstrument : instrument,
                                         &names.arguments)
                             .status());
  if (dataset.empty()) return names;
  ATTLAS_ASSIGN_OR_RETURN(
      names.dataset, domain::AddName(NameKind::kDataset, "dataset", dataset, &names.arguments));
  return names;
}

absl::Status AddState(std::string_view text, QuestionNames* names) {
  ATTLAS_ASSIGN_OR_RETURN(names->state,
                          domain::AddName(NameKind::kState, "state", text, &names->arguments));
  return absl::OkStatus();
}

absl::Status AddGrouping(std::string_view text, QuestionNames* names) {
  if (text.empty()) return absl::OkStatus();
  ATTLAS_ASSIGN_OR_RETURN(
      names->grouping, domain::AddName(NameKind::kGrouping, "grouping", text, &names->arguments));
  return absl::OkStatus();
}

absl::StatusOr<Material> MakeMaterial(services::GraphApi* graph,
                                      const services::CallContext& context,
                                      const domain::Scope& scope, const QuestionNames& names,
                                      const domain::SubgraphIndex& index,
                                      domain::EvidenceGatherer* evidence) {
  const Node* instrument = index.FindNode(names.instrument());
  if (instrument == nullptr) {
    return domain::UnknownName(graph, context, scope, names.arguments.front());
  }
  domain::NoteCoverage(std::span(&instrument, 1), scope, evidence);
  return Material{.index = index,
                  .scope = scope,
                  .instrument = *instrument,
                  .terms = domain::TermsOf(*instrument),
                  .evidence = evidence};
}

std::vector<const Node*> EditionsOf(const domain::SubgraphIndex& index) {
  std::vector<const Node*> editions;
  for (const Node* node : index.NodesOfType("dataset")) {
    if (domain::DateProperty(*node, "period_from").has_value()) editions.push_back(node);
  }
  const auto published = [](const Node* node) {
    const std::optional<graph::Date> date = domain::DateProperty(*node, "published");
    return date.has_value() ? graph::FirstDay(*date) : graph::kBeginningOfTime;
  };
  std::stable_sort(editions.begin(), editions.end(),
                   [&](const Node* a, const Node* b) { return published(a) < published(b); });
  return editions;
}

namespace {

bool IsPublished(const Material& material, const Node& edition) {
  const std::optional<graph::Date> date = domain::DateProperty(edition, "published");
  return !date.has_value() || graph::FirstDay(*date) <= material.scope.reading.day;
}

}  // namespace

std::vector<const Node*> PublishedEditions(const Material& material) {
  std::vector<const Node*> editions = EditionsOf(material.index);
  editions.erase(
      std::remove_if(editions.begin(), editions.end(),
                     [&](const Node* edition) { return !IsPublished(material, *edition); }),
      editions.end());
  return editions;
}

absl::Status NoEditionPublished(const Material& material, std::string_view field) {
  std::vector<std::string> names;
  for (const Node* edition : EditionsOf(material.index)) {
    names.push_back(absl::StrCat("`", edition->name(), "`"));
  }
  return graph::InvalidField(
      field, absl::StrCat("no edition of transfer statistics had been published by ",
                          graph::FormatDate(material.scope.as_of),
                          names.empty() ? std::string()
                                        : absl::StrCat("; there are ", domain::JoinList(names),
                                                       ", which can be named")));
}

absl::StatusOr<const Node*> ChooseEdition(const Material& material, const QuestionNames& names) {
  if (!names.dataset.has_value()) {
    const std::vector<const Node*> editions = PublishedEditions(material);
    if (editions.empty()) return NoEditionPublished(material, "dataset");
    return editions.back();
  }
  for (const Node* edition : EditionsOf(material.index)) {
    if (edition->name() == names.Name(names.dataset)) return edition;
  }
  return graph::InvalidField("dataset", absl::StrCat("`", names.Name(names.dataset),
                                                     "` is no edition of transfer statistics"));
}

v1::Edition EditionFrom(const Material& material, const Node& edition) {
  v1::Edition facts;
  *facts.mutable_dataset() = domain::Named(material.index, edition.name());
  const auto text = [&](std::string_view property) {
    return std::string(graph::TextProperty(edition.properties(), property));
  };
  facts.set_publisher(text("publisher"));
  facts.set_period(text("period"));
  facts.set_method(text("method"));
  facts.set_licence(text("licence"));
  const auto date = [&](std::string_view property, graph::Date* target) {
    if (const auto value = domain::DateProperty(edition, property)) *target = *value;
  };
  date("published", facts.mutable_published());
  date("period_from", facts.mutable_period_from());
  date("period_to", facts.mutable_period_to());
  if (!IsPublished(material, edition)) {
    material.evidence->NoteSentence(absl::StrCat(edition.display_name(), " was published in ",
                                                 graph::FormatDate(facts.published()),
                                                 ", after the date of this answer."));
  }
  return facts;
}

domain::Standing StandingOf(const Material& material, std::string_view place) {
  const Node* node = material.index.FindNode(place);
  const bool may_take_part =
      node != nullptr &&
      (node->type() == "state" || node->type() == "economy" || node->type() == "territory");
  if (!may_take_part) {
    domain::Standing none;
    none.status = instruments::v1::PARTICIPATION_STATUS_UNSPECIFIED;
    return none;
  }
  return domain::Weigh(domain::ActsBetween(material.index, place, material.instrument.name()),
                       material.scope.reading, instruments::v1::COUNT_BY_IN_FORCE, material.terms);
}

void FillStatus(const Material& material, std::string_view place,
                instruments::v1::StateStatus* status) {
  const domain::Standing standing = StandingOf(material, place);
  *status->mutable_state() = domain::Named(material.index, place);
  domain::FillStateStatus(standing, status);
  *status->mutable_evidence() = material.evidence->Use(standing.Evidence());
}

bool IsBound(instruments::v1::ParticipationStatus status) {
  switch (status) {
    case instruments::v1::PARTICIPATION_STATUS_PARTY:
    case instruments::v1::PARTICIPATION_STATUS_ENDORSER:
    case instruments::v1::PARTICIPATION_STATUS_ADDRESSED:
    case instruments::v1::PARTICIPATION_STATUS_COMMITTED_THROUGH:
      return true;
    default:
      return false;
  }
}

bool IsUnMember(const Material& material, std::string_view place) {
  const Node* node = material.index.FindNode(place);
  return node != nullptr && domain::BooleanProperty(*node, "un_member");
}

Members MembersIn(const Material& material, std::string_view grouping) {
  Members members;
  for (const graph::Edge* edge :
       domain::MembersOf(material.index, grouping, material.scope.reading)) {
    members.emplace(edge->from(), edge);
  }
  return members;
}

std::string PeriodOf(const Node& edition) {
  return std::string(graph::TextProperty(edition.properties(), "period"));
}

std::string Percent(double share) { return absl::StrFormat("%.3g%%", share); }

void NoteOnShares(const Material& material) {
  material.evidence->NoteSentence(
      "Shares are those of the edition, in its own measure and for its whole period; its goods are "
      "not exactly those of an instrument. Who takes part is read on the date of the answer: a "
      "supplier may have joined after it supplied.");
  material.evidence->NoteSentence(
      "The edition names main partners alone. What it does not name may come from, or go to, "
      "anybody.");
}

}  // namespace attlas::transfers
