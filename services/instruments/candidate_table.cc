#include "services/instruments/candidate_table.h"

#include <algorithm>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

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

constexpr std::string_view kInstrument[] = {"instrument"};
constexpr std::string_view kState[] = {"state"};
constexpr std::string_view kGrouping[] = {"grouping"};
constexpr std::string_view kSubjects[] = {"instrument", "state", "grouping"};

// Adds patterns, each from where others start.
class PatternList {
 public:
  PatternList(const NodeSelector& target, graph::v1::MatchPathsRequest* request)
      : target_(target), request_(request) {}

  void Add(const NodeSelector& start, std::vector<Hop> hops) {
    *request_->add_patterns() = domain::PatternFrom(start, std::move(hops));
  }

  // What each carries on the target's themes, events about the target, and concerns with their
  // answers. `first` leads from `start` to the states.
  void AddFactors(const NodeSelector& start, const std::vector<Hop>& first) {
    const auto add = [&](std::vector<Hop> hops) {
      hops.insert(hops.begin(), first.begin(), first.end());
      Add(start, std::move(hops));
    };
    add({Forward(domain::kActTypes), Forward(domain::kHasProvision), Forward(domain::kServes),
         Backward(domain::kServes), domain::To(Backward(domain::kHasProvision), target_)});
    add({Forward(domain::kAttended), domain::To(Forward(domain::kAbout), target_)});
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
    Add(grouping,
        {Backward(domain::kMemberOfGrouping), domain::To(Forward(domain::kActTypes), target_)});
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
        states_(index_),
        target_provisions_(index_),
        target_themes_(index_),
        serves_(index_.end_count(), Known::kNotYet) {
    if (all_states_) {
      for (const CandidateTable::State& state : table.states()) {
        if (state.number.has_value()) states_.Mark(*state.number);
      }
    }
    states_.MarkStartsOf(index_.In(grouping, domain::kMemberOfGrouping));
    target_provisions_.MarkEndsOf(index_.Out(target, domain::kHasProvision));
    if (!target_.has_value()) return;
    for (const uint32_t theme : table.ThemesOf(*target_)) target_themes_.Mark(theme);
  }

  bool Act(const NumberedEdge& act) const {
    if (act.to == target_) return all_states_ || states_.Has(act.from);
    return states_.Has(act.from) && ServesTheTarget(act.to);
  }
  bool Provision(const NumberedEdge& has) const {
    if (has.from == target_) return !table_.ThemesOf(has.to).empty();
    return ServesTheTarget(has.to) && IsReached(has.from);
  }
  bool Service(const NumberedEdge& serves) const {
    if (target_provisions_.Has(serves.from)) return true;
    if (!target_themes_.Has(serves.to)) return false;
    const auto owners = index_.In(serves.edge->from(), domain::kHasProvision);
    return std::any_of(owners.begin(), owners.end(),
                       [&](const Edge* has) { return IsReached(*index_.NumberOf(has->from())); });
  }
  bool Attendance(const NumberedEdge& attended) const {
    if (!states_.Has(attended.from)) return false;
    const auto about = index_.Out(attended.edge->to(), domain::kAbout);
    return std::any_of(about.begin(), about.end(),
                       [&](const Edge* edge) { return index_.NumberOf(edge->to()) == target_; });
  }
  bool About(const NumberedEdge& about) const {
    return about.to == target_ && IsLinkedToState(about.edge->from(), domain::kAttended);
  }
  bool Voice(const NumberedEdge& voiced) const { return states_.Has(voiced.from); }
  bool AnswerOf(const NumberedEdge& answered) const {
    return IsLinkedToState(answered.edge->from(), domain::kVoiced);
  }
  bool Addressing(const NumberedEdge& addresses) const {
    return IsLinkedToState(addresses.edge->to(), domain::kVoiced);
  }
  bool Member(const NumberedEdge& member) const { return member.to == grouping_; }

 private:
  // Whether a statement of the type links one of the states to the node.
  bool IsLinkedToState(std::string_view node, std::string_view type) const {
    return states_.HasAnyStartOf(index_.In(node, type));
  }
  // Whether a provision, or one of an instrument, serves a theme of the target.
  bool ServesTheTarget(uint32_t provision_or_instrument) const {
    Known& known = serves_[provision_or_instrument];
    if (known == Known::kNotYet) {
      const auto themes = table_.ThemesOf(provision_or_instrument);
      const bool serves = std::any_of(themes.begin(), themes.end(),
                                      [&](uint32_t theme) { return target_themes_.Has(theme); });
      known = serves ? Known::kYes : Known::kNo;
    }
    return known == Known::kYes;
  }
  // Whether one of the states has an act towards the instrument.
  bool IsReached(uint32_t instrument) const {
    const domain::ActTable& acts = table_.acts();
    const auto pairs = acts.Towards(instrument);
    return std::any_of(pairs.begin(), pairs.end(),
                       [&](uint32_t pair) { return states_.Has(acts.pairs()[pair].actor); });
  }

  enum class Known : uint8_t { kNotYet, kNo, kYes };

  const CandidateTable& table_;
  const SubgraphIndex& index_;
  const bool all_states_;
  const std::optional<uint32_t> target_;
  const std::optional<uint32_t> grouping_;
  domain::MarkedEnds states_;  // Those that are counted.
  domain::MarkedEnds target_provisions_;
  domain::MarkedEnds target_themes_;
  mutable std::vector<Known> serves_;  // Themes of the target, by number.
};

constexpr domain::MatchRule<Matched> kRules[] = {
    {domain::kSigned, &Matched::Act},
    {domain::kConsentedTo, &Matched::Act},
    {domain::kInForceFor, &Matched::Act},
    {domain::kEndorsed, &Matched::Act},
    {domain::kAddressedBy, &Matched::Act},
    {domain::kCommittedThrough, &Matched::Act},
    {domain::kHasProvision, &Matched::Provision},
    {domain::kServes, &Matched::Service},
    {domain::kAttended, &Matched::Attendance},
    {domain::kAbout, &Matched::About},
    {domain::kVoiced, &Matched::Voice},
    {kAnsweredBy, &Matched::AnswerOf},
    {kAddresses, &Matched::Addressing},
    {domain::kMemberOfGrouping, &Matched::Member},
};

}  // namespace

CandidateTable::CandidateTable(std::shared_ptr<const SubgraphIndex> of_one)
    : QuestionTable(std::move(of_one)) {
  AddStates();
}

CandidateTable::CandidateTable(std::shared_ptr<const SubgraphIndex> of_all, const Sources& sources)
    : QuestionTable(std::move(of_all), sources), themes_(index().end_count()) {
  AddStates();
  for (const Edge* has : index().OfType(domain::kHasProvision)) {
    std::vector<uint32_t>& of_instrument = themes_[*index().NumberOf(has->from())];
    for (const Edge* serves : index().Out(has->to(), domain::kServes)) {
      of_instrument.push_back(*index().NumberOf(serves->to()));
    }
  }
  for (const Edge* serves : index().OfType(domain::kServes)) {
    themes_[*index().NumberOf(serves->from())].push_back(*index().NumberOf(serves->to()));
  }
  for (std::vector<uint32_t>& themes : themes_) {
    std::sort(themes.begin(), themes.end());
    themes.erase(std::unique(themes.begin(), themes.end()), themes.end());
  }
}

void CandidateTable::AddStates() {
  const std::span<const graph::Node* const> states = index().NodesOfType("state");
  states_.reserve(states.size());
  for (const graph::Node* state : states) {
    states_.push_back({.name = state->name(), .number = index().NumberOf(state->name())});
  }
}

std::shared_ptr<const CandidateTable::OnDay> CandidateTable::On(
    const domain::Reading& reading) const {
  return on_days_.At(reading, [&] { return std::make_shared<const OnDay>(*this, reading); });
}

CandidateTable::OnDay::OnDay(const CandidateTable& table, const domain::Reading& reading)
    : table_(table),
      standings_(table.acts(), reading),
      links_(table.index(), reading),
      concerns_(table.index(), reading) {}

std::shared_ptr<const CandidateTable::OnDay::Towards> CandidateTable::OnDay::To(
    std::string_view target, const domain::GoodsTaxonomy& taxonomy) const {
  const std::optional<uint32_t> number = table_.index().NumberOf(target);
  return towards_.At(number, [&] {
    return std::make_shared<const Towards>(
        Towards{.themes = ThemeCounts(table_.acts(), standings_, links_, taxonomy, number),
                .events = EventsAbout(table_.index(), standings_.reading(), target)});
  });
}

void AddCandidatePatterns(const std::string& target, const std::string& grouping,
                          graph::v1::MatchPathsRequest* request) {
  const NodeSelector target_node = domain::NodeNamed(target);
  PatternList patterns(target_node, request);
  patterns.Add(target_node, {});
  patterns.AddLinks();
  if (grouping.empty()) {
    const NodeSelector states = domain::NodesOfTypes(kState);
    patterns.AddActs();
    patterns.Add(states, {});
    patterns.AddFactors(states, {});
    return;
  }
  const NodeSelector group = domain::NodeNamed(grouping);
  patterns.Add(group, {});
  patterns.AddMembers(group);
  patterns.AddFactors(group, {Backward(domain::kMemberOfGrouping)});
}

void AddAllCandidatePatterns(graph::v1::MatchPathsRequest* request) {
  const NodeSelector groupings = domain::NodesOfTypes(kGrouping);
  PatternList patterns(domain::NodesOfTypes(kInstrument), request);
  patterns.Add(domain::NodesOfTypes(kSubjects), {});
  patterns.AddLinks();
  patterns.AddActs();
  patterns.AddFactors(domain::NodesOfTypes(kState), {});
  patterns.AddMembers(groupings);
  patterns.AddFactors(groupings, {Backward(domain::kMemberOfGrouping)});
}

void NoteLeftOut(const CandidateTable& table, const domain::Standings& standings,
                 const std::string& target, const std::string& grouping,
                 domain::EvidenceGatherer* evidence) {
  domain::NoteLeftOut(
      table, standings, kRules, [&] { return Matched(table, target, grouping); }, evidence);
}

}  // namespace attlas::instruments
