// Spaces as the graph keeps them.
//
// Threads: functions only; safe from any thread.
#ifndef ATTLAS_SERVICES_ENGAGEMENT_SPACE_NODE_H_
#define ATTLAS_SERVICES_ENGAGEMENT_SPACE_NODE_H_

#include <string>
#include <string_view>

#include "attlas/engagement/v1/space.pb.h"
#include "graph/model/marking.h"
#include "graph/model/statement.h"

namespace attlas::engagement {

inline constexpr char kSpaceType[] = "space";
inline constexpr char kPostedIn[] = "POSTED_IN";
inline constexpr char kNoteOn[] = "NOTE_ON";

v1::Space SpaceFrom(const graph::Node& node);
// Marked so that EngagementService alone sees it.
graph::Node NodeFrom(const v1::Space& space);

// Whether this caller moderates the space.
bool IsModerator(const v1::Space& space, std::string_view principal);

// The value of a property, which is made where there is none.
graph::v1::Value& MutableProperty(google::protobuf::RepeatedPtrField<graph::v1::Property>* list,
                                  std::string_view name);

// Marked so that EngagementService alone sees it.
graph::v1::Marking RegistryMarking(graph::TrafficLight level);

}  // namespace attlas::engagement

#endif  // ATTLAS_SERVICES_ENGAGEMENT_SPACE_NODE_H_
