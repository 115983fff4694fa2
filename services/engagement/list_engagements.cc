// ListEngagements and GetEngagement: whom the work reached.
#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "graph/base/strings.h"
#include "graph/model/name.h"
#include "services/domain/answer_page.h"
#include "services/domain/instrument_facts.h"
#include "services/domain/members.h"
#include "services/domain/patterns.h"
#include "services/domain/question.h"
#include "services/domain/wording.h"
#include "services/engagement/engagement_queries.h"
#include "services/engagement/engagements.h"

namespace attlas::engagement {
namespace {

using domain::NameArgument;
using domain::NameKind;
using domain::Scope;
using domain::SubgraphIndex;
using graph::Edge;

constexpr domain::PageSizes kPageSizes = {.by_default = 50, .at_most = 500};

// A filter by name: where it stands among the names of the question.
struct NamedFilters {
  std::vector<NameArgument> names;
  std::optional<size_t> state;
  std::optional<size_t> theme;
  std::optional<size_t> instrument;
  std::optional<size_t> grouping;
  std::optional<size_t> organization;

  std::string_view Name(const std::optional<size_t>& place) const {
    return place.has_value() ? std::string_view(names[*place].name()) : std::string_view();
  }
};

absl::StatusOr<NamedFilters> NamesOf(const v1::ListEngagementsRequest& request) {
  NamedFilters filters;
  const auto add = [&](NameKind kind, std::string_view field, const std::string& text,
                       std::optional<size_t>* place) -> absl::Status {
    if (text.empty()) return absl::OkStatus();
    ATTLAS_ASSIGN_OR_RETURN(*place, AddName(kind, field, text, &filters.names));
    return absl::OkStatus();
  };
  ATTLAS_RETURN_IF_ERROR(add(NameKind::kState, "state", request.state(), &filters.state));
  ATTLAS_RETURN_IF_ERROR(add(NameKind::kTheme, "theme", request.theme(), &filters.theme));
  ATTLAS_RETURN_IF_ERROR(
      add(NameKind::kInstrument, "instrument", request.instrument(), &filters.instrument));
  ATTLAS_RETURN_IF_ERROR(
      add(NameKind::kGrouping, "grouping", request.grouping(), &filters.grouping));
  ATTLAS_RETURN_IF_ERROR(
      add(NameKind::kOrganization, "organization", request.organization(), &filters.organization));
  return filters;
}

// What a request asks of an engagement, with names resolved.
class Filter {
 public:
  Filter(const v1::ListEngagementsRequest& request, const NamedFilters& names,
         const SubgraphIndex& index, const domain::Reading& reading)
      : request_(request), names_(names), index_(index), dates_(DateRangeOf(request)) {
    if (!names.grouping.has_value()) return;
    for (const Edge* edge : index.In(names.Name(names.grouping), domain::kMemberOfGrouping)) {
      if (reading.Counts(*edge)) members_.insert(edge->from());
    }
  }

  bool Admits(const Work& work, const std::set<std::string_view>& reached) const {
    if (request_.kind() != v1::ENGAGEMENT_KIND_UNSPECIFIED && request_.kind() != work.kind) {
      return false;
    }
    if (!request_.term().empty() &&
        graph::TextProperty(work.node->properties(), "kind") != request_.term()) {
      return false;
    }
    return dates_.Covers(work.start) && Reached(work, reached) &&
           work.IsAbout(names_.Name(names_.theme)) &&
           work.IsAbout(names_.Name(names_.instrument)) && Involves(work);
  }

  const std::set<std::string_view>& members() const { return members_; }

 private:
  // Of outputs: those that are about the state, or a state of the grouping.
  bool Reached(const Work& work, const std::set<std::string_view>& reached) const {
    const auto about = [&](std::string_view name) {
      return work.kind == v1::ENGAGEMENT_KIND_OUTPUT &&
             std::any_of(work.participants.begin(), work.participants.end(),
                         [&](const Edge* edge) { return work.OtherEnd(*edge) == name; });
    };
    const std::string_view state = names_.Name(names_.state);
    if (!state.empty() && !reached.contains(state) && !about(state)) return false;
    if (!names_.grouping.has_value()) return true;
    return about(names_.Name(names_.grouping)) ||
           std::any_of(members_.begin(), members_.end(), [&](std::string_view member) {
             return reached.contains(member) || about(member);
           });
  }

  bool Involves(const Work& work) const {
    bool organization = !names_.organization.has_value();
    bool agency = request_.agency_kind().empty();
    for (const auto* list : {&work.organizers, &work.participants}) {
      for (const Edge* edge : *list) {
        const std::string_view name = work.OtherEnd(*edge);
        organization = organization || name == names_.Name(names_.organization);
        agency = agency || AgencyKind(index_, name) == request_.agency_kind();
      }
    }
    return organization && agency;
  }

  const v1::ListEngagementsRequest& request_;
  const NamedFilters& names_;
  const SubgraphIndex& index_;
  const DateRange dates_;
  std::set<std::string_view> members_;
};

std::string SentenceOf(const v1::ListEngagementsResponse& response, const SubgraphIndex& index,
                       const NamedFilters& names, size_t members) {
  std::string sentence =
      absl::StrCat(response.total() == 0 ? "No" : absl::StrCat(response.total()),
                   response.total() == 1 ? " engagement is" : " engagements are", " held here");
  if (names.state.has_value()) {
    absl::StrAppend(&sentence, " that reached or concern ",
                    graph::ToAbsl(index.DisplayName(names.Name(names.state))));
  }
  absl::StrAppend(&sentence, "; ", response.reached_states(), " states took part");
  if (names.grouping.has_value()) {
    absl::StrAppend(&sentence, ". Of the ", members, " members of ",
                    graph::ToAbsl(index.DisplayName(names.Name(names.grouping))), ", ",
                    response.unreached_states_size(), " took part in none");
  }
  return sentence + ".";
}

absl::Status CheckRequest(const v1::ListEngagementsRequest& request) {
  if (request.has_from_date()) {
    ATTLAS_RETURN_IF_ERROR(domain::CheckDate(request.from_date(), "from_date"));
  }
  if (request.has_to_date()) {
    ATTLAS_RETURN_IF_ERROR(domain::CheckDate(request.to_date(), "to_date"));
  }
  if (v1::EngagementKind_IsValid(request.kind())) return absl::OkStatus();
  return graph::InvalidField("kind", "is not a kind of engagement that this version knows");
}

// The words of the ontology that a request gives, as of the revision that was read.
absl::Status CheckTerms(const services::CallContext& context,
                        const v1::ListEngagementsRequest& request, std::string_view revision,
                        domain::TermsCache* terms) {
  if (!request.term().empty()) {
    ATTLAS_RETURN_IF_ERROR(terms->Check(context, revision,
                                        {"event_kind", "activity_kind", "evidence_kind"}, "term",
                                        request.term()));
  }
  if (request.agency_kind().empty()) return absl::OkStatus();
  return terms->Check(context, revision, {"agency_kind"}, "agency_kind", request.agency_kind());
}

}  // namespace

absl::StatusOr<v1::ListEngagementsResponse> EngagementQueries::ListEngagements(
    const services::CallContext& context, const v1::ListEngagementsRequest& request) const {
  ATTLAS_RETURN_IF_ERROR(CheckRequest(request));
  ATTLAS_ASSIGN_OR_RETURN(Scope scope, domain::MakeScope(request.read()));
  ATTLAS_ASSIGN_OR_RETURN(
      const domain::AnswerPage page,
      domain::StartAnswerPage(*page_tokens_, context, request, kPageSizes, &scope));
  ATTLAS_ASSIGN_OR_RETURN(NamedFilters names, NamesOf(request));
  ATTLAS_ASSIGN_OR_RETURN(
      const auto index, subgraphs_.Ask(context, scope, &names.names, [&](auto* question) {
        for (graph::v1::Pattern& pattern : EngagementPatterns()) {
          *question->add_patterns() = std::move(pattern);
        }
        for (const NameArgument& name : names.names) {
          *question->add_patterns() = domain::PatternFrom(name.name(), {});
        }
        if (names.grouping.has_value()) {
          *question->add_patterns() =
              domain::PatternFrom(std::string(names.Name(names.grouping)),
                                  {domain::Backward(domain::kMemberOfGrouping)});
        }
      }));
  ATTLAS_RETURN_IF_ERROR(CheckTerms(context, request, index->response().revision(), &terms_));
  domain::EvidenceGatherer evidence(*index, scope);
  const Filter filter(request, names, *index, scope.reading);
  std::vector<Work> works;
  std::set<std::string_view> all_reached;
  for (Work& work : WorksOf(*index, scope.reading)) {
    const std::set<std::string_view> reached = StatesReached(*index, work);
    if (!filter.Admits(work, reached)) continue;
    all_reached.insert(reached.begin(), reached.end());
    works.push_back(std::move(work));
  }
  v1::ListEngagementsResponse response;
  response.set_total(static_cast<int32_t>(works.size()));
  response.set_reached_states(static_cast<int32_t>(all_reached.size()));
  for (std::string_view member : filter.members()) {
    if (all_reached.contains(member)) continue;
    *response.add_unreached_states() = domain::Named(*index, member);
  }
  for (size_t i = page.offset; i < page.EndOf(works.size()); ++i) {
    *response.add_engagements() = EngagementFrom(*index, works[i], &evidence);
  }
  domain::NameGrouping(*index, names.Name(names.grouping), &response);
  response.set_sentence(SentenceOf(response, *index, names, filter.members().size()));
  evidence.NoteAllLeftOut();
  evidence.NoteSentence(kNoteOnReach);
  evidence.WriteTo(&response);
  response.set_next_page_token(
      domain::NextAnswerPage(*page_tokens_, page, scope, response.revision(), works.size()));
  ATTLAS_RETURN_IF_ERROR(domain::AddSources(graph_, context, scope, request, &response));
  return response;
}

absl::StatusOr<v1::GetEngagementResponse> EngagementQueries::GetEngagement(
    const services::CallContext& context, const v1::GetEngagementRequest& request) const {
  ATTLAS_ASSIGN_OR_RETURN(const Scope scope, domain::MakeScope(request.read()));
  const auto name = graph::ParseResourceName(request.name());
  if (!name.ok() || (name->collection != "events" && name->collection != "activities" &&
                     name->collection != "evidence")) {
    return graph::InvalidField(
        "name",
        "does not name an engagement; write `events/<id>`, `activities/<id>` or "
        "`evidence/<id>`");
  }
  std::vector<NameArgument> none;
  const auto asked = subgraphs_.Ask(context, scope, &none, [&](auto* question) {
    for (graph::v1::Pattern& pattern : EngagementPatterns({request.name()})) {
      *question->add_patterns() = std::move(pattern);
    }
  });
  if (!asked.ok()) return domain::BlameField("name", asked.status());
  const domain::SubgraphIndex& index = **asked;
  // One that is still to come is shown as well: it was asked for by name.
  domain::EvidenceGatherer evidence(index, scope);
  const std::vector<Work> works = WorksOf(index, scope.reading.On(graph::kEndOfTime));
  const auto work = std::find_if(works.begin(), works.end(), [&](const Work& one) {
    return one.node->name() == request.name();
  });
  if (work == works.end()) {
    return domain::BlameField("name", graph::ResourceNotFound(request.name()));
  }
  v1::GetEngagementResponse response;
  *response.mutable_engagement() = EngagementFrom(index, *work, &evidence);
  evidence.NoteAllLeftOut();
  evidence.WriteTo(&response);
  ATTLAS_RETURN_IF_ERROR(domain::AddSources(graph_, context, scope, request, &response));
  return response;
}

}  // namespace attlas::engagement
