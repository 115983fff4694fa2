#include <unistd.h>

#include <cstdio>
#include <fstream>

#include "graph/ontology/ontology.h"
#include "gtest/gtest.h"
#include "tests/graph/ontology/small_ontology.h"
#include "tests/testing/status_matchers.h"

namespace attlas::graph {
namespace {

using ::attlas::testing::StatusIs;
using ::testing::StartsWith;

// A file that is removed at the end of the test.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& text)
      : path_(::testing::TempDir() + "/ontology_" + std::to_string(::getpid()) + ".textproto") {
    std::ofstream(path_) << text;
  }
  ~TemporaryFile() { std::remove(path_.c_str()); }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

TEST(TextFileTest, ReadsAnOntology) {
  const TemporaryFile file(kSmallOntology);
  ASSERT_OK_AND_ASSIGN(const auto ontology, OntologyIndex::FromTextFile(file.path()));
  EXPECT_EQ(ontology->proto().SerializeAsString(), SmallOntologyProto().SerializeAsString());
}

TEST(TextFileTest, NamesLineAndColumnOfSyntaxErrors) {
  const TemporaryFile file("version: 1\nnode_types {\n  nam: \"state\"\n}\n");
  EXPECT_THAT(OntologyIndex::FromTextFile(file.path()),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       file.path() + ":3:6: Message type \"attlas.graph.v1.NodeType\" has no field "
                                     "named \"nam\"."));
}

TEST(TextFileTest, NamesLineAndColumnOfSchemaErrors) {
  const TemporaryFile file(
      "version: 1\nnode_types { name: \"state\" collection: \"states\" }\n"
      "edge_types {\n  name: \"AT\"\n  from_types: \"state\"\n  to_types: \"stat\"\n}\n");
  EXPECT_THAT(OntologyIndex::FromTextFile(file.path()),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       file.path() + ":6:3: `stat` is not a node type; did you mean `state`?"));
}

TEST(TextFileTest, SaysWhatItCannotRead) {
  EXPECT_THAT(OntologyIndex::FromTextFile("/nonexistent/o.textproto"),
              StatusIs(absl::StatusCode::kNotFound,
                       "cannot read the ontology /nonexistent/o.textproto: No such file or "
                       "directory"));
  EXPECT_THAT(OntologyIndex::FromTextFile("/tmp"),
              StatusIs(absl::StatusCode::kNotFound, StartsWith("cannot read the ontology /tmp")));
}

}  // namespace
}  // namespace attlas::graph
