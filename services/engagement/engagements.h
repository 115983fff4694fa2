// Events, activities and outputs with those who took part, from the statements about them.
//
// Thread-safety: functions and plain values, which view their index.
//
// Example:
//   *question->add_patterns() … = EngagementPatterns();
//   for (const Work& work : WorksOf(*index, scope)) … EngagementFrom(*index, work, &evidence)
#ifndef ATTLAS_SERVICES_ENGAGEMENT_ENGAGEMENTS_H_
#define ATTLAS_SERVICES_ENGAGEMENT_ENGAGEMENTS_H_

#include <optional>
#include <set>
#include <span>
#include <string_view>
#include <vector>

#include "attlas/engagement/v1/engagement.pb.h"
#include "services/domain/evidence.h"
#include "services/domain/scope.h"
#include "services/domain/subgraph_index.h"

namespace attlas::engagement {

// What a reader must know of every answer that says who was reached.
inline constexpr char kNoteOnReach[] =
    "Engagements show where this collection looked as well as where work happened; a state that "
    "took part in none of them may have been reached by others.";

// The days from `from` on and before `to`; either end may be open.
struct DateRange {
  std::optional<graph::Date> from;
  std::optional<graph::Date> to;

  // Whether a day lies within; one that is not known lies within no limit alone.
  bool Covers(const std::optional<graph::Date>& date) const;
};
// That of a request with `from_date` and `to_date`, unchecked.
template <typename Request>
DateRange DateRangeOf(const Request& request) {
  DateRange range;
  if (request.has_from_date()) range.from = request.from_date();
  if (request.has_to_date()) range.to = request.to_date();
  return range;
}

// One engagement and the statements about it that count.
struct Work {
  const graph::Node* node = nullptr;
  v1::EngagementKind kind = v1::ENGAGEMENT_KIND_UNSPECIFIED;
  std::optional<graph::Date> start;  // First day, or day of publication.
  std::vector<const graph::Edge*> organizers;
  std::vector<const graph::Edge*> participants;
  std::vector<const graph::Edge*> topics;
  std::vector<const graph::Edge*> held_in;

  // Whether it is about a theme or an instrument; any is about an empty name.
  bool IsAbout(std::string_view topic) const;
  // The name of the node at the other end of one of its statements.
  std::string_view OtherEnd(const graph::Edge& edge) const {
    return edge.from() == node->name() ? edge.to() : edge.from();
  }
};

// The sort of engagement that a node of this type is; UNSPECIFIED for none.
v1::EngagementKind KindOfType(std::string_view node_type);

// The patterns that read every engagement, or those of these names.
std::vector<graph::v1::Pattern> EngagementPatterns(const std::vector<std::string>& names = {});

// The engagements of the index that began by the day of the reading, latest first, then by name.
std::vector<Work> WorksOf(const domain::SubgraphIndex& index, const domain::Reading& reading);

// Those that began by a day, of engagements as WorksOf gives them. O(log works).
std::span<const Work> WorksBegunBy(std::span<const Work> works, graph::DayNumber day);

// The states, economies and territories that took part: themselves, or by one of their agencies.
// Those that an output is about are not among them.
std::set<std::string_view> StatesReached(const domain::SubgraphIndex& index, const Work& work);

// The kind of an agency; empty for what is none.
std::string_view AgencyKind(const domain::SubgraphIndex& index, std::string_view node);

// The engagement in the form of an answer.
v1::Engagement EngagementFrom(const domain::SubgraphIndex& index, const Work& work,
                              domain::EvidenceGatherer* evidence);

}  // namespace attlas::engagement

#endif  // ATTLAS_SERVICES_ENGAGEMENT_ENGAGEMENTS_H_
