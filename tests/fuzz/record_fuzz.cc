// What is read back from disk: records, keys, commits, and the nodes and edges within.
#include "graph/store/record.h"

#include "attlas/storage/v1/commit_record.pb.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/testing/test_ontology.h"

namespace attlas::fuzz {
namespace {

using graph::EntityKind;

void CheckRecord(EntityKind kind, std::string_view bytes) {
  const auto record = graph::DecodeRecord(kind, bytes);
  if (!record.ok()) return;
  const std::string again = graph::EncodeRecord(kind, *record);
  const auto decoded = graph::DecodeRecord(kind, again);
  Require(decoded.ok(), "a record cannot be read back");
  Require(graph::EncodeRecord(kind, *decoded) == again, "a record changes when it is written");
}

void CheckKeys(std::string_view bytes) {
  if (const auto id = graph::DecodeEntity(bytes); id.ok()) {
    Require(graph::EncodeEntity(*id) == bytes, "an entity changes when it is written");
  }
  if (const auto id = graph::DecodeEntityKey(bytes); id.ok()) {
    Require(bytes.starts_with(graph::EntityKey(*id)), "a key changes when it is written");
    if (const auto revision = graph::DecodeHistoryRevision(bytes); revision.ok()) {
      Require(graph::HistoryKey(*id, *revision) == bytes, "a history key changes");
    }
  }
}

// Brings a statement into the stored form, which must be one alone, and checks it.
template <typename Statement, typename Check>
void CheckStatement(std::string_view bytes, Check check) {
  Statement statement;
  if (!statement.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return;
  graph::Canonicalize(&statement);
  const std::string once = graph::SerializeDeterministic(statement);
  graph::Canonicalize(&statement);
  Require(graph::SerializeDeterministic(statement) == once, "the canonical form is not one form");
  std::vector<graph::FieldViolation> violations;
  check(statement, &violations);
  for (const graph::FieldViolation& violation : violations) {
    Require(!violation.description.empty(), "a violation that says nothing");
  }
}

template <typename Statement>
std::string Record(EntityKind kind, const Statement& statement) {
  return graph::EncodeRecord(kind, {.revision = 3,
                                    .deleted = false,
                                    .hot = {.level = 2, .confidence = 4},
                                    .body = graph::SerializeDeterministic(statement)});
}

}  // namespace

void Fuzz(std::string_view input) {
  CheckRecord(EntityKind::kNode, input);
  CheckRecord(EntityKind::kEdge, input);
  CheckKeys(input);
  const auto ontology = attlas::testing::TestOntology();
  CheckStatement<graph::Node>(input, [&](const graph::Node& node, auto* violations) {
    ontology->CheckNode(node, "node", violations);
  });
  CheckStatement<graph::Edge>(input, [&](const graph::Edge& edge, auto* violations) {
    ontology->CheckEdge(edge, "edge", violations);
  });
  storage::v1::CommitRecord commit;
  if (commit.ParseFromArray(input.data(), static_cast<int>(input.size()))) {
    Require(commit.ByteSizeLong() <= 2 * input.size() + 16, "a commit record grows");
  }
}

std::vector<std::string> Seeds() {
  const graph::Node node = attlas::testing::MakeNode("states/IDN", "Indonesia");
  const graph::Edge edge = attlas::testing::MakeDatedEdge("SIGNED", "states/IDN", "instruments/att",
                                                          "2014", "2015-03-01");
  storage::v1::CommitRecord commit;
  commit.set_commit_time_us(1);
  commit.set_reason("why");
  commit.add_ordinals(7);
  commit.set_kinds("\x01");
  return {Record(EntityKind::kNode, node),
          Record(EntityKind::kEdge, edge),
          node.SerializeAsString(),
          edge.SerializeAsString(),
          commit.SerializeAsString(),
          graph::HistoryKey({EntityKind::kEdge, 9}, 12),
          graph::EncodeEntity({EntityKind::kNode, 4})};
}

}  // namespace attlas::fuzz
