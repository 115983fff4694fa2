#include "services/cooperation/decision_words.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/domain/wording.h"

namespace attlas::cooperation {
namespace {

using instruments::v1::NamedNode;

// `Department of Foreign Affairs (ATT delegation)`; the agency alone where it is by no role.
std::string WithRole(const NamedNode& agency, const NamedNode& role) {
  if (role.display_name().empty()) return agency.display_name();
  return absl::StrCat(agency.display_name(), " (", domain::LowerFirst(role.display_name()), ")");
}

}  // namespace

std::string ExplainStep(const v1::PathStep& step) {
  const std::string& from = step.from().display_name();
  const std::string& to = step.to().display_name();
  const v1::StepLink& link = step.links(0);
  const std::string& via = link.via().display_name();
  const std::string both = absl::StrCat(WithRole(step.from(), link.from_role()), " and ",
                                        WithRole(step.to(), link.to_role()));
  switch (link.ground()) {
    case v1::STEP_GROUND_ADVISES:
      return absl::StrCat(from, " advises ", to, ".");
    case v1::STEP_GROUND_COORDINATES:
      return absl::StrCat(from, " and ", to, " coordinate.");
    case v1::STEP_GROUND_SAME_ROLE:
      return absl::StrCat(from, " and ", to, " hold the same role: ", domain::LowerFirst(via), ".");
    case v1::STEP_GROUND_SAME_EVENT:
      return absl::StrCat(from, " and ", to, " both took part in ", via, ".");
    case v1::STEP_GROUND_SAME_INSTRUMENT:
      return absl::StrCat(both, " both hold roles under ", via, ".");
    case v1::STEP_GROUND_SAME_THEME:
      return absl::StrCat(both, " both work on ", domain::LowerFirst(via),
                          "; that they meet is likely, not stated.");
    default:
      return absl::StrCat("Nothing on record leads from ", from, " to ", to, "; ask ", from,
                          " how such matters reach it.");
  }
}

std::string ExplainPath(const v1::DecisionPath& path) {
  const v1::PathStep& last = path.steps(path.steps_size() - 1);
  std::string sentence =
      absl::StrCat(path.steps(0).from().display_name(), " to ", last.to().display_name(), " in ",
                   domain::Count(path.steps_size(), "step"),
                   path.recorded() ? ":" : ", one of them not recorded:");
  for (const v1::PathStep& step : path.steps()) absl::StrAppend(&sentence, " ", step.sentence());
  return sentence;
}

std::string ExplainDecision(const v1::FindDecisionPathResponse& response) {
  const std::string& from = response.from().agency().display_name();
  const std::string& state = response.state().display_name();
  std::string sentence;
  if (response.from().part() == v1::DECISION_PART_DECIDES) {
    sentence = absl::StrCat(from, " itself has a part in the decision. ");
  }
  if (response.decision_points().empty()) {
    return absl::StrCat(sentence, "No role on record says that ",
                        sentence.empty() ? "an" : "another", " agency of ", state,
                        " decides or advises on joining an instrument; name the agency to reach "
                        "to see what leads there.");
  }
  if (response.paths().empty()) {
    return absl::StrCat(sentence, "No way from ", from, " to a decision point of ", state,
                        " within the steps asked for.");
  }
  return absl::StrCat(sentence, response.paths(0).sentence());
}

}  // namespace attlas::cooperation
