// The curated dataset of this repository: it is sound, loads quickly, and survives an export.

#include <algorithm>
#include <set>
#include <span>
#include <string_view>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "graph/graph.h"
#include "graph/ingest/dataset.h"
#include "graph/ingest/export_csv.h"
#include "graph/ingest/load.h"
#include "gtest/gtest.h"
#include "tests/graph/ingest/sorted_bytes.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temporary_directory.h"

namespace attlas::graph {
namespace {

constexpr char kData[] = ATTLAS_SOURCE_DIR "/data";

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
  EXPECT_EQ(SortedBytes(read), SortedBytes(*dataset));
  RecordProperty("load_milliseconds",
                 static_cast<int>(absl::ToInt64Milliseconds(absl::Now() - start)));
}

// Statements that come from a place within their source, and those of lists that grow with time.
constexpr std::string_view kFromAPlace[] = {"ANSWERED_BY", "ASKS_FOR_REPORT", "HAS_PROVISION",
                                            "RANKED_IN",   "SERVES",          "STATED_IN",
                                            "SUPPLIES"};
constexpr std::string_view kFromAList[] = {"CONSENTED_TO", "ENDORSED", "SIGNED"};
constexpr std::string_view kBackground = "sources/background-knowledge";

bool IsOneOf(std::string_view type, std::span<const std::string_view> types) {
  return std::find(types.begin(), types.end(), type) != types.end();
}

TEST(CuratedDatasetTest, EveryStatementLeadsToItsSource) {
  ASSERT_OK_AND_ASSIGN(const Dataset dataset, ReadDataset(kData, nullptr));
  std::set<std::string_view> sources;
  for (const Node& node : dataset.nodes) {
    if (node.type() == "source" || node.type() == "rule") sources.insert(node.name());
  }
  for (const Edge& edge : dataset.edges) {
    EXPECT_GT(edge.citations_size(), 0) << edge.ShortDebugString();
    for (const v1::Citation& citation : edge.citations()) {
      EXPECT_TRUE(sources.contains(citation.source())) << edge.ShortDebugString();
      if (citation.source() == kBackground) {
        // What nobody read is never told as if it had been.
        EXPECT_LE(citation.confidence(), v1::CONFIDENCE_RECALLED) << edge.ShortDebugString();
        continue;
      }
      if (IsOneOf(edge.type(), kFromAPlace)) {
        EXPECT_FALSE(citation.locator().empty()) << edge.ShortDebugString();
      }
      if (IsOneOf(edge.type(), kFromAList)) {
        EXPECT_TRUE(citation.has_retrieved()) << edge.ShortDebugString();
      }
    }
  }
}

}  // namespace
}  // namespace attlas::graph
