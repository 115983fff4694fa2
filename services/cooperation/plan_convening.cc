// PlanConvening: whom to bring together on a theme, with which evidence, and what clashes.
#include <algorithm>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "services/cooperation/agency_parts.h"
#include "services/cooperation/convening.h"
#include "services/cooperation/cooperation_queries.h"
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

constexpr int kDefaultMargin = 14;
constexpr int kWidest = 366;  // Of the margin, and of the meeting.
constexpr char kNoteOnEvents[] =
    "Clashes are with events that are held here; look into the calendars of the organizations as "
    "well.";

absl::Status CheckDay(const graph::Date& date, std::string_view field) {
  ATTLAS_RETURN_IF_ERROR(domain::CheckDate(date, field));
  if (date.day() != 0) return absl::OkStatus();
  return graph::InvalidField(field, "must name a day, such as 2026-12-01");
}

absl::StatusOr<MeetingDays> DaysOf(const v1::PlanConveningRequest& request) {
  if (!request.has_start_date()) return graph::InvalidField("start_date", "is required");
  ATTLAS_RETURN_IF_ERROR(CheckDay(request.start_date(), "start_date"));
  MeetingDays days;
  days.first = days.last = graph::FirstDay(request.start_date());
  if (request.has_end_date()) {
    ATTLAS_RETURN_IF_ERROR(CheckDay(request.end_date(), "end_date"));
    days.last = graph::FirstDay(request.end_date());
    if (days.last < days.first) return graph::InvalidField("end_date", "lies before start_date");
    if (days.last - days.first > kWidest) {
      return graph::InvalidField("end_date", "lies more than 366 days after start_date");
    }
  }
  if (request.margin_days() < 0 || request.margin_days() > kWidest) {
    return graph::InvalidField("margin_days", absl::StrCat("must lie between 1 and ", kWidest,
                                                           "; 0 is read as ", kDefaultMargin));
  }
  days.margin = request.margin_days() == 0 ? kDefaultMargin : request.margin_days();
  return days;
}

// One call: the places with their agencies, roles, memberships and concerns; every event, activity
// and publication; who works on the theme.
void AddPatterns(const std::string& theme, const std::string& grouping,
                 graph::v1::MatchPathsRequest* request) {
  const graph::v1::Hop members = Backward(domain::kMemberOfGrouping);
  *request->add_patterns() = PatternFrom(std::vector<std::string>{theme, grouping}, {});
  *request->add_patterns() = PatternFrom(grouping, {members});
  *request->add_patterns() = PatternFrom(grouping, {members, ToAgencies()});
  *request->add_patterns() =
      PatternFrom(grouping, {members, ToAgencies(), Forward(domain::kHoldsRole)});
  *request->add_patterns() = PatternFrom(grouping, {members, Forward(domain::kMemberOf)});
  *request->add_patterns() = PatternFrom(grouping, {members, Forward(domain::kVoiced)});
  *request->add_patterns() = PatternFrom(
      grouping, {members, Forward(domain::kMemberOfGrouping), Forward(domain::kVoiced)});
  *request->add_patterns() = PatternFrom(theme, {Backward(domain::kRoleServes)});
  *request->add_patterns() = PatternFrom(theme, {Backward(domain::kWorksOn)});
  for (graph::v1::Pattern& pattern : engagement::EngagementPatterns()) {
    *request->add_patterns() = std::move(pattern);
  }
}

// The events and activities on or near the days, by date; also those that are still to come.
std::vector<ClashFacts> FindClashes(std::span<const Work> works, const MeetingDays& days) {
  std::vector<ClashFacts> clashes;
  for (const Work& work : works) {
    if (work.kind == engagement::v1::ENGAGEMENT_KIND_OUTPUT) continue;
    const v1::ClashKind kind = ClashOf(work, days);
    if (kind != v1::CLASH_KIND_UNSPECIFIED) clashes.push_back({.work = &work, .kind = kind});
  }
  std::reverse(clashes.begin(), clashes.end());  // Works come latest first.
  return clashes;
}

ContactsByPlace ContactsDuring(const SubgraphIndex& index, std::span<const ClashFacts> clashes,
                               std::vector<Work>* works, const domain::Reading& reading) {
  for (const ClashFacts& clash : clashes) works->push_back(*clash.work);
  return ContactsOf(index, *works, reading);
}

// Keeps the concerns that a publication bears on.
void KeepAddressed(std::span<const v1::EvidenceToTable> publications, ConcernTable* concerns) {
  std::set<std::string_view> addressed;
  for (const v1::EvidenceToTable& one : publications) {
    for (const auto& concern : one.concerns()) addressed.insert(concern.name());
  }
  std::erase_if(*concerns, [&](const auto& entry) { return !addressed.contains(entry.first); });
}

void FillFrame(const SubgraphIndex& index, const std::vector<NameArgument>& names,
               const v1::PlanConveningRequest& request, v1::PlanConveningResponse* response) {
  *response->mutable_theme() = domain::Named(index, names[0].name());
  domain::NameGrouping(index, names[1].name(), response);
  *response->mutable_start_date() = request.start_date();
  *response->mutable_end_date() =
      request.has_end_date() ? request.end_date() : request.start_date();
}

void FillPlan(const ConveningMaterial& material, domain::EvidenceGatherer* evidence,
              v1::PlanConveningResponse* response) {
  for (std::string_view place : material.places) {
    v1::Invitee* invitee = response->add_invitees();
    *invitee = InviteeFrom(material, place, evidence);
    if (invitee->gender_equality_office() == v1::GENDER_EQUALITY_OFFICE_NONE_KNOWN) {
      *response->add_without_gender_equality_office() = invitee->place();
    }
  }
  for (v1::ConvenedOrganization& one : ConvenedOrganizations(material, evidence)) {
    *response->add_organizations() = std::move(one);
  }
  for (v1::Clash& clash : ClashesFrom(material, evidence)) {
    *response->add_clashes() = std::move(clash);
  }
}

std::string Explain(const v1::PlanConveningResponse& response) {
  int offices = 0;
  int to_check = 0;
  for (const v1::Invitee& invitee : response.invitees()) {
    offices += invitee.invitations_size();
    if (invitee.gender_equality_office() == v1::GENDER_EQUALITY_OFFICE_TO_BE_CHECKED) ++to_check;
  }
  const auto overlapping =
      std::count_if(response.clashes().begin(), response.clashes().end(),
                    [](const auto& clash) { return clash.kind() != v1::CLASH_KIND_NEAR; });
  std::string text = absl::StrCat(
      response.theme().display_name(), ", ", response.grouping().display_name(), ": ",
      domain::Count(response.invitees_size(), "place"), " with ", domain::Count(offices, "office"),
      ", ", domain::Count(response.organizations_size(), "organization"), " and ",
      domain::Count(response.evidence_to_table_size(), "publication"), "; ",
      domain::Count(static_cast<int>(overlapping), "known event"), " on the same days. ");
  const int none = response.without_gender_equality_office_size();
  absl::StrAppend(&text, "An office for gender equality is known for ",
                  response.invitees_size() - none - to_check, ", named and to be checked for ",
                  to_check, ", not known for ", none, ".");
  return text;
}

}  // namespace

absl::StatusOr<v1::PlanConveningResponse> CooperationQueries::PlanConvening(
    const services::CallContext& context, const v1::PlanConveningRequest& request) const {
  ATTLAS_ASSIGN_OR_RETURN(const MeetingDays days, DaysOf(request));
  ATTLAS_ASSIGN_OR_RETURN(const domain::Scope scope, domain::MakeScope(request.read()));
  std::vector<NameArgument> names;
  ATTLAS_RETURN_IF_ERROR(AddName(NameKind::kTheme, "theme", request.theme(), &names).status());
  ATTLAS_RETURN_IF_ERROR(
      AddName(NameKind::kGrouping, "grouping", request.grouping(), &names).status());
  ATTLAS_ASSIGN_OR_RETURN(const auto index,
                          subgraphs_.Ask(context, scope, &names, [&](auto* question) {
                            AddPatterns(names[0].name(), names[1].name(), question);
                          }));
  std::vector<std::string_view> places;
  for (const graph::Edge* member : domain::MembersOf(*index, names[1].name(), scope.reading)) {
    places.push_back(member->from());
  }
  domain::EvidenceGatherer evidence(*index, scope);
  WorkFilter filter;
  filter.theme = names[0].name();
  const std::vector<Work> ever = engagement::WorksOf(*index, scope.reading.On(graph::kEndOfTime));
  const std::span<const Work> all = engagement::WorksBegunBy(ever, scope.reading.day);
  const std::vector<Work> past = WorksAdmitted(all, filter);
  const ContactsByPlace contacts = ContactsOf(*index, past, scope.reading);
  const std::vector<ClashFacts> clashes = FindClashes(ever, days);
  std::vector<Work> clashing;
  const ContactsByPlace busy = ContactsDuring(*index, clashes, &clashing, scope.reading);
  ConcernTable concerns = ConcernsOf(*index, places, scope.reading);
  v1::PlanConveningResponse response;
  const std::vector<v1::EvidenceToTable> publications =
      EvidenceFor(*index, all, filter.theme, concerns, &evidence);
  KeepAddressed(publications, &concerns);
  *response.mutable_evidence_to_table() = {publications.begin(), publications.end()};
  const ConveningMaterial material{.index = *index,
                                   .reading = scope.reading,
                                   .filter = filter,
                                   .past = past,
                                   .contacts = contacts,
                                   .clashes = clashes,
                                   .busy = busy,
                                   .places = places,
                                   .concerns = concerns};
  FillFrame(*index, names, request, &response);
  FillPlan(material, &evidence, &response);
  response.set_sentence(Explain(response));
  evidence.NoteAllLeftOut();
  evidence.NoteSentence(engagement::kNoteOnReach);
  evidence.NoteSentence(kNoteOnEvents);
  evidence.WriteTo(&response);
  ATTLAS_RETURN_IF_ERROR(domain::AddSources(graph_, context, scope, request, &response));
  return response;
}

}  // namespace attlas::cooperation
