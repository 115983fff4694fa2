// Ways from one agency to another, over what joins them.
//
// What: the shortest ways of at most so many steps, without a detour round a step that could be
// taken directly. Where nothing on record leads there, a way with one step that is not recorded,
// put where it is most likely to be taken: from an agency that speaks for the state on treaties.
// Complexity: bounded by kMostTries links that are looked at. Thread-safety: functions only; a
// finder views the graph that it was made with.
#ifndef ATTLAS_SERVICES_COOPERATION_AGENCY_PATHS_H_
#define ATTLAS_SERVICES_COOPERATION_AGENCY_PATHS_H_

#include <map>
#include <string_view>
#include <vector>

#include "attlas/cooperation/v1/decision_path.pb.h"
#include "services/cooperation/agency_graph.h"

namespace attlas::cooperation {

// How many links one search looks at before it gives up.
inline constexpr int kMostTries = 200'000;

struct AgencyPath {
  std::vector<std::string_view> agencies;  // From the first to the last: one more than steps.
  int length = 0;
  bool recorded = true;
};

class AgencyPathFinder {
 public:
  // `parts` are the agencies that have a part in the decision. Both outlive this.
  AgencyPathFinder(const AgencyGraph& graph,
                   const std::map<std::string_view, v1::DecisionPart>& parts)
      : graph_(graph), parts_(parts) {}

  // Recorded ways, shortest first, at most `most_paths`; none where there is none.
  std::vector<AgencyPath> FindRecorded(std::string_view from, std::string_view to, int max_steps,
                                       int most_paths);
  // The best way with exactly one step that is not recorded; none within no steps.
  std::vector<AgencyPath> FindWithGap(std::string_view from, std::string_view to, int max_steps);

  // Whether a search gave up.
  bool gave_up() const { return gave_up_; }

 private:
  // A way that is being made: where it has come to, and from which other one.
  struct Place {
    std::string_view agency;
    int before = -1;  // The place it came from; -1 at the start.
    int steps = 0;
    int length = 0;
    bool has_gap = false;
  };
  struct Aim {
    std::string_view to;
    int max_steps;
    int most_paths;
    bool with_gap;
  };

  std::vector<AgencyPath> Search(std::string_view from, const Aim& aim);
  // The places that follow; those that are worth it are appended to `places_`.
  void Extend(int place, const Aim& aim);
  void TryGaps(int place, const Aim& aim);
  bool IsOnTheWay(int place, std::string_view agency) const;
  bool IsDetour(int place, std::string_view next, int length) const;
  int GapLength(std::string_view from, std::string_view next, std::string_view to) const;
  AgencyPath PathTo(int place) const;

  const AgencyGraph& graph_;
  const std::map<std::string_view, v1::DecisionPart>& parts_;
  std::vector<Place> places_;
  int tries_ = 0;
  bool gave_up_ = false;
};

}  // namespace attlas::cooperation

#endif  // ATTLAS_SERVICES_COOPERATION_AGENCY_PATHS_H_
