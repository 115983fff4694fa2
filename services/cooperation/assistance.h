// Funds and assistance: what they help with, and to whom they are open.
//
// What: the giver's rule is a statement of the graph (ASSISTS_UNDER): under which instrument, open
// to whom, asked for by whom. Here it is applied to one place. A condition that nobody but the
// giver can judge, such as being committed to join, is never taken as met. Thread-safety: functions
// and plain values, which view the index they were made from.
#ifndef ATTLAS_SERVICES_COOPERATION_ASSISTANCE_H_
#define ATTLAS_SERVICES_COOPERATION_ASSISTANCE_H_

#include <string_view>
#include <vector>

#include "attlas/cooperation/v1/reach.pb.h"
#include "services/domain/evidence.h"
#include "services/domain/scope.h"
#include "services/domain/subgraph_index.h"

namespace attlas::cooperation {

// What a giver offers under one instrument.
struct Offer {
  const graph::Edge* assists = nullptr;      // The giver assists under the instrument.
  std::vector<const graph::Edge*> on_theme;  // Why it helps with the theme that was asked for.

  std::string_view giver() const { return assists->from(); }
  std::string_view instrument() const { return assists->to(); }
};

// The patterns that read who assists, and what the theme (empty for none) has to do with it.
void AddAssistancePatterns(const std::string& theme, graph::v1::MatchPathsRequest* request);

// The offers that help with the theme, under the instrument (empty for any): funds first, then by
// giver and instrument. O(offers x provisions on the theme).
std::vector<Offer> OffersFor(const domain::SubgraphIndex& index, std::string_view theme,
                             std::string_view instrument, const domain::Reading& reading);

// The statements MEMBER_OF between a place and an organization that count.
std::vector<const graph::Edge*> PartsIn(const domain::SubgraphIndex& index, std::string_view place,
                                        std::string_view organization,
                                        const domain::Reading& reading);
// The part that such a statement gives, such as `donor`.
std::string_view PartOf(const graph::Edge& member_of);

// Whether a part says that the place received assistance.
bool IsBeneficiary(const graph::Edge& member_of);

// The kind of an organization, such as `fund`; empty where its node is not in the index.
std::string_view OrganizationKind(const domain::SubgraphIndex& index, std::string_view name);

// What the offer is to one place.
v1::AssistanceOffer OfferTo(const domain::SubgraphIndex& index, const Offer& offer,
                            std::string_view place, const domain::Reading& reading,
                            domain::EvidenceGatherer* evidence);

}  // namespace attlas::cooperation

#endif  // ATTLAS_SERVICES_COOPERATION_ASSISTANCE_H_
