// The curated dataset of this repository: it is sound, loads quickly, and survives an export.

#include <algorithm>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "graph/graph.h"
#include "graph/ingest/dataset.h"
#include "graph/ingest/export_csv.h"
#include "graph/ingest/load.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temporary_directory.h"

namespace attlas::graph {
namespace {

constexpr char kData[] = ATTLAS_SOURCE_DIR "/data";

std::vector<std::string> Sorted(const Dataset& dataset) {
  std::vector<std::string> bytes;
  for (const Node& node : dataset.nodes) bytes.push_back(SerializeDeterministic(node));
  for (const Edge& edge : dataset.edges) bytes.push_back(SerializeDeterministic(edge));
  std::sort(bytes.begin(), bytes.end());
  return bytes;
}

TEST(CuratedDatasetTest, LoadsTwiceAndSurvivesAnExport) {
  std::vector<Problem> problems;
  const absl::StatusOr<Dataset> dataset = ReadDataset(kData, &problems);
  for (const Problem& problem : problems) ADD_FAILURE() << FormatProblem(problem);
  ASSERT_OK(dataset);

  const testing::TemporaryDirectory directory;
  GraphOptions options;
  options.path = directory.path() + "/store";
  options.ontology = dataset->ontology;
  ASSERT_OK_AND_ASSIGN(const std::unique_ptr<Graph> graph, Graph::Open(options));
  const absl::Time start = absl::Now();
  ASSERT_OK_AND_ASSIGN(const LoadReport first, LoadDataset(*graph, *dataset));
  EXPECT_EQ(first.created, first.nodes + first.edges + first.derived);
  ASSERT_OK_AND_ASSIGN(const LoadReport second, LoadDataset(*graph, *dataset));
  EXPECT_EQ(second.revision, first.revision);
  EXPECT_EQ(second.unchanged, first.created);

  ASSERT_OK_AND_ASSIGN(const View view, graph->Read(v1::ReadOptions(), Clearance::Operator()));
  const std::string copy = directory.path() + "/copy";
  ASSERT_OK_AND_ASSIGN(const ExportReport report, ExportDataset(*graph, view, copy));
  EXPECT_EQ(report.derived, first.derived);
  EXPECT_EQ(report.uncited, 0u);
  ASSERT_OK_AND_ASSIGN(const Dataset read, ReadDataset(copy, nullptr));
  EXPECT_EQ(Sorted(read), Sorted(*dataset));
  RecordProperty("load_milliseconds",
                 static_cast<int>(absl::ToInt64Milliseconds(absl::Now() - start)));
}

}  // namespace
}  // namespace attlas::graph
