#include "services/evidence/peers.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "graph/base/status_macros.h"
#include "services/domain/act_table.h"
#include "services/domain/happenings.h"
#include "services/domain/patterns.h"

namespace attlas::evidence {

using domain::NameArgument;
using domain::Standing;
using domain::SubgraphIndex;
using graph::Edge;

absl::Status Target::Set(std::string_view text, std::vector<NameArgument>* names) {
  if (text.empty()) return absl::OkStatus();
  ATTLAS_ASSIGN_OR_RETURN(named_,
                          domain::AddName(domain::NameKind::kInstrument, "target", text, names));
  return absl::OkStatus();
}

graph::v1::Hop Target::Joined(const std::vector<NameArgument>& names) const {
  graph::v1::Hop hop = domain::Forward(domain::kJoiningTypes);
  return named_.has_value() ? domain::To(std::move(hop), names[*named_].name()) : hop;
}

void Target::AddTo(const std::vector<NameArgument>& names,
                   graph::v1::MatchPathsRequest* question) const {
  if (named_.has_value()) {
    *question->add_patterns() = domain::PatternFrom(names[*named_].name(), {});
    return;
  }
  *question->add_patterns() = domain::PatternFromType(
      "challenge", {domain::Forward(kAnsweredBy), domain::Backward(domain::kHasProvision)});
}

std::string Target::NameIn(const SubgraphIndex& index, const domain::Reading& reading,
                           const std::vector<NameArgument>& names) const {
  if (named_.has_value()) return names[*named_].name();
  std::map<std::string_view, std::set<std::string_view>> answered;  // Concerns by instrument.
  for (const Edge* clause : index.OfType(kAnsweredBy)) {
    if (!reading.Counts(*clause)) continue;
    for (const Edge* has : index.In(clause->to(), domain::kHasProvision)) {
      if (reading.Counts(*has)) answered[has->from()].insert(clause->from());
    }
  }
  const auto most = std::max_element(
      answered.begin(), answered.end(),
      [](const auto& a, const auto& b) { return a.second.size() < b.second.size(); });
  return most == answered.end() ? std::string() : std::string(most->first);
}

v1::PeerTiming TimingOf(const std::optional<graph::Date>& voiced,
                        const std::optional<graph::Date>& joined) {
  if (!voiced.has_value() || !joined.has_value()) return v1::PEER_TIMING_UNKNOWN;
  if (graph::LastDay(*voiced) < graph::FirstDay(*joined)) return v1::PEER_TIMING_VOICED_BEFORE;
  return graph::LastDay(*joined) < graph::FirstDay(*voiced) ? v1::PEER_TIMING_VOICED_AFTER
                                                            : v1::PEER_TIMING_UNKNOWN;
}

Joiners::Joiners(const SubgraphIndex& index, const domain::Reading& reading, std::string target)
    : index_(index), reading_(reading), target_(std::move(target)) {
  const graph::Node* node = index_.FindNode(target_);
  if (node != nullptr) terms_ = domain::TermsOf(*node);
}

const Standing* Joiners::Find(std::string_view state) const {
  if (target_.empty()) return nullptr;
  const auto [found, is_new] = standings_.try_emplace(state);
  if (is_new) {
    Standing standing = domain::Weigh(domain::ActsBetween(index_, state, target_), reading_,
                                      instruments::v1::COUNT_BY_DEPOSIT, terms_);
    const bool signed_alone = standing.status == instruments::v1::PARTICIPATION_STATUS_SIGNATORY;
    if (standing.takes_part() && !signed_alone) found->second = standing;
  }
  return found->second.has_value() ? &*found->second : nullptr;
}

v1::PeerTiming Joiners::TimingOfVoice(const Edge& voiced) const {
  const Standing* standing = Find(voiced.from());
  return standing == nullptr ? v1::PEER_TIMING_UNSPECIFIED
                             : TimingOf(domain::VoicedDate(index_, voiced), JoinedDate(*standing));
}

std::map<std::string_view, std::set<std::string_view>> Joiners::JoinedAnyway(
    const std::vector<Challenge>& challenges) const {
  std::map<std::string_view, std::set<std::string_view>> joined;
  for (const Challenge& challenge : challenges) {
    for (const Edge* voiced : challenge.voices) {
      if (TimingOfVoice(*voiced) != v1::PEER_TIMING_VOICED_BEFORE) continue;
      for (const Edge* theme : challenge.themes) joined[theme->to()].insert(voiced->from());
    }
  }
  return joined;
}

void NoteLeftOut(const SubgraphIndex& index, std::string_view target,
                 domain::EvidenceGatherer* evidence) {
  for (const Edge& edge : index.response().subgraph().edges()) {
    const bool is_act = std::find(std::begin(domain::kActTypes), std::end(domain::kActTypes),
                                  edge.type()) != std::end(domain::kActTypes);
    if (!is_act || edge.to() == target) evidence->NoteLeftOut(edge);
  }
}

std::optional<graph::Date> JoinedDate(const Standing& standing) {
  const Edge* joined = standing.ground();
  if (joined == nullptr || !joined->has_valid_from()) return std::nullopt;
  return joined->valid_from();
}

}  // namespace attlas::evidence
