#include "clients/cli/graph_export.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "graph/base/status_macros.h"
#include "graph/ingest/derive.h"

namespace attlas::cli {
namespace {

using graph::v1::ExportResponse;
using graph::v1::GetStatisticsRequest;
using graph::v1::GetStatisticsResponse;

// How often in a row a stream is taken up again without having brought anything.
constexpr int kMostAttempts = 4;

}  // namespace

struct GraphExport::Stream {
  grpc::ClientContext context;
  std::unique_ptr<grpc::ClientReader<ExportResponse>> reader;
};

GraphExport::GraphExport(Session& session) : session_(session) {}

GraphExport::~GraphExport() {
  if (stream_ != nullptr) stream_->context.TryCancel();
}

void GraphExport::Open() {
  stream_ = std::make_unique<Stream>();
  session_.connection().Prepare(&stream_->context);
  stream_->reader = stub_->Export(&stream_->context, request_);
}

size_t GraphExport::CountRows() {
  GetStatisticsRequest request;
  *request.mutable_read() = request_.read();
  request.mutable_read()->set_at_revision(view_.revision);
  const auto counts =
      session_.connection().Ask(&graph::v1::GraphService::Stub::GetStatistics, request);
  size_t total = 0;
  if (!counts.ok()) return total;
  for (const auto& type : counts->node_counts()) total += static_cast<size_t>(type.count());
  for (const auto& type : counts->edge_counts()) total += static_cast<size_t>(type.count());
  return total;
}

absl::Status GraphExport::Start(const std::vector<std::string>& types) {
  const Connection& connection = session_.connection();
  stub_ = graph::v1::GraphService::NewStub(connection.channel());
  *request_.mutable_read() = session_.read();
  request_.mutable_types()->Assign(types.begin(), types.end());
  view_.read = session_.read();
  Open();
  if (!stream_->reader->Read(&first_)) {
    ATTLAS_RETURN_IF_ERROR(connection.Check(stream_->reader->Finish()));
    return absl::InternalError("the daemon sent nothing; nothing was written");
  }
  if (!first_.has_ontology()) {
    return absl::InternalError("the daemon sent no ontology; nothing was written");
  }
  view_.revision = first_.revision();
  ATTLAS_ASSIGN_OR_RETURN(ontology_,
                          graph::OntologyIndex::Create(std::move(*first_.mutable_ontology())));
  return absl::OkStatus();
}

absl::Status GraphExport::FindSources() {
  graph::v1::ExportRequest request;
  *request.mutable_read() = request_.read();
  request.mutable_read()->set_at_revision(view_.revision);
  if (ontology_->NodeTypeId(graph::kRuleType).has_value()) request.add_types(graph::kRuleType);
  for (const auto& type : ontology_->proto().node_types()) {
    if (type.citation_optional()) request.add_types(type.name());
  }
  if (request.types().empty()) return absl::OkStatus();  // No type would be every type.
  grpc::ClientContext context;
  session_.connection().Prepare(&context);
  const auto reader = stub_->Export(&context, request);
  ExportResponse batch;
  while (reader->Read(&batch)) {
    for (const graph::Node& node : batch.nodes()) sources_.insert(node.name());
  }
  return session_.connection().Check(reader->Finish());
}

template <typename Statement>
bool GraphExport::KeepCited(bool optional, Statement* statement) {
  auto* citations = statement->mutable_citations();
  const auto hidden =
      std::remove_if(citations->begin(), citations->end(), [&](const graph::Citation& citation) {
        return !sources_.contains(citation.source()) || dropped_.contains(citation.source());
      });
  citations->erase(hidden, citations->end());
  return optional || !citations->empty();
}

bool GraphExport::MayCiteNothing(const graph::Node& node) const {
  const std::optional<graph::TypeId> type = ontology_->NodeTypeId(node.type());
  return type.has_value() && ontology_->node_type(*type).citation_optional();
}

absl::Status GraphExport::ForEach(
    const std::function<absl::Status(const graph::Node&)>& take_node,
    const std::function<absl::Status(const graph::Edge&)>& take_edge) {
  const size_t total = request_.types().empty() ? CountRows() : 0;
  size_t done = 0;
  ATTLAS_RETURN_IF_ERROR(FindSources());
  const auto take = [&](ExportResponse& batch) {
    for (graph::Node& node : *batch.mutable_nodes()) {
      if (KeepCited(MayCiteNothing(node), &node)) {
        ATTLAS_RETURN_IF_ERROR(take_node(node));
      } else {
        dropped_.insert(node.name());
      }
    }
    for (graph::Edge& edge : *batch.mutable_edges()) {
      if (dropped_.contains(edge.from()) || dropped_.contains(edge.to())) continue;
      if (KeepCited(/*optional=*/false, &edge)) ATTLAS_RETURN_IF_ERROR(take_edge(edge));
    }
    done += static_cast<size_t>(batch.nodes_size() + batch.edges_size());
    if (total > 0) session_.console().Progress("exporting", done, total);
    request_.set_cursor(batch.cursor());
    return absl::OkStatus();
  };
  absl::Status taken = take(first_);
  first_.Clear();
  ExportResponse batch;
  int attempts = 1;
  while (taken.ok()) {
    while (taken.ok() && stream_->reader->Read(&batch)) {
      attempts = 1;
      taken = take(batch);
    }
    if (!taken.ok()) break;
    const absl::Status called = session_.connection().Check(stream_->reader->Finish());
    const bool resumable = absl::IsUnavailable(called) && !request_.cursor().empty();
    if (!resumable || ++attempts > kMostAttempts) {
      taken = called;
      break;
    }
    Open();
  }
  session_.console().EndProgress();
  return taken;
}

}  // namespace attlas::cli
