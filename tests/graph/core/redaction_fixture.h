// What the tests of redactions share: a room with secrets, and a look at every byte of a store.
#ifndef ATTLAS_TESTS_GRAPH_CORE_REDACTION_FIXTURE_H_
#define ATTLAS_TESTS_GRAPH_CORE_REDACTION_FIXTURE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "graph/graph.h"
#include "gtest/gtest.h"
#include "tests/testing/files.h"
#include "tests/testing/mutations.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temporary_directory.h"
#include "tests/testing/test_ontology.h"

namespace attlas::testing {

using graph::Graph;
using graph::View;
using graph::v1::Mutation;

inline constexpr char kRoom[] = "spaces/room";
// What must not be found afterwards. No other text of the tests has it.
inline constexpr char kSecret[] = "zq8secretword";
inline constexpr char kRequestId[] = "2f1b3c7e-8a4d-4f6e-9b0a-1c2d3e4f5a6b";

inline graph::Node Secret(const std::string& name) {
  return InSpace(MakeNode(name, absl::StrCat(kSecret, " about ", name)));
}

// Where the engine itself finds `text`, once its blocks are unpacked; and whether its files hold
// more than it shows: versions that a compaction would have dropped.
struct RawStore {
  std::vector<std::string> with_text;
  uint64_t shown = 0;
  uint64_t in_files = 0;
};
RawStore ReadRaw(const std::string& path, const std::string& text);

class RedactionTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_OK_AND_ASSIGN(graph_, Open());
    Commit({Put(MakeNode("sources/test")), Put(MakeNode("states/IDN", "Indonesia")),
            Put(MakeNode("instruments/att", "ATT"))});
  }
  absl::StatusOr<std::unique_ptr<Graph>> Open() const {
    return Graph::Open({.path = directory_.file("store"), .ontology = TestOntology()});
  }
  uint64_t Commit(std::vector<Mutation> mutations, const std::string& request_id = "") {
    const auto output = graph_->Commit({.mutations = std::move(mutations),
                                        .request_id = request_id,
                                        .reason = absl::StrCat(kSecret, " was said")});
    EXPECT_OK(output);
    return output.ok() ? output->revision : 0;
  }
  graph::RedactionOutput Redact(uint64_t through, const std::string& history_of = "") {
    const auto output =
        graph_->Redact({.scopes = {{kRoom, through, history_of}}, .reason = "retention"});
    EXPECT_OK(output);
    return output.value_or(graph::RedactionOutput());
  }
  View At(uint64_t revision) const {
    graph::v1::ReadOptions read;
    read.set_at_revision(graph_->RevisionToken(revision));
    return *graph_->Read(read, graph::Clearance::Operator());
  }
  bool Exists(const std::string& name, uint64_t revision) const {
    return graph_->FindNode(At(revision), name).ok();
  }
  // Two things in the room, with their edges, changed and deleted.
  void FillRoom() {
    Commit({Put(Secret("organizations/held")), Put(Secret("organizations/deleted")),
            Put(InSpace(MakeEdge("MEMBER_OF", "states/IDN", "organizations/held"))),
            // Hidden by its end alone.
            Put(MakeEdge("KNOWS", "states/IDN", "organizations/held"))},
           kRequestId);
    Commit({Put(InSpace(MakeNode("organizations/held", absl::StrCat(kSecret, " again"))))});
    Commit({Delete("organizations/deleted")});
  }

  TemporaryDirectory directory_;
  std::unique_ptr<Graph> graph_;
};

}  // namespace attlas::testing

#endif  // ATTLAS_TESTS_GRAPH_CORE_REDACTION_FIXTURE_H_
