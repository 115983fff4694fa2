// When events began and concerns were voiced.
//
// Thread-safety: functions only.
#ifndef ATTLAS_SERVICES_DOMAIN_HAPPENINGS_H_
#define ATTLAS_SERVICES_DOMAIN_HAPPENINGS_H_

#include <optional>
#include <string_view>

#include "services/domain/scope.h"
#include "services/domain/subgraph_index.h"

namespace attlas::domain {

// Whether a statement about something that happened is sure enough and not later than the day.
bool HappenedBy(const graph::Edge& edge, const Reading& reading);

// When an event began; none where it is not known, or where the node is no event.
std::optional<graph::Date> EventDate(const SubgraphIndex& index, std::string_view event);

// Whether an event began by the day. True where its date is not known.
bool EventBeganBy(const SubgraphIndex& index, std::string_view event, const Reading& reading);

// When a state voiced a challenge: the date of the statement, otherwise that of the challenge.
std::optional<graph::Date> VoicedDate(const SubgraphIndex& index, const graph::Edge& voiced);

}  // namespace attlas::domain

#endif  // ATTLAS_SERVICES_DOMAIN_HAPPENINGS_H_
