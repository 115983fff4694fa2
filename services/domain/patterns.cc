#include "services/domain/patterns.h"

#include <utility>

namespace attlas::domain {
namespace {

using graph::v1::Hop;
using graph::v1::NodeSelector;
using graph::v1::Pattern;

Hop MakeHop(std::span<const std::string_view> edge_types, graph::v1::Direction direction) {
  Hop hop;
  for (std::string_view type : edge_types) hop.add_edge_types(std::string(type));
  hop.set_direction(direction);
  return hop;
}

Pattern WithHops(Pattern pattern, std::vector<Hop> hops) {
  for (Hop& hop : hops) *pattern.add_hops() = std::move(hop);
  return pattern;
}

}  // namespace

Hop Forward(std::span<const std::string_view> edge_types) {
  return MakeHop(edge_types, graph::v1::DIRECTION_FORWARD);
}

Hop Backward(std::span<const std::string_view> edge_types) {
  return MakeHop(edge_types, graph::v1::DIRECTION_BACKWARD);
}

Hop Either(std::span<const std::string_view> edge_types) {
  return MakeHop(edge_types, graph::v1::DIRECTION_EITHER);
}

Hop Forward(std::string_view edge_type) { return Forward(std::span(&edge_type, 1)); }

Hop Backward(std::string_view edge_type) { return Backward(std::span(&edge_type, 1)); }

Hop To(Hop hop, std::string_view node) {
  hop.mutable_to()->add_names(std::string(node));
  return hop;
}

Hop To(Hop hop, const NodeSelector& nodes) {
  *hop.mutable_to() = nodes;
  return hop;
}

NodeSelector NodeNamed(std::string_view node) {
  NodeSelector selector;
  selector.add_names(std::string(node));
  return selector;
}

NodeSelector NodesOfTypes(std::span<const std::string_view> types) {
  NodeSelector selector;
  for (std::string_view type : types) selector.add_types(std::string(type));
  return selector;
}

Pattern PatternFrom(std::string_view node, std::vector<Hop> hops) {
  Pattern pattern;
  pattern.mutable_start()->add_names(std::string(node));
  return WithHops(std::move(pattern), std::move(hops));
}

Pattern PatternFrom(const std::vector<std::string>& nodes, std::vector<Hop> hops) {
  Pattern pattern;
  for (const std::string& node : nodes) pattern.mutable_start()->add_names(node);
  return WithHops(std::move(pattern), std::move(hops));
}

Pattern PatternFromType(std::string_view type, std::vector<Hop> hops) {
  Pattern pattern;
  pattern.mutable_start()->add_types(std::string(type));
  return WithHops(std::move(pattern), std::move(hops));
}

Pattern PatternFrom(const NodeSelector& nodes, std::vector<Hop> hops) {
  Pattern pattern;
  *pattern.mutable_start() = nodes;
  return WithHops(std::move(pattern), std::move(hops));
}

}  // namespace attlas::domain
