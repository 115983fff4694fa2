// FindDecisionPath: which way leads from a contact to where joining is decided.

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "services/cooperation/agency_graph.h"
#include "services/cooperation/agency_paths.h"
#include "services/cooperation/agency_roles.h"
#include "services/cooperation/cooperation_queries.h"
#include "services/cooperation/decision_words.h"
#include "services/domain/evidence.h"
#include "services/domain/instrument_facts.h"
#include "services/domain/patterns.h"
#include "services/domain/question.h"
#include "services/domain/wording.h"

namespace attlas::cooperation {
namespace {

using domain::Backward;
using domain::EvidenceGatherer;
using domain::Forward;
using domain::NameArgument;
using domain::NameKind;
using domain::Scope;
using domain::SubgraphIndex;
using graph::Edge;
using graph::v1::Hop;

constexpr int kDefaultSteps = 4;
constexpr int kMostSteps = 8;
constexpr int kDefaultPaths = 3;
constexpr int kMostPaths = 10;
constexpr int kMostDecisionPoints = 10;
constexpr int kMostLinksOfAStep = 8;

// A bound of the request: `by_default` where it is not set.
absl::StatusOr<int> BoundOf(std::string_view field, int asked, int by_default, int at_most) {
  if (asked < 0) return graph::InvalidField(field, "must not be below 0");
  return asked == 0 ? by_default : std::min(asked, at_most);
}

// One call: the agencies of the contact's state, what they hold, attended and are said to do.
void AddPatterns(const std::vector<NameArgument>& names, graph::v1::MatchPathsRequest* request) {
  const std::vector<Hop> agencies = {Forward(domain::kAgencyOf), Backward(domain::kAgencyOf)};
  const std::string& from = names[0].name();
  *request->add_patterns() = domain::PatternFrom(domain::ChosenNames(names), {});
  AddAgencyPatterns(from, agencies, request);
  AddThemePattern(from, agencies, request);
  AddEngagementPattern(from, agencies, request);
  AddStatedPattern(from, agencies, request);
}

v1::DecisionPart PartNamed(std::string_view part) {
  if (part == kDecides) return v1::DECISION_PART_DECIDES;
  if (part == kAdvisesOn) return v1::DECISION_PART_ADVISES;
  if (part == kRepresents) return v1::DECISION_PART_REPRESENTS;
  return part == kCoordinates ? v1::DECISION_PART_COORDINATES : v1::DECISION_PART_UNSPECIFIED;
}

// The agencies that have a part in the decision, with the first that applies.
std::map<std::string_view, v1::DecisionPart> PartsOf(const SubgraphIndex& index,
                                                     const StateAgencies& agencies) {
  std::map<std::string_view, v1::DecisionPart> parts;
  for (const Agency& agency : agencies.all()) {
    const auto take = [&](v1::DecisionPart part) {
      if (part == v1::DECISION_PART_UNSPECIFIED) return;
      const auto [place, added] = parts.emplace(agency.name, part);
      if (!added) place->second = std::min(place->second, part);
    };
    for (const HeldRole& held : agency.roles) take(PartNamed(PartOf(index, held.role())));
    if (KindOf(index, agency.name) == kCoordinationBody) take(v1::DECISION_PART_COORDINATES);
  }
  return parts;
}

// Makes the parts of the answer one by one.
class DecisionMaker {
 public:
  DecisionMaker(const SubgraphIndex& index, const Scope& scope, std::string_view state,
                const std::vector<NameArgument>& names, v1::FindDecisionPathResponse* response)
      : index_(index),
        names_(names),
        from_(names[0].name()),
        agencies_(index, state, scope.reading, names),
        graph_(index, agencies_, scope.reading),
        parts_(PartsOf(index, agencies_)),
        evidence_(index, scope),
        response_(response) {
    evidence_.NoteAllLeftOut();
    *response_->mutable_state() = domain::Named(index, state);
    for (const Agency& agency : agencies_.all()) by_name_[agency.name] = &agency;
    NoteUnsure(scope);
  }

  void AddAgencies() {
    FillAgency(from_, response_->mutable_from());
    std::vector<std::string_view> points;
    if (names_.size() > 1) {
      points.push_back(names_[1].name());
    } else {
      points = WithPart(v1::DECISION_PART_DECIDES);
      if (points.empty()) points = WithPart(v1::DECISION_PART_ADVISES);
    }
    if (points.size() > kMostDecisionPoints) {
      points.resize(kMostDecisionPoints);
      truncated_ = true;
    }
    for (std::string_view point : points) FillAgency(point, response_->add_decision_points());
    for (const v1::DecisionPart part :
         {v1::DECISION_PART_REPRESENTS, v1::DECISION_PART_COORDINATES}) {
      for (std::string_view agency : WithPart(part)) {
        if (std::find(points.begin(), points.end(), agency) != points.end()) continue;
        FillAgency(agency, response_->add_mediators());
      }
    }
  }

  void AddPaths(int max_steps, int most_paths) {
    std::vector<AgencyPath> paths;
    AgencyPathFinder finder(graph_, parts_);
    for (const v1::DecisionAgency& point : response_->decision_points()) {
      const std::string_view to = by_name_.find(point.agency().name())->first;
      std::vector<AgencyPath> found = finder.FindRecorded(from_, to, max_steps, most_paths);
      truncated_ = truncated_ || finder.gave_up();
      if (found.empty()) found = finder.FindWithGap(from_, to, max_steps);
      truncated_ = truncated_ || finder.gave_up();
      paths.insert(paths.end(), found.begin(), found.end());
    }
    std::stable_sort(paths.begin(), paths.end(), [](const AgencyPath& a, const AgencyPath& b) {
      return std::pair(!a.recorded, a.length) < std::pair(!b.recorded, b.length);
    });
    for (const AgencyPath& path : paths) FillPath(path, response_->add_paths());
  }

  void Finish() {
    if (index_.OfType(kAdvises).empty() && index_.OfType(kCoordinatesWith).empty()) {
      evidence_.NoteSentence(absl::StrCat(
          "No statement says that an agency of ", response_->state().display_name(),
          " advises another or coordinates with it; the steps rest on what agencies have in "
          "common, and who in fact brings a matter forward must be asked."));
    }
    response_->set_sentence(ExplainDecision(*response_));
    evidence_.WriteTo(response_);
    if (!truncated_ && !graph_.truncated()) return;
    response_->set_truncated(true);
    response_->add_reached_bounds(graph::v1::BOUND_RESULTS);
  }

 private:
  // Agencies that are named are taken as such whatever the confidence; that is told.
  void NoteUnsure(const Scope& scope) {
    for (const NameArgument& name : names_) {
      const auto agency = by_name_.find(name.name());
      if (agency == by_name_.end() || scope.reading.Counts(*agency->second->agency_of)) continue;
      evidence_.NoteSentence(absl::StrCat("That ", std::string(index_.DisplayName(name.name())),
                                          " is an agency of ", response_->state().display_name(),
                                          " is less sure than the statements that are used."));
    }
  }

  std::vector<std::string_view> WithPart(v1::DecisionPart part) const {
    std::vector<std::string_view> agencies;
    for (const auto& [agency, its_part] : parts_) {
      if (its_part == part && agency != from_) agencies.push_back(agency);
    }
    return agencies;
  }

  void FillAgency(std::string_view name, v1::DecisionAgency* row) {
    *row->mutable_agency() = domain::Named(index_, name);
    row->set_kind(KindOf(index_, name));
    if (const auto part = parts_.find(name); part != parts_.end()) row->set_part(part->second);
    const Agency& agency = *by_name_.at(name);
    std::vector<const Edge*> path = {agency.agency_of};
    for (const HeldRole& held : agency.roles) {
      AddRole(index_, held.role(), row->mutable_roles());
      path.push_back(held.holds);
    }
    *row->mutable_evidence() = evidence_.Use(path);
  }

  void FillPath(const AgencyPath& path, v1::DecisionPath* row) {
    row->set_recorded(path.recorded);
    for (size_t i = 1; i < path.agencies.size(); ++i) {
      FillStep(path.agencies[i - 1], path.agencies[i], row->add_steps());
    }
    row->set_sentence(ExplainPath(*row));
  }

  void FillStep(std::string_view from, std::string_view to, v1::PathStep* step) {
    *step->mutable_from() = domain::Named(index_, from);
    *step->mutable_to() = domain::Named(index_, to);
    const AgencyGraph::Links& all = graph_.LinksOf(from);
    if (const auto links = all.find(to); links != all.end()) {
      step->set_recorded(true);
      step->set_confidence(domain::LowestConfidence(links->second.front().edges));
      for (const AgencyLink& link : links->second) {
        if (step->links_size() == kMostLinksOfAStep) break;
        FillLink(link, step->add_links());
      }
    } else {
      step->add_links()->set_ground(v1::STEP_GROUND_NOT_RECORDED);
    }
    step->set_sentence(ExplainStep(*step));
  }

  void FillLink(const AgencyLink& link, v1::StepLink* row) {
    row->set_ground(link.ground);
    if (!link.via.empty()) *row->mutable_via() = domain::Named(index_, link.via);
    if (!link.from_role.empty()) *row->mutable_from_role() = domain::Named(index_, link.from_role);
    if (!link.to_role.empty()) *row->mutable_to_role() = domain::Named(index_, link.to_role);
    *row->mutable_evidence() = evidence_.Use(link.edges);
  }

  const SubgraphIndex& index_;
  const std::vector<NameArgument>& names_;
  const std::string_view from_;
  const StateAgencies agencies_;
  const AgencyGraph graph_;
  const std::map<std::string_view, v1::DecisionPart> parts_;
  std::map<std::string_view, const Agency*> by_name_;
  EvidenceGatherer evidence_;
  v1::FindDecisionPathResponse* const response_;
  bool truncated_ = false;
};

// The state of the contact; the agency to reach must be of the same.
absl::StatusOr<std::string_view> CommonState(const SubgraphIndex& index,
                                             const std::vector<NameArgument>& names) {
  const auto states = index.Out(names[0].name(), domain::kAgencyOf);
  if (states.empty()) {
    return graph::InvalidField("from", "no statement says of which state it is an agency");
  }
  const std::string_view state = states.front()->to();
  if (names.size() < 2) return state;
  if (names[0].name() == names[1].name()) {
    return graph::InvalidField("to", "is the agency where the contact is; name another one");
  }
  const auto agencies = index.In(state, domain::kAgencyOf);
  if (std::none_of(agencies.begin(), agencies.end(),
                   [&](const Edge* edge) { return edge->from() == names[1].name(); })) {
    return graph::InvalidField(
        "to", absl::StrCat("`", names[1].name(), "` is no agency of `", std::string(state),
                           "`, where the contact is; a path stays within one state"));
  }
  return state;
}

}  // namespace

absl::StatusOr<v1::FindDecisionPathResponse> CooperationQueries::FindDecisionPath(
    const services::CallContext& context, const v1::FindDecisionPathRequest& request) const {
  ATTLAS_ASSIGN_OR_RETURN(const Scope scope, domain::MakeScope(request.read()));
  ATTLAS_ASSIGN_OR_RETURN(const int max_steps,
                          BoundOf("max_steps", request.max_steps(), kDefaultSteps, kMostSteps));
  ATTLAS_ASSIGN_OR_RETURN(const int most_paths,
                          BoundOf("max_paths", request.max_paths(), kDefaultPaths, kMostPaths));
  std::vector<NameArgument> names;
  ATTLAS_RETURN_IF_ERROR(
      domain::AddName(NameKind::kAgency, "from", request.from(), &names).status());
  if (!request.to().empty()) {
    ATTLAS_RETURN_IF_ERROR(domain::AddName(NameKind::kAgency, "to", request.to(), &names).status());
  }
  ATTLAS_ASSIGN_OR_RETURN(const auto index,
                          subgraphs_.Ask(context, scope, &names,
                                         [&](auto* question) { AddPatterns(names, question); }));
  ATTLAS_ASSIGN_OR_RETURN(const std::string_view state, CommonState(*index, names));
  v1::FindDecisionPathResponse response;
  DecisionMaker maker(*index, scope, state, names, &response);
  maker.AddAgencies();
  maker.AddPaths(max_steps, most_paths);
  maker.Finish();
  ATTLAS_RETURN_IF_ERROR(domain::AddSources(graph_, context, scope, request, &response));
  return response;
}

}  // namespace attlas::cooperation
