#include "services/synergy/profiles.h"

namespace attlas::synergy {

Profile ProfileOf(const domain::SubgraphIndex& index, std::string_view state,
                  std::string_view apart, const domain::Reading& reading) {
  Profile profile;
  for (const auto& [instrument, acts] : domain::ActsByInstrument(index, state)) {
    if (instrument == apart) continue;
    const graph::Node* node = index.FindNode(instrument);
    const domain::Standing standing =
        domain::Weigh(acts, reading, instruments::v1::COUNT_BY_DEPOSIT,
                      node == nullptr ? domain::InstrumentTerms() : domain::TermsOf(*node));
    if (standing.takes_part()) profile.emplace(instrument, standing.ground());
  }
  return profile;
}

Similarity Compare(const Profile& own, const Profile& other) {
  Similarity similarity;
  for (const auto& [instrument, edge] : own) {
    const auto found = other.find(instrument);
    if (found != other.end()) similarity.shared.push_back({instrument, edge, found->second});
  }
  similarity.either = static_cast<int>(own.size() + other.size() - similarity.shared.size());
  return similarity;
}

}  // namespace attlas::synergy
