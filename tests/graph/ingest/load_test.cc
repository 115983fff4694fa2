#include "graph/ingest/load.h"

#include <algorithm>

#include "graph/graph.h"
#include "graph/ingest/export_csv.h"
#include "gtest/gtest.h"
#include "tests/graph/ingest/dataset_directory.h"
#include "tests/graph/ingest/sorted_bytes.h"
#include "tests/testing/status_matchers.h"

namespace attlas::graph {
namespace {

using ::attlas::testing::StatusIs;

constexpr char kRules[] =
    "id,kind,instrument,derives,from_edge,add_days,article,source,confidence\n"
    "att-22,offset,instruments/att,IN_FORCE_FOR,CONSENTED_TO,90,Art. 22,sources/un,seen\n";

class LoadTest : public ::testing::Test {
 protected:
  void SetUp() override {
    directory_.Write("nodes/rule.csv", kRules);
    ASSERT_OK_AND_ASSIGN(const Dataset dataset, Read());
    GraphOptions options;
    options.path = directory_.path() + "/store";
    options.ontology = dataset.ontology;
    ASSERT_OK_AND_ASSIGN(graph_, Graph::Open(options));
  }

  absl::StatusOr<Dataset> Read() { return ReadDataset(directory_.path(), nullptr); }

  absl::StatusOr<LoadReport> Load(const LoadOptions& options = {}) {
    ATTLAS_ASSIGN_OR_RETURN(Dataset dataset, Read());
    return LoadDataset(*graph_, std::move(dataset), nullptr, options);
  }

  View Look(const Clearance& clearance = Clearance::Operator()) {
    return graph_->Read(v1::ReadOptions(), clearance).value();
  }

  DatasetDirectory directory_;
  std::unique_ptr<Graph> graph_;
};

TEST_F(LoadTest, LoadsEverythingInOneRevision) {
  const uint64_t before = graph_->LatestRevision();
  ASSERT_OK_AND_ASSIGN(const LoadReport report, Load());
  EXPECT_EQ(report.revision, before + 1);
  EXPECT_EQ(report.nodes, 6u);
  EXPECT_EQ(report.edges, 1u);
  EXPECT_EQ(report.derived, 1u);
  EXPECT_EQ(report.created, 8u);
  EXPECT_EQ(graph_->Latest()->edge_count(), 2u);
}

TEST_F(LoadTest, LoadingAgainChangesNothing) {
  ASSERT_OK_AND_ASSIGN(const LoadReport first, Load());
  ASSERT_OK_AND_ASSIGN(const LoadReport second, Load());
  EXPECT_EQ(second.revision, first.revision);
  EXPECT_EQ(second.unchanged, 8u);
  EXPECT_EQ(second.created + second.updated + second.deleted, 0u);
}

TEST_F(LoadTest, RefusesAnotherOntology) {
  directory_.Write(
      "ontology.textproto",
      std::string(kDatasetOntology) + "node_types { name: \"agency\" collection: \"agencies\" }");
  EXPECT_THAT(Load(), StatusIs(absl::StatusCode::kFailedPrecondition,
                               "the graph has another ontology (version 1) than the dataset "
                               "(version 1); open the graph with the dataset's ontology"));
}

TEST_F(LoadTest, ExportReadsBackTheSame) {
  ASSERT_OK(Load());
  const std::string copy = directory_.path() + "/copy";
  ASSERT_OK_AND_ASSIGN(const ExportReport report, ExportDataset(*graph_, Look(), copy));
  EXPECT_EQ(report.nodes, 6u);
  EXPECT_EQ(report.edges, 1u);
  EXPECT_EQ(report.derived, 1u);
  ASSERT_OK_AND_ASSIGN(const Dataset original, Read());
  ASSERT_OK_AND_ASSIGN(const Dataset read, ReadDataset(copy, nullptr));
  EXPECT_EQ(SortedBytes(read), SortedBytes(original));
  ASSERT_OK_AND_ASSIGN(const ExportReport full,
                       ExportDataset(*graph_, Look(), copy, {.include_derived = true}));
  EXPECT_EQ(full.edges, 2u);
  EXPECT_OK(ReadDataset(copy, nullptr));
}

TEST_F(LoadTest, ExportHidesWhatTheCallerMayNotSee) {
  directory_.Write("nodes/source.csv",
                   "id,display_name,marking\nun,United Nations,\nsipri,SIPRI,red\n");
  directory_.Write("nodes/organization.csv",
                   "id,source,confidence,marking\n"
                   "public,sources/un;sources/sipri,seen,\n"
                   "uncited,sources/sipri,seen,\n"
                   "hidden,sources/un,seen,amber\n");
  directory_.Write("edges/member-of.csv",
                   "from,to,source,confidence\n"
                   "states/PHL,organizations/public,sources/un,seen\n"
                   "states/PHL,organizations/uncited,sources/un,seen\n"
                   "states/PHL,organizations/hidden,sources/un,seen\n");
  ASSERT_OK(Load());
  const std::string copy = directory_.path() + "/copy";
  ASSERT_OK_AND_ASSIGN(const ExportReport report, ExportDataset(*graph_, Look(Clearance()), copy));
  EXPECT_EQ(report.uncited, 2u);
  ASSERT_OK_AND_ASSIGN(const Dataset read, ReadDataset(copy, nullptr));
  for (const Node& node : read.nodes) {
    EXPECT_NE(node.name(), "organizations/hidden");
    EXPECT_NE(node.name(), "organizations/uncited");
    EXPECT_NE(node.name(), "sources/sipri");
    for (const Citation& citation : node.citations()) EXPECT_EQ(citation.source(), "sources/un");
  }
  EXPECT_EQ(read.edges.size(), 2u);
}

TEST_F(LoadTest, PruneDeletesWhatLeftTheSet) {
  directory_.Write("nodes/organization.csv", "id,source,confidence\nasean,sources/un,seen\n");
  ASSERT_OK(Load());
  std::filesystem::remove(directory_.path() + "/nodes/organization.csv");
  directory_.Write("edges/consented-to.csv", "from,to,source,confidence\n");
  ASSERT_OK_AND_ASSIGN(const LoadReport kept, Load());
  EXPECT_EQ(kept.deleted, 0u);

  // What others added is no business of the load, nor the nodes that it stands on.
  CommitInput input;
  Node* note = input.mutations.emplace_back().mutable_put_node();
  note->set_name("organizations/own");
  note->set_type("organization");
  Citation* citation = note->add_citations();
  citation->set_source("sources/un");
  citation->set_confidence(v1::CONFIDENCE_SEEN);
  ASSERT_OK(graph_->Commit(input));
  ASSERT_OK_AND_ASSIGN(const LoadReport pruned, Load({.prune = true}));
  EXPECT_EQ(pruned.deleted, 3u);  // The organization, the consent, and what followed from it.
  EXPECT_OK(graph_->FindNode(Look(), "organizations/own"));
  EXPECT_THAT(graph_->FindNode(Look(), "organizations/asean"),
              StatusIs(absl::StatusCode::kNotFound));
}

}  // namespace
}  // namespace attlas::graph
