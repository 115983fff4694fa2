#include "services/domain/happenings.h"

#include "services/domain/instrument_facts.h"

namespace attlas::domain {

bool HappenedBy(const graph::Edge& edge, const Reading& reading) {
  return reading.Admits(edge) && StartDay(edge) <= reading.day;
}

std::optional<graph::Date> EventDate(const SubgraphIndex& index, std::string_view event) {
  const graph::Node* node = index.FindNode(event);
  return node == nullptr ? std::nullopt : DateProperty(*node, "start_date");
}

bool EventBeganBy(const SubgraphIndex& index, std::string_view event, const Reading& reading) {
  const std::optional<graph::Date> date = EventDate(index, event);
  return !date.has_value() || graph::FirstDay(*date) <= reading.day;
}

std::optional<graph::Date> VoicedDate(const SubgraphIndex& index, const graph::Edge& voiced) {
  if (voiced.has_valid_from()) return voiced.valid_from();
  const graph::Node* challenge = index.FindNode(voiced.to());
  if (challenge == nullptr) return std::nullopt;
  const int64_t year = graph::IntegerProperty(challenge->properties(), "year");
  if (year <= 0) return std::nullopt;
  graph::Date date;
  date.set_year(static_cast<int32_t>(year));
  return date;
}

}  // namespace attlas::domain
