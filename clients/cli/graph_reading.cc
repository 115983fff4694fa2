#include "clients/cli/graph_reading.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <random>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "graph/base/status_macros.h"

namespace attlas::cli {
namespace {

using graph::v1::BatchGetNodesRequest;
using graph::v1::BatchGetNodesResponse;
using graph::v1::GetOntologyRequest;
using graph::v1::GetOntologyResponse;
using graph::v1::ListEdgesRequest;
using graph::v1::ListEdgesResponse;
using graph::v1::ListNodesRequest;
using graph::v1::ListNodesResponse;

constexpr int kPageSize = 1000;
constexpr size_t kMostNames = 500;  // Of one call, so that its answer fits into a message.

}  // namespace

GraphReading::GraphReading(Session& session) : session_(session) {}

absl::Status GraphReading::Start() {
  GetOntologyRequest request;
  ATTLAS_ASSIGN_OR_RETURN(
      GetOntologyResponse response,
      session_.connection().Ask(&graph::v1::GraphService::Stub::GetOntology, request));
  read_.set_at_revision(response.revision());
  ATTLAS_ASSIGN_OR_RETURN(ontology_,
                          graph::OntologyIndex::Create(std::move(*response.mutable_ontology())));
  return absl::OkStatus();
}

absl::StatusOr<std::vector<graph::Node>> GraphReading::Nodes(const std::string& type) {
  std::vector<graph::Node> nodes;
  ListNodesRequest request;
  *request.mutable_read() = read_;
  request.mutable_selector()->add_types(type);
  request.set_page_size(kPageSize);
  do {
    ATTLAS_ASSIGN_OR_RETURN(
        ListNodesResponse response,
        session_.connection().Ask(&graph::v1::GraphService::Stub::ListNodes, request));
    std::move(response.mutable_nodes()->begin(), response.mutable_nodes()->end(),
              std::back_inserter(nodes));
    request.set_page_token(response.next_page_token());
  } while (!request.page_token().empty());
  return nodes;
}

absl::StatusOr<std::map<std::string, graph::Node>> GraphReading::NodesNamed(
    const std::vector<std::string>& names) {
  std::map<std::string, graph::Node> nodes;
  std::vector<std::string> left = names;
  while (!left.empty()) {
    BatchGetNodesRequest request;
    *request.mutable_read() = read_;
    request.set_allow_missing(true);
    const size_t count = std::min(left.size(), kMostNames);
    request.mutable_names()->Assign(left.end() - static_cast<std::ptrdiff_t>(count), left.end());
    left.resize(left.size() - count);
    ATTLAS_ASSIGN_OR_RETURN(
        BatchGetNodesResponse response,
        session_.connection().Ask(&graph::v1::GraphService::Stub::BatchGetNodes, request));
    for (graph::Node& node : *response.mutable_nodes()) {
      std::string name = node.name();
      nodes.emplace(std::move(name), std::move(node));
    }
    left.insert(left.end(), response.unread_names().begin(), response.unread_names().end());
  }
  return nodes;
}

absl::StatusOr<std::vector<graph::Edge>> GraphReading::Edges(
    const std::string& node, graph::v1::Direction direction,
    const std::vector<std::string>& types) {
  std::vector<graph::Edge> edges;
  ListEdgesRequest request;
  *request.mutable_read() = read_;
  request.set_node(node);
  request.set_direction(direction);
  request.mutable_types()->Assign(types.begin(), types.end());
  request.set_page_size(kPageSize);
  do {
    absl::StatusOr<ListEdgesResponse> response =
        session_.connection().Ask(&graph::v1::GraphService::Stub::ListEdges, request);
    if (absl::IsNotFound(response.status())) return edges;
    ATTLAS_RETURN_IF_ERROR(response.status());
    std::move(response->mutable_edges()->begin(), response->mutable_edges()->end(),
              std::back_inserter(edges));
    request.set_page_token(response->next_page_token());
  } while (!request.page_token().empty());
  return edges;
}

std::string NewRequestId() {
  std::random_device random;
  const uint32_t a = random();
  const uint32_t b = random();
  const uint32_t c = random();
  const uint32_t d = random();
  return absl::StrFormat("%08x-%04x-4%03x-%04x-%04x%08x", a, b >> 16, b & 0xfff,
                         0x8000 | (c >> 16 & 0x3fff), c & 0xffff, d);
}

absl::StatusOr<std::string> ReadWholeFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text(std::istreambuf_iterator<char>(file), {});
  if (!file.is_open() || file.bad()) {
    return absl::NotFoundError(absl::StrCat("cannot read ", path));
  }
  return text;
}

}  // namespace attlas::cli
