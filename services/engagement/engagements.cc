#include "services/engagement/engagements.h"

#include <algorithm>
#include <numeric>
#include <string>

#include "services/domain/instrument_facts.h"
#include "services/domain/patterns.h"

namespace attlas::engagement {
namespace {

using domain::Backward;
using domain::Forward;
using domain::Reading;
using domain::SubgraphIndex;
using graph::Edge;
using graph::Node;
using graph::v1::Pattern;

constexpr std::string_view kHeldIn = "HELD_IN";
constexpr std::string_view kPublished = "PUBLISHED";
constexpr std::string_view kAddresses = "ADDRESSES";
constexpr std::string_view kEvidenceOn = "EVIDENCE_ON";

// What of a node that is an engagement counts, by the edge type and whether it points there.
void Take(std::span<const Edge* const> edges, const Reading& reading,
          std::vector<const Edge*>* result) {
  for (const Edge* edge : edges) {
    if (reading.Admits(*edge)) result->push_back(edge);
  }
}

std::optional<graph::Date> StartOf(const Node& node, v1::EngagementKind kind) {
  return domain::DateProperty(node, kind == v1::ENGAGEMENT_KIND_OUTPUT ? "date" : "start_date");
}

// An engagement before what is said of it was read.
struct Begun {
  graph::DayNumber day = graph::kBeginningOfTime;
  const Node* node = nullptr;
  v1::EngagementKind kind = v1::ENGAGEMENT_KIND_UNSPECIFIED;
  std::optional<graph::Date> start;
};

Work WorkOf(const SubgraphIndex& index, const Begun& begun, const Reading& reading) {
  const Node& node = *begun.node;
  const v1::EngagementKind kind = begun.kind;
  Work work{.node = &node, .kind = kind, .start = begun.start};
  const std::string& name = node.name();
  if (kind == v1::ENGAGEMENT_KIND_OUTPUT) {
    Take(index.In(name, kPublished), reading, &work.organizers);
    Take(index.Out(name, kAddresses), reading, &work.topics);
    Take(index.Out(name, kEvidenceOn), reading, &work.participants);
    return work;
  }
  Take(index.In(name, domain::kOrganized), reading, &work.organizers);
  Take(index.In(name, domain::kAttended), reading, &work.participants);
  Take(index.Out(name, domain::kAbout), reading, &work.topics);
  Take(index.Out(name, kHeldIn), reading, &work.held_in);
  return work;
}

// The state of an agency, or null.
const Edge* AgencyOf(const SubgraphIndex& index, std::string_view agency) {
  const auto edges = index.Out(agency, domain::kAgencyOf);
  return edges.empty() ? nullptr : edges.front();
}

std::string_view TypeOf(const SubgraphIndex& index, std::string_view name) {
  const Node* node = index.FindNode(name);
  return node == nullptr ? std::string_view() : std::string_view(node->type());
}

bool IsPlace(std::string_view type) {
  return type == "state" || type == "economy" || type == "territory" || type == "grouping";
}

v1::Participant ParticipantFrom(const SubgraphIndex& index, std::string_view name, const Edge& edge,
                                domain::EvidenceGatherer* evidence) {
  v1::Participant participant;
  *participant.mutable_node() = domain::Named(index, name);
  participant.set_agency_kind(std::string(AgencyKind(index, name)));
  if (const Edge* of = AgencyOf(index, name)) {
    *participant.mutable_state() = domain::Named(index, of->to());
  }
  participant.set_evidence(edge.name());
  evidence->Use({&edge});
  return participant;
}

v1::EngagementTopic TopicFrom(const SubgraphIndex& index, const Edge& edge,
                              domain::EvidenceGatherer* evidence) {
  v1::EngagementTopic topic;
  *topic.mutable_node() = domain::Named(index, edge.to());
  topic.set_evidence(edge.name());
  evidence->Use({&edge});
  return topic;
}

}  // namespace

bool DateRange::Covers(const std::optional<graph::Date>& date) const {
  if (!from.has_value() && !to.has_value()) return true;
  if (!date.has_value()) return false;
  const graph::DayNumber day = graph::FirstDay(*date);
  if (from.has_value() && day < graph::FirstDay(*from)) return false;
  return !to.has_value() || day < graph::FirstDay(*to);
}

bool Work::IsAbout(std::string_view topic) const {
  return topic.empty() || std::any_of(topics.begin(), topics.end(),
                                      [&](const Edge* edge) { return edge->to() == topic; });
}

v1::EngagementKind KindOfType(std::string_view node_type) {
  if (node_type == "event") return v1::ENGAGEMENT_KIND_EVENT;
  if (node_type == "activity") return v1::ENGAGEMENT_KIND_ACTIVITY;
  if (node_type == "evidence") return v1::ENGAGEMENT_KIND_OUTPUT;
  return v1::ENGAGEMENT_KIND_UNSPECIFIED;
}

std::vector<Pattern> EngagementPatterns(const std::vector<std::string>& names) {
  static constexpr std::string_view kInto[] = {domain::kOrganized, domain::kAttended, kPublished};
  static constexpr std::string_view kOutOf[] = {domain::kAbout, kHeldIn, kAddresses, kEvidenceOn};
  std::vector<Pattern> patterns = {
      domain::PatternFrom(names, {}), domain::PatternFrom(names, {Backward(kInto)}),
      domain::PatternFrom(names, {Backward(kInto), Forward(domain::kAgencyOf)}),
      domain::PatternFrom(names, {Forward(kOutOf)})};
  if (!names.empty()) return patterns;
  for (Pattern& pattern : patterns) {
    for (const char* const type : {"event", "activity", "evidence"}) {
      pattern.mutable_start()->add_types(type);
    }
  }
  return patterns;
}

std::vector<Work> WorksOf(const SubgraphIndex& index, const Reading& reading) {
  std::vector<Begun> begun;
  for (std::string_view type : {"event", "activity", "evidence"}) {
    const v1::EngagementKind kind = KindOfType(type);
    for (const Node* node : index.NodesOfType(type)) {
      Begun one{.node = node, .kind = kind, .start = StartOf(*node, kind)};
      if (one.start.has_value()) one.day = graph::FirstDay(*one.start);
      if (!one.start.has_value() || one.day <= reading.day) begun.push_back(std::move(one));
    }
  }
  std::vector<size_t> order(begun.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    if (begun[a].day != begun[b].day) return begun[a].day > begun[b].day;
    return begun[a].node->name() < begun[b].node->name();
  });
  std::vector<Work> works;
  works.reserve(order.size());
  for (const size_t place : order) works.push_back(WorkOf(index, begun[place], reading));
  return works;
}

std::span<const Work> WorksBegunBy(std::span<const Work> works, graph::DayNumber day) {
  const auto first = std::partition_point(works.begin(), works.end(), [&](const Work& work) {
    return work.start.has_value() && graph::FirstDay(*work.start) > day;
  });
  return works.subspan(static_cast<size_t>(first - works.begin()));
}

std::set<std::string_view> StatesReached(const SubgraphIndex& index, const Work& work) {
  std::set<std::string_view> states;
  if (work.kind == v1::ENGAGEMENT_KIND_OUTPUT) return states;
  for (const Edge* edge : work.participants) {
    const std::string_view name = work.OtherEnd(*edge);
    if (IsPlace(TypeOf(index, name))) states.insert(name);
    if (const Edge* of = AgencyOf(index, name)) states.insert(of->to());
  }
  return states;
}

std::string_view AgencyKind(const SubgraphIndex& index, std::string_view node) {
  const Node* agency = index.FindNode(node);
  if (agency == nullptr || agency->type() != "agency") return {};
  return graph::TextProperty(agency->properties(), "kind");
}

v1::Engagement EngagementFrom(const SubgraphIndex& index, const Work& work,
                              domain::EvidenceGatherer* evidence) {
  v1::Engagement engagement;
  const Node& node = *work.node;
  engagement.set_name(node.name());
  engagement.set_display_name(node.display_name());
  engagement.set_kind(work.kind);
  engagement.set_term(std::string(graph::TextProperty(node.properties(), "kind")));
  if (work.start.has_value()) *engagement.mutable_start_date() = *work.start;
  if (const auto end = domain::DateProperty(node, "end_date")) {
    *engagement.mutable_end_date() = *end;
  }
  engagement.set_city(std::string(graph::TextProperty(node.properties(), "city")));
  engagement.set_online(domain::BooleanProperty(node, "online"));
  for (const Edge* edge : work.held_in) {
    *engagement.add_held_in() = TopicFrom(index, *edge, evidence);
  }
  for (const Edge* edge : work.organizers) {
    *engagement.add_organizers() = ParticipantFrom(index, edge->from(), *edge, evidence);
  }
  for (const Edge* edge : work.participants) {
    const std::string_view name = work.OtherEnd(*edge);
    const std::string_view type = TypeOf(index, name);
    v1::Participant* participant = IsPlace(type)      ? engagement.add_states()
                                   : type == "agency" ? engagement.add_agencies()
                                                      : engagement.add_organizations();
    *participant = ParticipantFrom(index, name, *edge, evidence);
  }
  for (const Edge* edge : work.topics) {
    *engagement.add_topics() = TopicFrom(index, *edge, evidence);
  }
  return engagement;
}

}  // namespace attlas::engagement
