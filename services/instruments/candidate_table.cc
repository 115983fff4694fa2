#include "services/instruments/candidate_table.h"

#include <algorithm>
#include <span>

#include "services/domain/patterns.h"

namespace attlas::instruments {
namespace {

using domain::Backward;
using domain::Forward;
using domain::NumberedEdge;
using domain::SubgraphIndex;
using graph::Edge;
using graph::v1::Hop;
using graph::v1::NodeSelector;
using graph::v1::Pattern;

NodeSelector Named(const std::string& name) {
  NodeSelector selector;
  selector.add_names(name);
  return selector;
}

NodeSelector OfTypes(std::initializer_list<const char*> types) {
  NodeSelector selector;
  for (const char* type : types) selector.add_types(type);
  return selector;
}

// Adds patterns, each from where others start.
class PatternList {
 public:
  PatternList(const NodeSelector& target, graph::v1::MatchPathsRequest* request)
      : target_(target), request_(request) {}

  void Add(const NodeSelector& start, std::vector<Hop> hops) {
    Pattern* pattern = request_->add_patterns();
    *pattern->mutable_start() = start;
    for (Hop& hop : hops) *pattern->add_hops() = std::move(hop);
  }

  Hop ToTarget(Hop hop) const {
    *hop.mutable_to() = target_;
    return hop;
  }

  // What each carries on the target's themes, events about the target, and concerns with their
  // answers. `first` leads from `start` to the states.
  void AddFactors(const NodeSelector& start, const std::vector<Hop>& first) {
    const auto add = [&](std::vector<Hop> hops) {
      hops.insert(hops.begin(), first.begin(), first.end());
      Add(start, std::move(hops));
    };
    add({Forward(domain::kActTypes), Forward(domain::kHasProvision), Forward(domain::kServes),
         Backward(domain::kServes), ToTarget(Backward(domain::kHasProvision))});
    add({Forward(domain::kAttended), ToTarget(Forward(domain::kAbout))});
    add({Forward(domain::kVoiced)});
    add({Forward(domain::kVoiced), Forward(kAnsweredBy)});
    add({Forward(domain::kVoiced), Backward(kAddresses)});
  }

  // Who stands how among all, and what the target asks.
  void AddActs() { Add(target_, {Backward(domain::kActTypes)}); }
  void AddLinks() { Add(target_, {Forward(domain::kHasProvision), Forward(domain::kServes)}); }
  // Who stands how among the members of a region set.
  void AddMembers(const NodeSelector& grouping) {
    Add(grouping, {Backward(domain::kMemberOfGrouping)});
    Add(grouping, {Backward(domain::kMemberOfGrouping), ToTarget(Forward(domain::kActTypes))});
  }

 private:
  const NodeSelector target_;
  graph::v1::MatchPathsRequest* const request_;
};

// What a question about one target and one region set matches in a table of all.
class Matched {
 public:
  Matched(const CandidateTable& table, const std::string& target, const std::string& grouping)
      : table_(table),
        index_(table.index()),
        all_states_(grouping.empty()),
        target_(index_.NumberOf(target)),
        grouping_(index_.NumberOf(grouping)),
        states_(index_.end_count(), false),
        target_provisions_(index_.end_count(), false),
        target_themes_(index_.end_count(), false) {
    if (all_states_) {
      for (const graph::Node* state : index_.NodesOfType("state")) {
        if (const auto number = index_.NumberOf(state->name())) states_[*number] = true;
      }
    }
    for (const Edge* member : index_.In(grouping, domain::kMemberOfGrouping)) {
      states_[Number(member->from())] = true;
    }
    for (const Edge* has : index_.Out(target, domain::kHasProvision)) {
      target_provisions_[Number(has->to())] = true;
    }
    if (!target_.has_value()) return;
    for (const uint32_t theme : table.ThemesOf(*target_)) target_themes_[theme] = true;
  }

  bool Act(const NumberedEdge& act) const {
    if (act.to == target_) return all_states_ || states_[act.from];
    return states_[act.from] && ServesTheTarget(act.to);
  }
  bool Provision(const NumberedEdge& has) const {
    if (has.from == target_) return !table_.ThemesOf(has.to).empty();
    return ServesTheTarget(has.to) && IsReached(has.from);
  }
  bool Service(const NumberedEdge& serves) const {
    if (target_provisions_[serves.from]) return true;
    const auto owners = index_.In(serves.edge->from(), domain::kHasProvision);
    return target_themes_[serves.to] &&
           std::any_of(owners.begin(), owners.end(),
                       [&](const Edge* has) { return IsReached(Number(has->from())); });
  }
  bool Attendance(const NumberedEdge& attended) const {
    const auto about = index_.Out(attended.edge->to(), domain::kAbout);
    return states_[attended.from] && std::any_of(about.begin(), about.end(), [&](const Edge* edge) {
             return Number(edge->to()) == target_;
           });
  }
  bool About(const NumberedEdge& about) const {
    return about.to == target_ && IsLinkedToState(about.edge->from(), domain::kAttended);
  }
  bool Voice(const NumberedEdge& voiced) const { return states_[voiced.from]; }
  bool AnswerOf(const NumberedEdge& answered) const {
    return IsLinkedToState(answered.edge->from(), domain::kVoiced);
  }
  bool Addressing(const NumberedEdge& addresses) const {
    return IsLinkedToState(addresses.edge->to(), domain::kVoiced);
  }
  bool Member(const NumberedEdge& member) const { return member.to == grouping_; }

 private:
  uint32_t Number(std::string_view end) const { return *index_.NumberOf(end); }
  // Whether a statement of the type links one of the states to the node.
  bool IsLinkedToState(std::string_view node, std::string_view type) const {
    const auto edges = index_.In(node, type);
    return std::any_of(edges.begin(), edges.end(),
                       [&](const Edge* edge) { return states_[Number(edge->from())]; });
  }
  // Whether a provision, or one of an instrument, serves a theme of the target.
  bool ServesTheTarget(uint32_t provision_or_instrument) const {
    const auto themes = table_.ThemesOf(provision_or_instrument);
    return std::any_of(themes.begin(), themes.end(),
                       [&](uint32_t theme) { return target_themes_[theme]; });
  }
  // Whether one of the states has an act towards the instrument.
  bool IsReached(uint32_t instrument) const {
    const domain::ActTable& acts = table_.acts();
    const auto pairs = acts.Towards(instrument);
    return std::any_of(pairs.begin(), pairs.end(),
                       [&](uint32_t pair) { return states_[acts.pairs()[pair].actor]; });
  }

  const CandidateTable& table_;
  const SubgraphIndex& index_;
  const bool all_states_;
  const std::optional<uint32_t> target_;
  const std::optional<uint32_t> grouping_;
  std::vector<bool> states_;  // Those that are counted. By number, as all that follow.
  std::vector<bool> target_provisions_;
  std::vector<bool> target_themes_;
};

}  // namespace

CandidateTable::CandidateTable(
    std::shared_ptr<const SubgraphIndex> index,
    const google::protobuf::RepeatedPtrField<instruments::v1::Source>& sources)
    : CandidateTable(std::move(index)) {
  law_.emplace(index_);
  statements_.emplace(*index_, sources);
  for (const Edge* has : index_->OfType(domain::kHasProvision)) {
    std::vector<uint32_t>& of_instrument = themes_[*index_->NumberOf(has->from())];
    for (const Edge* serves : index_->Out(has->to(), domain::kServes)) {
      of_instrument.push_back(*index_->NumberOf(serves->to()));
    }
  }
  for (const Edge* serves : index_->OfType(domain::kServes)) {
    themes_[*index_->NumberOf(serves->from())].push_back(*index_->NumberOf(serves->to()));
  }
  for (auto& [number, themes] : themes_) {
    std::sort(themes.begin(), themes.end());
    themes.erase(std::unique(themes.begin(), themes.end()), themes.end());
  }
}

std::span<const uint32_t> CandidateTable::ThemesOf(uint32_t provision_or_instrument) const {
  const auto found = themes_.find(provision_or_instrument);
  if (found == themes_.end()) return {};
  return found->second;
}

void AddCandidatePatterns(const std::string& target, const std::string& grouping,
                          graph::v1::MatchPathsRequest* request) {
  const NodeSelector target_node = Named(target);
  PatternList patterns(target_node, request);
  patterns.Add(target_node, {});
  patterns.AddLinks();
  if (grouping.empty()) {
    const NodeSelector states = OfTypes({"state"});
    patterns.AddActs();
    patterns.Add(states, {});
    patterns.AddFactors(states, {});
    return;
  }
  const NodeSelector group = Named(grouping);
  patterns.Add(group, {});
  patterns.AddMembers(group);
  patterns.AddFactors(group, {Backward(domain::kMemberOfGrouping)});
}

void AddAllCandidatePatterns(graph::v1::MatchPathsRequest* request) {
  const NodeSelector groupings = OfTypes({"grouping"});
  PatternList patterns(OfTypes({"instrument"}), request);
  patterns.Add(OfTypes({"instrument", "state", "grouping"}), {});
  patterns.AddLinks();
  patterns.AddActs();
  patterns.AddFactors(OfTypes({"state"}), {});
  patterns.AddMembers(groupings);
  patterns.AddFactors(groupings, {Backward(domain::kMemberOfGrouping)});
}

void NoteLeftOut(const CandidateTable& table, const domain::Standings& standings,
                 const std::string& target, const std::string& grouping,
                 domain::EvidenceGatherer* evidence) {
  if (!table.whole()) return evidence->NoteAllLeftOut();
  const Matched matched(table, target, grouping);
  const auto note = [&](std::string_view type,
                        bool (Matched::*is_matched)(const NumberedEdge&) const) {
    for (const NumberedEdge& edge : standings.LeftOut(type)) {
      if ((matched.*is_matched)(edge)) evidence->NoteLeftOut(*edge.edge);
    }
  };
  for (std::string_view type : domain::kActTypes) note(type, &Matched::Act);
  note(domain::kHasProvision, &Matched::Provision);
  note(domain::kServes, &Matched::Service);
  note(domain::kAttended, &Matched::Attendance);
  note(domain::kAbout, &Matched::About);
  note(domain::kVoiced, &Matched::Voice);
  note(kAnsweredBy, &Matched::AnswerOf);
  note(kAddresses, &Matched::Addressing);
  note(domain::kMemberOfGrouping, &Matched::Member);
}

}  // namespace attlas::instruments
