#include "tests/services/domain/curated_graph.h"

#include <cstdlib>
#include <iostream>
#include <memory>
#include <optional>
#include <utility>

#include "graph/graph.h"
#include "graph/ingest/dataset.h"
#include "graph/ingest/load.h"
#include "graph/model/date.h"
#include "services/common/limits.h"
#include "services/common/page_token.h"
#include "services/graph/local_graph.h"
#include "tests/testing/temporary_directory.h"

namespace attlas::testing {
namespace {

[[noreturn]] void Fail(const absl::Status& status) {
  std::cerr << "the curated dataset cannot be loaded: " << status << '\n';
  std::abort();
}

// A store that lives as long as the program.
struct Loaded {
  TemporaryDirectory directory;
  std::unique_ptr<graph::Graph> graph;
  services::PageTokenCodec page_tokens{services::PageTokenKey::Random()};
  std::unique_ptr<services::LocalGraph> api;

  Loaded() {
    absl::StatusOr<graph::Dataset> dataset =
        graph::ReadDataset(std::string(ATTLAS_SOURCE_DIR) + "/data", nullptr);
    if (!dataset.ok()) Fail(dataset.status());
    auto opened =
        graph::Graph::Open({.path = directory.file("store"), .ontology = dataset->ontology});
    if (!opened.ok()) Fail(opened.status());
    graph = *std::move(opened);
    const auto report = graph::LoadDataset(*graph, *std::move(dataset));
    if (!report.ok()) Fail(report.status());
    api =
        std::make_unique<services::LocalGraph>(graph.get(), services::ServiceLimits(), page_tokens);
  }
};

Loaded& TheCurated() {
  static Loaded loaded;
  return loaded;
}

}  // namespace

services::GraphApi& CuratedGraph() { return *TheCurated().api; }

absl::Status CopyCuratedStore(const std::string& directory) {
  return TheCurated().graph->Checkpoint(directory);
}

services::CallContext OperatorCall() {
  services::CallContext context;
  context.clearance = graph::Clearance::Operator();
  context.role = access::v1::ROLE_OPERATOR;
  return context;
}

graph::v1::ReadOptions AsOf(std::string_view date, graph::v1::Confidence min_confidence) {
  graph::v1::ReadOptions read;
  *read.mutable_as_of() = graph::ParseDate(date).value();
  read.set_min_confidence(min_confidence);
  return read;
}

std::vector<std::string> BlamedFields(const absl::Status& status) {
  std::vector<std::string> fields;
  const std::optional<graph::ErrorDetail> detail = graph::GetErrorDetail(status);
  if (!detail.has_value()) return fields;
  for (const graph::FieldViolation& violation : detail->violations) {
    fields.push_back(violation.field);
  }
  return fields;
}

std::string ReasonOf(const absl::Status& status) {
  const std::optional<graph::ErrorDetail> detail = graph::GetErrorDetail(status);
  return detail.has_value() ? detail->reason : "";
}

std::string MetadataOf(const absl::Status& status, std::string_view key) {
  const std::optional<graph::ErrorDetail> detail = graph::GetErrorDetail(status);
  const std::string* const value = detail.has_value() ? detail->Find(key) : nullptr;
  return value == nullptr ? "" : *value;
}

std::vector<std::string> NamesOfTypes(std::initializer_list<const char*> types) {
  graph::v1::ListNodesRequest request;
  for (const char* type : types) request.mutable_selector()->add_types(type);
  request.set_page_size(1000);
  std::vector<std::string> names;
  const auto response = CuratedGraph().ListNodes(OperatorCall(), request);
  if (!response.ok()) Fail(response.status());
  for (const graph::Node& node : (*response)->nodes()) names.push_back(node.name());
  return names;
}

std::vector<std::string> AllPlaces() { return NamesOfTypes({"state", "economy"}); }

}  // namespace attlas::testing
