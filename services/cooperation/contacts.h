// The events and activities in which places took part: what reach, duplication and plans count.
//
// What: a place takes part itself, or through one of its agencies; every statement on the way must
// be sure enough. Publications are no contacts.
// Complexity: linear in the statements about events and activities.
// Thread-safety: functions and plain values, which view the index and the works they were made
// from.
//
// Example:
//   AddWorkPatterns(request);                                        // While asking.
//   const std::vector<Work> works = WorksAdmitted(*index, filter, scope.reading);
//   const ContactsByPlace contacts = ContactsOf(*index, works, scope.reading);
#ifndef ATTLAS_SERVICES_COOPERATION_CONTACTS_H_
#define ATTLAS_SERVICES_COOPERATION_CONTACTS_H_

#include <map>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "attlas/cooperation/v1/contact.pb.h"
#include "services/domain/evidence.h"
#include "services/domain/scope.h"
#include "services/domain/subgraph_index.h"
#include "services/engagement/engagements.h"

namespace attlas::cooperation {

using engagement::Work;

// Which events and activities are asked for.
struct WorkFilter {
  std::string_view theme;       // Empty for any.
  std::string_view instrument;  // Empty for any.
  engagement::DateRange dates;  // On which they began.

  bool has_topic() const { return !theme.empty() || !instrument.empty(); }
  bool Admits(const Work& work) const;
  // The statements by which a work is about what is asked for; none where nothing is.
  std::vector<const graph::Edge*> Topics(const Work& work) const;
};

// The dates of a request. INVALID_ARGUMENT, naming the field, for one that does not exist or an end
// before the start.
absl::StatusOr<engagement::DateRange> CheckedDates(const engagement::DateRange& dates);

// The patterns that read every event and activity with those who took part.
void AddWorkPatterns(graph::v1::MatchPathsRequest* request);

// The events and activities that the filter admits, in the order given; or of those that began by
// the day of the reading, latest first.
std::vector<Work> WorksAdmitted(std::span<const Work> works, const WorkFilter& filter);
std::vector<Work> WorksAdmitted(const domain::SubgraphIndex& index, const WorkFilter& filter,
                                const domain::Reading& reading);

// That a place took part in one.
struct PlaceContact {
  const Work* work = nullptr;
  std::vector<const graph::Edge*> evidence;  // That it, or an agency of it, took part.
  std::vector<std::string_view> agencies;
};

// By place, each in the order of the works.
using ContactsByPlace = std::map<std::string_view, std::vector<PlaceContact>>;
ContactsByPlace ContactsOf(const domain::SubgraphIndex& index, std::span<const Work> works,
                           const domain::Reading& reading);
// Those of one place; none where nothing reached it.
std::span<const PlaceContact> ContactsAt(const ContactsByPlace& contacts, std::string_view place);

// The names of those who organized it that are organizations.
std::vector<std::string_view> OrganizersOf(const Work& work);

// A contact in the form of an answer. The evidence tells who took part, who organized it and that
// it is about what the filter asks for.
v1::Contact ContactFrom(const domain::SubgraphIndex& index, const PlaceContact& contact,
                        const WorkFilter& filter, domain::EvidenceGatherer* evidence);

}  // namespace attlas::cooperation

#endif  // ATTLAS_SERVICES_COOPERATION_CONTACTS_H_
