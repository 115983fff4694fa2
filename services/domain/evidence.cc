#include "services/domain/evidence.h"

#include <algorithm>
#include <utility>

#include "graph/base/status_macros.h"
#include "services/domain/cited_sources.h"
#include "services/domain/participation.h"
#include "services/domain/patterns.h"

namespace attlas::domain {
namespace {

using graph::Edge;
using instruments::v1::AnswerBasis;
using instruments::v1::Source;
using instruments::v1::Statement;

bool IsAct(const Edge& edge) {
  return std::find(std::begin(kActTypes), std::end(kActTypes), edge.type()) != std::end(kActTypes);
}

}  // namespace

EvidenceNames EvidenceGatherer::Use(std::span<const Edge* const> edges) {
  EvidenceNames names;
  Use(edges, &names);
  return names;
}

void EvidenceGatherer::Use(std::span<const Edge* const> edges, EvidenceNames* names) {
  names->Reserve(names->size() + static_cast<int>(edges.size()));
  for (const Edge* edge : edges) {
    if (!IsCitable(edge)) continue;
    *names->Add() = edge->name();
    Note(*edge);
  }
}

void EvidenceGatherer::NoteLeftOut(const Edge& edge) {
  if (scope_.reading.Holds(edge) && !scope_.reading.Admits(edge)) left_out_.insert(&edge);
}

void EvidenceGatherer::NoteAllLeftOut() {
  for (const Edge& edge : index_.response().subgraph().edges()) NoteLeftOut(edge);
}

void EvidenceGatherer::NoteUnsure(const Edge& edge) {
  if (!scope_.reading.Admits(edge)) left_out_.insert(&edge);
}

void EvidenceGatherer::NoteSentence(std::string sentence) {
  if (std::find(sentences_.begin(), sentences_.end(), sentence) == sentences_.end()) {
    sentences_.push_back(std::move(sentence));
  }
}

void EvidenceGatherer::FillBasis(AnswerBasis* basis) const {
  *basis->mutable_as_of() = scope_.as_of;
  basis->set_as_of_defaulted(scope_.as_of_defaulted);
  basis->set_min_confidence(scope_.reading.min_confidence);
  basis->set_left_out_statements(left_out());
  basis->set_left_out_unverified_statements(
      counted_unverified_ +
      static_cast<int32_t>(std::count_if(left_out_.begin(), left_out_.end(), [](const Edge* edge) {
        return graph::BestConfidence(edge->citations()) <= graph::v1::CONFIDENCE_UNVERIFIED;
      })));
  basis->set_undated_statements(
      static_cast<int32_t>(std::count_if(used_.begin(), used_.end(), [](const Edge* edge) {
        return IsUndated(*edge) && IsAct(*edge);
      })));
  for (const std::string& sentence : sentences_) basis->add_notes(sentence);
}

void EvidenceGatherer::FillStatements(
    google::protobuf::RepeatedPtrField<Statement>* statements) const {
  statements->Reserve(static_cast<int>(used_.size()));
  for (const Edge* edge : used_) FillStatement(*edge, statements->Add());
}

Statement StatementOf(const Edge& edge) {
  Statement statement;
  FillStatement(edge, &statement);
  return statement;
}

void FillStatement(const Edge& edge, Statement* statement) {
  statement->set_name(edge.name());
  statement->set_type(edge.type());
  statement->set_from(edge.from());
  statement->set_to(edge.to());
  if (edge.has_valid_from()) *statement->mutable_valid_from() = edge.valid_from();
  if (edge.has_valid_to()) *statement->mutable_valid_to() = edge.valid_to();
  *statement->mutable_citations() = edge.citations();
  statement->set_confidence(graph::BestConfidence(edge.citations()));
}

graph::Confidence LowestConfidence(std::span<const Edge* const> edges) {
  graph::Confidence lowest = graph::v1::CONFIDENCE_SEEN;
  for (const Edge* edge : edges) {
    if (edge != nullptr) lowest = std::min(lowest, graph::BestConfidence(edge->citations()));
  }
  return lowest;
}

absl::StatusOr<google::protobuf::RepeatedPtrField<Source>> LookUpSources(
    services::GraphApi* graph, const services::CallContext& context, const Scope& scope,
    std::string_view revision, const std::set<std::string>& names) {
  google::protobuf::RepeatedPtrField<Source> sources;
  ATTLAS_RETURN_IF_ERROR(
      ForEachSource(graph, context, scope, revision, names, [&](const graph::Node& node) {
        Source* source = sources.Add();
        source->set_name(node.name());
        source->set_title(node.display_name());
        source->set_url(std::string(graph::TextProperty(node.properties(), "url")));
      }));
  return sources;
}

}  // namespace attlas::domain
