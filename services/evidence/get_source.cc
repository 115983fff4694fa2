// GetSource: a source, and how much rests on it.
#include <map>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "graph/base/status_macros.h"
#include "services/domain/question.h"
#include "services/domain/scope.h"
#include "services/evidence/evidence_queries.h"
#include "services/evidence/sources.h"

namespace attlas::evidence {
namespace {

using services::CallContext;

// More statements than this are not counted: a source of a million would cost seconds.
constexpr size_t kMostCounted = 20'000;
constexpr int32_t kPage = 1'000;

// Counts by type, in the order of names.
class Counts {
 public:
  template <typename Record>
  void Add(const Record& record) {
    v1::CitingCount& count = by_type_[record.type()];
    count.set_type(record.type());
    count.set_count(count.count() + 1);
    if (graph::BestConfidence(record.citations()) <= graph::v1::CONFIDENCE_UNVERIFIED) {
      count.set_unverified(count.unverified() + 1);
    }
    ++total_;
  }
  size_t total() const { return total_; }
  void WriteTo(google::protobuf::RepeatedPtrField<v1::CitingCount>* out) const {
    for (const auto& [type, count] : by_type_) *out->Add() = count;
  }

 private:
  std::map<std::string, v1::CitingCount> by_type_;
  size_t total_ = 0;
};

// Counts all pages of a listing; whether it came to the end.
template <typename Request, typename List>
absl::StatusOr<bool> CountAll(const graph::v1::ReadOptions& read, const std::string& source,
                              List list, Counts* counts) {
  Request request;
  *request.mutable_read() = read;
  request.set_cited_source(source);
  request.set_page_size(kPage);
  while (counts->total() < kMostCounted) {
    ATTLAS_ASSIGN_OR_RETURN(const std::string next, list(request, counts));
    if (next.empty()) return true;
    request.set_page_token(next);
  }
  return false;
}

}  // namespace

absl::StatusOr<v1::GetSourceResponse> EvidenceQueries::GetSource(
    const CallContext& context, const v1::GetSourceRequest& request) const {
  ATTLAS_ASSIGN_OR_RETURN(const std::string name, SourceName(request.source()));
  // For its errors alone: statements of any date and confidence are counted.
  ATTLAS_RETURN_IF_ERROR(domain::MakeScope(request.read()).status());
  graph::v1::GetNodeRequest ask;
  *ask.mutable_read() = request.read();
  ask.set_name(name);
  const absl::StatusOr<graph::v1::GetNodeResponse> found = graph_->GetNode(context, ask);
  if (!found.ok()) return domain::BlameField("source", found.status());

  graph::v1::ReadOptions read = request.read();
  read.set_at_revision(found->revision());
  Counts statements;
  ATTLAS_ASSIGN_OR_RETURN(const bool all_statements,
                          (CountAll<graph::v1::ListEdgesRequest>(
                              read, name,
                              [&](const auto& page, Counts* counts) -> absl::StatusOr<std::string> {
                                ATTLAS_ASSIGN_OR_RETURN(const auto listed,
                                                        graph_->ListEdges(context, page));
                                for (const graph::Edge& edge : listed->edges()) counts->Add(edge);
                                return listed->next_page_token();
                              },
                              &statements)));
  Counts nodes;
  ATTLAS_ASSIGN_OR_RETURN(const bool all_nodes,
                          (CountAll<graph::v1::ListNodesRequest>(
                              read, name,
                              [&](const auto& page, Counts* counts) -> absl::StatusOr<std::string> {
                                ATTLAS_ASSIGN_OR_RETURN(const auto listed,
                                                        graph_->ListNodes(context, page));
                                for (const graph::Node& node : listed->nodes()) counts->Add(node);
                                return listed->next_page_token();
                              },
                              &nodes)));

  v1::GetSourceResponse response;
  response.set_revision(found->revision());
  *response.mutable_source() = SourceFrom(found->node());
  response.set_statement_total(static_cast<int32_t>(statements.total()));
  response.set_node_total(static_cast<int32_t>(nodes.total()));
  statements.WriteTo(response.mutable_statements());
  nodes.WriteTo(response.mutable_nodes());
  if (!all_statements || !all_nodes) {
    response.set_truncated(true);
    response.add_reached_bounds(graph::v1::BOUND_RESULTS);
  }
  return response;
}

}  // namespace attlas::evidence
