// GetReach: which events, activities, organizations and funds reach places, and whom nobody
// reached.
#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "graph/base/strings.h"
#include "services/cooperation/agency_parts.h"
#include "services/cooperation/cooperation_queries.h"
#include "services/cooperation/reach.h"
#include "services/domain/answer_page.h"
#include "services/domain/instrument_facts.h"
#include "services/domain/members.h"
#include "services/domain/patterns.h"
#include "services/domain/question.h"
#include "services/domain/wording.h"

namespace attlas::cooperation {
namespace {

using domain::Backward;
using domain::Forward;
using domain::NameArgument;
using domain::NameKind;
using domain::PatternFrom;
using domain::SubgraphIndex;

constexpr domain::PageSizes kPageSizes = {.by_default = 50, .at_most = 200};

// The names of a question, by where they stand.
struct Names {
  std::vector<NameArgument> all;  // The first is the state or the grouping.
  std::optional<size_t> theme;
  std::optional<size_t> instrument;

  bool is_grouping() const { return all[0].kind == NameKind::kGrouping; }
  const std::string& body() const { return all[0].name(); }
  std::string Name(const std::optional<size_t>& place) const {
    return place.has_value() ? all[*place].name() : std::string();
  }
};

absl::StatusOr<Names> NamesOf(const v1::GetReachRequest& request) {
  if (request.state().empty() == request.grouping().empty()) {
    return graph::InvalidField("state", "give either a state or a grouping");
  }
  Names names;
  ATTLAS_RETURN_IF_ERROR(
      (request.grouping().empty()
           ? AddName(NameKind::kState, "state", request.state(), &names.all)
           : AddName(NameKind::kGrouping, "grouping", request.grouping(), &names.all))
          .status());
  if (!request.theme().empty()) {
    ATTLAS_ASSIGN_OR_RETURN(names.theme,
                            AddName(NameKind::kTheme, "theme", request.theme(), &names.all));
  }
  if (!request.instrument().empty()) {
    ATTLAS_ASSIGN_OR_RETURN(names.instrument, AddName(NameKind::kInstrument, "instrument",
                                                      request.instrument(), &names.all));
  }
  return names;
}

// One call: the places, what took place, who assists, how the places stand towards the instruments
// of assistance, their memberships and, where asked for, their agencies.
void AddPatterns(const Names& names, const std::string& agency_kind,
                 graph::v1::MatchPathsRequest* request) {
  for (const NameArgument& name : names.all) {
    *request->add_patterns() = PatternFrom(name.name(), {});
  }
  const auto from_places = [&](std::vector<graph::v1::Hop> hops) {
    if (names.is_grouping()) hops.insert(hops.begin(), Backward(domain::kMemberOfGrouping));
    *request->add_patterns() = PatternFrom(names.body(), std::move(hops));
  };
  if (names.is_grouping()) from_places({});
  from_places({Forward(domain::kMemberOf)});
  from_places({Forward(domain::kActTypes), Backward(domain::kAssistsUnder)});
  AddWorkPatterns(request);
  AddAssistancePatterns(names.Name(names.theme), request);
  if (agency_kind.empty()) return;
  from_places({ToAgencies(agency_kind)});
  from_places({ToAgencies(agency_kind), Forward(domain::kHoldsRole)});
}

std::vector<std::string_view> PlacesOf(const Names& names, const SubgraphIndex& index,
                                       const domain::Reading& reading) {
  if (!names.is_grouping()) return {names.body()};
  std::vector<std::string_view> places;
  for (const graph::Edge* member : domain::MembersOf(index, names.body(), reading)) {
    places.push_back(member->from());
  }
  return places;
}

// What concerns all places, on every page.
void FillWhole(const ReachMaterial& material, std::span<const std::string_view> places,
               domain::EvidenceGatherer* evidence, v1::GetReachResponse* response) {
  response->set_total_places(static_cast<int32_t>(places.size()));
  for (std::string_view place : places) {
    if (IsReached(material, place)) continue;
    *response->add_unreached() = domain::Named(material.index, place);
  }
  for (v1::IdleOrganization& one : IdleOrganizations(material, places)) {
    *response->add_idle_organizations() = std::move(one);
  }
  for (v1::Helper& helper : HelpersOf(material, places, evidence)) {
    *response->add_helpers() = std::move(helper);
  }
  if (!material.agency_kind.empty()) {
    *response->mutable_agencies() = CountAgencies(material, places);
  }
}

std::string NamesInWords(
    const google::protobuf::RepeatedPtrField<instruments::v1::NamedNode>& nodes) {
  std::vector<std::string> names;
  for (const auto& node : nodes) names.push_back(node.display_name());
  return domain::JoinList(names);
}

std::string ExplainCounts(const v1::AgencyCounts& counts) {
  std::string text = absl::StrCat(" Agencies of the kind ", counts.kind(), ": ");
  const bool any = counts.linked() + counts.absent() > 0;
  if (!any) {
    text += "none is surely known";
  } else {
    absl::StrAppend(&text, counts.linked(), counts.linked() == 1 ? " appears" : " appear",
                    " in arms-control work, ", counts.absent(), " in none");
  }
  if (counts.left_out() > 0) {
    absl::StrAppend(&text, "; ", counts.left_out(), any ? " more" : "",
                    counts.left_out() == 1 ? " is" : " are", " named and to be checked, of which ",
                    counts.left_out_linked(),
                    counts.left_out_linked() == 1 ? " appears" : " appear", " in such work");
  }
  if (!counts.places_without().empty()) {
    absl::StrAppend(&text, "; none is known for ", NamesInWords(counts.places_without()));
  }
  return text + ".";
}

std::string Explain(const ReachMaterial& material, const v1::GetReachResponse& response) {
  std::string text;
  if (!response.has_grouping()) {
    text = response.places_size() == 1 ? response.places(0).sentence() : std::string();
  } else {
    text = absl::StrCat("Of ", domain::Count(response.total_places(), "place"), " of ",
                        response.grouping().display_name(), ", ",
                        response.total_places() - response.unreached_size(), " were reached",
                        TopicInWords(material));
    absl::StrAppend(&text, response.unreached().empty()
                               ? std::string(".")
                               : absl::StrCat("; nobody is known to have reached ",
                                              NamesInWords(response.unreached()), "."));
    if (response.has_agencies()) text += ExplainCounts(response.agencies());
  }
  return text;
}

}  // namespace

absl::StatusOr<v1::GetReachResponse> CooperationQueries::GetReach(
    const services::CallContext& context, const v1::GetReachRequest& request) const {
  WorkFilter filter;
  ATTLAS_ASSIGN_OR_RETURN(filter.dates, CheckedDates(engagement::DateRangeOf(request)));
  ATTLAS_ASSIGN_OR_RETURN(domain::Scope scope, domain::MakeScope(request.read()));
  ATTLAS_ASSIGN_OR_RETURN(
      const domain::AnswerPage page,
      domain::StartAnswerPage(page_tokens_, context, request, kPageSizes, &scope));
  ATTLAS_ASSIGN_OR_RETURN(Names names, NamesOf(request));
  ATTLAS_ASSIGN_OR_RETURN(const auto index,
                          subgraphs_.Ask(context, scope, &names.all, [&](auto* question) {
                            AddPatterns(names, request.agency_kind(), question);
                          }));
  if (!request.agency_kind().empty()) {
    ATTLAS_RETURN_IF_ERROR(terms_.Check(context, index->response().revision(), {"agency_kind"},
                                        "agency_kind", request.agency_kind()));
  }
  const std::string theme = names.Name(names.theme);
  const std::string instrument = names.Name(names.instrument);
  filter.theme = theme;
  filter.instrument = instrument;
  const std::vector<Work> works = WorksAdmitted(*index, filter, scope.reading);
  const ContactsByPlace contacts = ContactsOf(*index, works, scope.reading);
  const std::vector<Offer> offers = OffersFor(*index, theme, instrument, scope.reading);
  const std::vector<std::string_view> places = PlacesOf(names, *index, scope.reading);
  const ReachMaterial material{.index = *index,
                               .reading = scope.reading,
                               .filter = filter,
                               .works = works,
                               .contacts = contacts,
                               .offers = offers,
                               .agency_kind = request.agency_kind()};
  domain::EvidenceGatherer evidence(*index, scope);
  v1::GetReachResponse response;
  if (names.is_grouping()) domain::NameGrouping(*index, names.body(), &response);
  for (size_t i = page.offset; i < page.EndOf(places.size()); ++i) {
    *response.add_places() = PlaceReachFrom(material, places[i], &evidence);
  }
  FillWhole(material, places, &evidence, &response);
  response.set_sentence(Explain(material, response));
  evidence.NoteAllLeftOut();
  evidence.NoteSentence(engagement::kNoteOnReach);
  evidence.WriteTo(&response);
  response.set_next_page_token(
      domain::NextAnswerPage(page_tokens_, page, scope, response.revision(), places.size()));
  ATTLAS_RETURN_IF_ERROR(domain::AddSources(graph_, context, scope, request, &response));
  return response;
}

}  // namespace attlas::cooperation
