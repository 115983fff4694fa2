#include "services/domain/written_statements.h"

#include "services/domain/evidence.h"

namespace attlas::domain {

WrittenStatements::WrittenStatements(
    const SubgraphIndex& index,
    const google::protobuf::RepeatedPtrField<instruments::v1::Source>& sources)
    : index_(index),
      places_(std::make_unique<Place[]>(
          static_cast<size_t>(index.response().subgraph().edges_size()))) {
  const auto& edges = index.response().subgraph().edges();
  numbers_.reserve(static_cast<size_t>(edges.size()));
  for (const graph::Edge& edge : edges) {
    numbers_.emplace(&edge, static_cast<uint32_t>(numbers_.size()));
  }
  for (const instruments::v1::Source& source : sources) {
    source_numbers_.emplace(source.name(), static_cast<uint32_t>(sources_.size()));
    sources_.push_back(source.SerializeAsString());
  }
}

WrittenStatements::~WrittenStatements() {
  for (size_t i = 0; i < numbers_.size(); ++i) delete places_[i].load(std::memory_order_relaxed);
}

std::unique_ptr<const WrittenStatements::Statement> WrittenStatements::Write(
    const graph::Edge& edge) const {
  auto statement = std::make_unique<Statement>();
  statement->written = StatementOf(edge).SerializeAsString();
  for (const graph::Citation& citation : edge.citations()) {
    const auto source = source_numbers_.find(citation.source());
    if (source != source_numbers_.end()) statement->sources.push_back(source->second);
  }
  return statement;
}

const WrittenStatements::Statement& WrittenStatements::At(uint32_t number) const {
  Place& place = places_[number];
  const Statement* written = place.load(std::memory_order_acquire);
  if (written != nullptr) return *written;
  std::unique_ptr<const Statement> made =
      Write(index_.response().subgraph().edges(static_cast<int>(number)));
  if (place.compare_exchange_strong(written, made.get(), std::memory_order_acq_rel)) {
    return *made.release();
  }
  return *written;
}

}  // namespace attlas::domain
