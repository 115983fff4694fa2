#include "services/synergy/bridge_table.h"

#include <algorithm>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include "services/domain/instrument_facts.h"
#include "services/domain/patterns.h"

namespace attlas::synergy {
namespace {

using domain::Backward;
using domain::Forward;
using domain::MarkedEnds;
using domain::NumberedEdge;
using domain::PatternFrom;
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

void AddPatterns(const Ends& ends, graph::v1::MatchPathsRequest* request) {
  const Hop joined = domain::To(Forward(domain::kJoiningTypes), ends.joined);
  const auto add = [&](Pattern pattern) { *request->add_patterns() = std::move(pattern); };
  add(domain::AddressingRules());
  add(PatternFrom(ends.state, {Forward(domain::kOwnActTypes)}));
  // What entered into force when makes no difference to a profile.
  add(PatternFrom(ends.target, {Backward(domain::kJoiningTypes), Forward(domain::kProfileTypes)}));
  add(PatternFrom(ends.state, {Forward(domain::kMemberOf), Backward(domain::kMemberOf), joined}));
  add(PatternFrom(ends.state, {Forward(domain::kAttended), Backward(domain::kAttended), joined}));
  add(PatternFrom(ends.state, {Forward(domain::kVoiced), Forward(domain::kConcerns),
                               Backward(domain::kConcerns), Backward(domain::kVoiced), joined}));
  add(PatternFrom(ends.state, {Forward(domain::kAttended), Backward(domain::kOrganized)}));
}

// What a question about one state and one target matches in a table of all.
class Matched {
 public:
  Matched(const BridgeTable& table, const std::string& state, const std::string& target)
      : index_(table.index()),
        acts_(table.acts()),
        state_(index_.NumberOf(state)),
        target_(index_.NumberOf(target)),
        joined_(index_),
        organizations_(index_),
        events_(index_),
        challenges_(index_),
        themes_(index_) {
    if (target_.has_value()) {
      for (const uint32_t pair : table.acts().Towards(*target_)) {
        if (table.acts().pairs()[pair].joins) joined_.Mark(table.acts().pairs()[pair].actor);
      }
    }
    organizations_.MarkEndsOf(index_.Out(state, domain::kMemberOf));
    events_.MarkEndsOf(index_.Out(state, domain::kAttended));
    challenges_.MarkEndsOf(index_.Out(state, domain::kVoiced));
    for (const Edge* voiced : index_.Out(state, domain::kVoiced)) {
      themes_.MarkEndsOf(index_.Out(voiced->to(), domain::kConcerns));
    }
  }

  bool Profile(const NumberedEdge& act) const { return OfState(act) || joined_.Has(act.from); }
  bool InForce(const NumberedEdge& act) const {
    return OfState(act) ||
           (act.to == target_ && (HasProfile(act.from) || SharesAnything(act.edge->from())));
  }
  bool Membership(const NumberedEdge& edge) const {
    return (organizations_.Has(edge.to) && joined_.Has(edge.from)) ||
           (OfState(edge) && AnyJoined(edge.edge->to(), domain::kMemberOf));
  }
  bool Attendance(const NumberedEdge& edge) const {
    return (events_.Has(edge.to) && joined_.Has(edge.from)) ||
           (OfState(edge) && (AnyJoined(edge.edge->to(), domain::kAttended) ||
                              !index_.In(edge.edge->to(), domain::kOrganized).empty()));
  }
  bool Organized(const NumberedEdge& edge) const { return events_.Has(edge.to); }
  bool Voice(const NumberedEdge& edge) const {
    const auto themes = index_.Out(edge.edge->to(), domain::kConcerns);
    return (joined_.Has(edge.from) && themes_.HasAnyEndOf(themes)) ||
           (OfState(edge) && std::any_of(themes.begin(), themes.end(), [&](const Edge* concerns) {
              return IsVoicedByJoined(concerns->to());
            }));
  }
  bool Concern(const NumberedEdge& edge) const {
    return (challenges_.Has(edge.from) && IsVoicedByJoined(edge.edge->to())) ||
           (themes_.Has(edge.to) && AnyJoined(edge.edge->from(), domain::kVoiced));
  }

 private:
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
    if (organizations_.HasAnyEndOf(index_.Out(peer, domain::kMemberOf))) return true;
    if (events_.HasAnyEndOf(index_.Out(peer, domain::kAttended))) return true;
    const auto voiced = index_.Out(peer, domain::kVoiced);
    return std::any_of(voiced.begin(), voiced.end(), [&](const Edge* voice) {
      return themes_.HasAnyEndOf(index_.Out(voice->to(), domain::kConcerns));
    });
  }
  // Whether one that joined the target has a statement of this type about the node.
  bool AnyJoined(std::string_view node, std::string_view type) const {
    return joined_.HasAnyStartOf(index_.In(node, type));
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
  MarkedEnds joined_;         // The target, whenever.
  MarkedEnds organizations_;  // Of the state, as all that follow.
  MarkedEnds events_;
  MarkedEnds challenges_;
  MarkedEnds themes_;
};

constexpr domain::MatchRule<Matched> kRules[] = {
    {domain::kSigned, &Matched::Profile},      {domain::kConsentedTo, &Matched::Profile},
    {domain::kEndorsed, &Matched::Profile},    {domain::kCommittedThrough, &Matched::Profile},
    {domain::kInForceFor, &Matched::InForce},  {domain::kMemberOf, &Matched::Membership},
    {domain::kAttended, &Matched::Attendance}, {domain::kOrganized, &Matched::Organized},
    {domain::kVoiced, &Matched::Voice},        {domain::kConcerns, &Matched::Concern},
};

}  // namespace

void AddBridgePatterns(const std::string& state, const std::string& target,
                       graph::v1::MatchPathsRequest* request) {
  *request->add_patterns() = domain::PatternFrom({state, target}, {});
  const NodeSelector of_target = domain::NodeNamed(target);
  AddPatterns({.state = domain::NodeNamed(state), .target = of_target, .joined = of_target},
              request);
}

void AddAllBridgePatterns(graph::v1::MatchPathsRequest* request) {
  constexpr std::string_view kInstrument[] = {"instrument"};
  const Ends ends{.state = domain::NodesOfTypes(kPlaceTypes),
                  .target = domain::NodesOfTypes(kInstrument),
                  .joined = {}};
  NodeSelector both = ends.state;
  both.MergeFrom(ends.target);
  *request->add_patterns() = PatternFrom(both, {});
  AddPatterns(ends, request);
}

std::shared_ptr<const BridgeTable::OnDay> BridgeTable::On(const domain::Reading& reading) const {
  return on_days_.At(reading, [&] {
    return std::make_shared<const OnDay>(OnDay{.standings = domain::Standings(acts(), reading),
                                               .contacts = ContactPoints(index(), reading)});
  });
}

void NoteLeftOut(const BridgeTable& table, const domain::Standings& standings,
                 const std::string& state, const std::string& target,
                 domain::EvidenceGatherer* evidence) {
  domain::NoteLeftOut(
      table, standings, kRules, [&] { return Matched(table, state, target); }, evidence);
}

}  // namespace attlas::synergy
