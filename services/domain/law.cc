#include "services/domain/law.h"

#include <algorithm>
#include <utility>

#include "graph/base/strings.h"
#include "services/domain/evidence.h"
#include "services/domain/patterns.h"
#include "services/domain/wording.h"

namespace attlas::domain {

using graph::Edge;
using graph::Node;
using graph::ToAbsl;

Law::Law(std::shared_ptr<const SubgraphIndex> index) : index_(std::move(index)) {
  AddTexts();
  for (const Node* instrument : index_->NodesOfType("instrument")) AddLinks(*instrument);
}

void Law::AddTexts() {
  const auto& nodes = index_->response().subgraph().nodes();
  texts_by_name_.reserve(static_cast<size_t>(nodes.size()));
  for (const Node& node : nodes) {
    texts_.push_back({.named = Named(*index_, node.name()).SerializeAsString(),
                      .phrase = LowerFirst(index_->DisplayName(node.name())),
                      .reference = ProvisionReference(*index_, node.name())});
    texts_by_name_.emplace(node.name(), &texts_.back());
  }
}

void Law::AddLinks(const Node& instrument) {
  Instrument& entry = instruments_[instrument.name()];
  entry.adopted_from = AdoptedFrom(instrument);
  for (const Edge* has : index_->Out(instrument.name(), kHasProvision)) {
    for (const Edge* serves : index_->Out(has->to(), kServes)) {
      facts_.push_back({.start = std::max(StartDay(*has), StartDay(*serves)),
                        .end = std::min(EndDay(*has), EndDay(*serves)),
                        .confidence = std::min(graph::BestConfidence(has->citations()),
                                               graph::BestConfidence(serves->citations())),
                        .number = facts_.size(),
                        .paraphrase = graph::TextProperty(serves->properties(), "paraphrase"),
                        .provision = TextOf(serves->from()),
                        .theme = TextOf(serves->to())});
      ProvisionLink link = LinkFrom(has, serves);
      link.facts = &facts_.back();
      entry.links.push_back(link);
      AddStatement(*serves);
    }
    AddStatement(*has);
  }
  std::stable_sort(entry.links.begin(), entry.links.end(), IsStronger);
}

void Law::AddStatement(const Edge& edge) {
  std::string& statement = statements_[&edge];
  if (statement.empty()) statement = domain::StatementOf(edge).SerializeAsString();
}

std::span<const ProvisionLink> Law::Links(std::string_view instrument) const {
  const auto found = instruments_.find(ToAbsl(instrument));
  if (found == instruments_.end()) return {};
  return found->second.links;
}

std::vector<ProvisionLink> Law::LinksOf(std::string_view instrument, const Reading& reading) const {
  std::vector<ProvisionLink> counting;
  const auto found = instruments_.find(ToAbsl(instrument));
  if (found == instruments_.end() || found->second.adopted_from > reading.day) return counting;
  counting.reserve(found->second.links.size());
  for (const ProvisionLink& link : found->second.links) {
    if (link.facts->Counts(reading)) counting.push_back(link);
  }
  return counting;
}

const NodeText* Law::TextOf(std::string_view node) const {
  const auto found = texts_by_name_.find(ToAbsl(node));
  return found == texts_by_name_.end() ? nullptr : found->second;
}

std::string_view Law::StatementOf(const Edge& edge) const {
  const auto found = statements_.find(&edge);
  return found == statements_.end() ? std::string_view() : std::string_view(found->second);
}

}  // namespace attlas::domain
