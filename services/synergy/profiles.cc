#include "services/synergy/profiles.h"

#include "graph/base/strings.h"

namespace attlas::synergy {

const domain::InstrumentTerms& Profiles::TermsOf(std::string_view instrument) {
  const auto [found, is_new] = terms_.try_emplace(graph::ToAbsl(instrument));
  if (is_new) {
    const graph::Node* node = index_.FindNode(instrument);
    if (node != nullptr) found->second = domain::TermsOf(*node);
  }
  return found->second;
}

Profile Profiles::Of(std::string_view state) {
  Profile profile;
  for (const auto& [instrument, acts] : domain::ActsByInstrument(index_, state)) {
    if (instrument == apart_) continue;
    const domain::Standing standing =
        domain::Weigh(acts, reading_, instruments::v1::COUNT_BY_DEPOSIT, TermsOf(instrument));
    if (standing.takes_part()) profile.emplace_back(instrument, standing.ground());
  }
  return profile;
}

Similarity Compare(const Profile& own, const Profile& other) {
  Similarity similarity;
  auto theirs = other.begin();
  for (const auto& [instrument, edge] : own) {
    while (theirs != other.end() && theirs->first < instrument) ++theirs;
    if (theirs != other.end() && theirs->first == instrument) {
      similarity.shared.push_back({instrument, edge, theirs->second});
    }
  }
  similarity.either = static_cast<int>(own.size() + other.size() - similarity.shared.size());
  return similarity;
}

}  // namespace attlas::synergy
