#include "services/synergy/bridge_table.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

#include "services/domain/instrument_facts.h"
#include "services/domain/patterns.h"

namespace attlas::synergy {
namespace {

using domain::Backward;
using domain::Forward;
using domain::NumberedEdge;
using domain::SubgraphIndex;
using graph::Edge;
using graph::v1::Hop;
using graph::v1::NodeSelector;
using graph::v1::Pattern;

// What a name of a state may stand for.
constexpr std::string_view kPlaceTypes[] = {"state", "economy", "territory"};

// Where patterns start, and what their last hop must reach: named nodes, or all that may be asked
// about.
struct Ends {
  NodeSelector state;
  NodeSelector target;
  NodeSelector joined;  // By a peer.
};

Pattern From(const NodeSelector& start, std::vector<Hop> hops) {
  Pattern pattern;
  *pattern.mutable_start() = start;
  for (Hop& hop : hops) *pattern.add_hops() = std::move(hop);
  return pattern;
}

void AddPatterns(const Ends& ends, graph::v1::MatchPathsRequest* request) {
  const auto joined = [&] {
    Hop hop = Forward(domain::kJoiningTypes);
    *hop.mutable_to() = ends.joined;
    return hop;
  };
  const auto add = [&](Pattern pattern) { *request->add_patterns() = std::move(pattern); };
  add(domain::AddressingRules());
  add(From(ends.state, {Forward(domain::kOwnActTypes)}));
  // What entered into force when makes no difference to a profile.
  add(From(ends.target, {Backward(domain::kJoiningTypes), Forward(domain::kProfileTypes)}));
  add(From(ends.state, {Forward(domain::kMemberOf), Backward(domain::kMemberOf), joined()}));
  add(From(ends.state, {Forward(domain::kAttended), Backward(domain::kAttended), joined()}));
  add(From(ends.state, {Forward(domain::kVoiced), Forward(domain::kConcerns),
                        Backward(domain::kConcerns), Backward(domain::kVoiced), joined()}));
  add(From(ends.state, {Forward(domain::kAttended), Backward(domain::kOrganized)}));
}

// What a question about one state and one target matches in a table of all.
class Matched {
 public:
  Matched(const BridgeTable& table, const std::string& state, const std::string& target)
      : index_(table.index()),
        acts_(table.acts()),
        state_(index_.NumberOf(state)),
        target_(index_.NumberOf(target)),
        joined_(index_.end_count(), false),
        organizations_(index_.end_count(), false),
        events_(index_.end_count(), false),
        challenges_(index_.end_count(), false),
        themes_(index_.end_count(), false) {
    if (target_.has_value()) {
      for (const uint32_t pair : table.acts().Towards(*target_)) {
        if (table.acts().pairs()[pair].joins) joined_[table.acts().pairs()[pair].actor] = true;
      }
    }
    const auto mark = [&](std::string_view type, std::vector<bool>* marks) {
      for (const Edge* edge : index_.Out(state, type)) (*marks)[Number(edge->to())] = true;
    };
    mark(domain::kMemberOf, &organizations_);
    mark(domain::kAttended, &events_);
    mark(domain::kVoiced, &challenges_);
    for (const Edge* voiced : index_.Out(state, domain::kVoiced)) {
      for (const Edge* concerns : index_.Out(voiced->to(), domain::kConcerns)) {
        themes_[Number(concerns->to())] = true;
      }
    }
  }

  bool Profile(const NumberedEdge& act) const { return OfState(act) || joined_[act.from]; }
  bool InForce(const NumberedEdge& act) const {
    return OfState(act) ||
           (act.to == target_ && (HasProfile(act.from) || SharesAnything(act.edge->from())));
  }
  bool Membership(const NumberedEdge& edge) const {
    return (organizations_[edge.to] && joined_[edge.from]) ||
           (OfState(edge) && AnyJoined(edge.edge->to(), domain::kMemberOf));
  }
  bool Attendance(const NumberedEdge& edge) const {
    return (events_[edge.to] && joined_[edge.from]) ||
           (OfState(edge) && (AnyJoined(edge.edge->to(), domain::kAttended) ||
                              !index_.In(edge.edge->to(), domain::kOrganized).empty()));
  }
  bool Organized(const NumberedEdge& edge) const { return events_[edge.to]; }
  bool Voice(const NumberedEdge& edge) const {
    const auto themes = index_.Out(edge.edge->to(), domain::kConcerns);
    return std::any_of(themes.begin(), themes.end(), [&](const Edge* concerns) {
      return (joined_[edge.from] && themes_[Number(concerns->to())]) ||
             (OfState(edge) && IsVoicedByJoined(concerns->to()));
    });
  }
  bool Concern(const NumberedEdge& edge) const {
    return (challenges_[edge.from] && IsVoicedByJoined(edge.edge->to())) ||
           (themes_[edge.to] && AnyJoined(edge.edge->from(), domain::kVoiced));
  }

 private:
  uint32_t Number(std::string_view end) const { return *index_.NumberOf(end); }
  bool OfState(const NumberedEdge& edge) const { return edge.from == state_; }
  // Whether it has an act of another type than entry into force.
  bool HasProfile(uint32_t actor) const {
    const auto [first, last] = acts_.Of(actor);
    const auto pairs = acts_.pairs().subspan(first, last - first);
    return std::any_of(pairs.begin(), pairs.end(), [](const domain::ActTable::Pair& pair) {
      return std::any_of(pair.acts.begin(), pair.acts.end(),
                         [](const Edge* act) { return act->type() != domain::kInForceFor; });
    });
  }
  // Whether statements, whatever their dates, link the peer to what the state is linked to.
  bool SharesAnything(std::string_view peer) const {
    const auto any = [&](std::string_view type, const std::vector<bool>& marks) {
      const auto edges = index_.Out(peer, type);
      return std::any_of(edges.begin(), edges.end(),
                         [&](const Edge* edge) { return marks[Number(edge->to())]; });
    };
    if (any(domain::kMemberOf, organizations_) || any(domain::kAttended, events_)) return true;
    const auto voiced = index_.Out(peer, domain::kVoiced);
    return std::any_of(voiced.begin(), voiced.end(), [&](const Edge* voice) {
      const auto themes = index_.Out(voice->to(), domain::kConcerns);
      return std::any_of(themes.begin(), themes.end(),
                         [&](const Edge* concerns) { return themes_[Number(concerns->to())]; });
    });
  }
  // Whether one that joined the target has a statement of this type about the node.
  bool AnyJoined(std::string_view node, std::string_view type) const {
    const auto edges = index_.In(node, type);
    return std::any_of(edges.begin(), edges.end(),
                       [&](const Edge* edge) { return joined_[Number(edge->from())]; });
  }
  bool IsVoicedByJoined(std::string_view theme) const {
    const auto edges = index_.In(theme, domain::kConcerns);
    return std::any_of(edges.begin(), edges.end(), [&](const Edge* concerns) {
      return AnyJoined(concerns->from(), domain::kVoiced);
    });
  }

  const SubgraphIndex& index_;
  const domain::ActTable& acts_;
  const std::optional<uint32_t> state_;
  const std::optional<uint32_t> target_;
  std::vector<bool> joined_;         // The target, whenever. By number, as all that follow.
  std::vector<bool> organizations_;  // Of the state, as all that follow.
  std::vector<bool> events_;
  std::vector<bool> challenges_;
  std::vector<bool> themes_;
};

}  // namespace

void AddBridgePatterns(const std::string& state, const std::string& target,
                       graph::v1::MatchPathsRequest* request) {
  *request->add_patterns() = domain::PatternFrom({state, target}, {});
  Ends ends;
  ends.state.add_names(state);
  ends.target.add_names(target);
  ends.joined = ends.target;
  AddPatterns(ends, request);
}

void AddAllBridgePatterns(graph::v1::MatchPathsRequest* request) {
  Ends ends;
  for (std::string_view type : kPlaceTypes) ends.state.add_types(std::string(type));
  ends.target.add_types("instrument");
  NodeSelector both = ends.state;
  both.MergeFrom(ends.target);
  *request->add_patterns() = From(both, {});
  AddPatterns(ends, request);
}

void NoteLeftOut(const BridgeTable& table, const domain::Standings& standings,
                 const std::string& state, const std::string& target,
                 domain::EvidenceGatherer* evidence) {
  if (!table.whole()) return evidence->NoteAllLeftOut();
  const Matched matched(table, state, target);
  const auto note = [&](std::string_view type,
                        bool (Matched::*is_matched)(const NumberedEdge&) const) {
    for (const NumberedEdge& edge : standings.LeftOut(type)) {
      if ((matched.*is_matched)(edge)) evidence->NoteLeftOut(*edge.edge);
    }
  };
  for (std::string_view type : domain::kProfileTypes) note(type, &Matched::Profile);
  note(domain::kInForceFor, &Matched::InForce);
  note(domain::kMemberOf, &Matched::Membership);
  note(domain::kAttended, &Matched::Attendance);
  note(domain::kOrganized, &Matched::Organized);
  note(domain::kVoiced, &Matched::Voice);
  note(domain::kConcerns, &Matched::Concern);
}

}  // namespace attlas::synergy
