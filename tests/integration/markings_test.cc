// What is marked above the clearance of a daemon does not exist for its callers: every RPC that
// reads answers the same, byte for byte, whether or not the store holds it.
//
// Two copies of one store of the curated dataset take one more commit each; in one of them it also
// puts salt: statements and things marked TLP:RED, and clear ones that hang on them. The list of
// RPCs comes from the descriptors, so that a new one cannot be forgotten.
#include <fstream>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "attlas/graph/v1/graph_service.pb.h"
#include "attlas/instruments/v1/instrument_service.pb.h"
#include "attlas/synergy/v1/synergy_service.pb.h"
#include "google/protobuf/dynamic_message.h"
#include "google/protobuf/text_format.h"
#include "graph/graph.h"
#include "graph/ingest/load.h"
#include "graph/model/name.h"
#include "tests/integration/attlasd_process.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temporary_directory.h"

namespace attlas::testing {
namespace {

namespace v1 = graph::v1;
using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::MethodDescriptor;

constexpr char kSaltNode[] = "states/XQS";

std::vector<const google::protobuf::ServiceDescriptor*> Services() {
  return {
      v1::GetNodeRequest::descriptor()->file()->FindServiceByName("GraphService"),
      instruments::v1::GetStatusRequest::descriptor()->file()->FindServiceByName(
          "InstrumentService"),
      synergy::v1::FindSynergiesRequest::descriptor()->file()->FindServiceByName("SynergyService")};
}

bool Reads(const MethodDescriptor& method) {
  return method.options().idempotency_level() == google::protobuf::MethodOptions::NO_SIDE_EFFECTS;
}

// Requests of every RPC that reads, in text format, by the method's name. `{edge}` is the name of
// an edge that is marked, `{clear_edge}` of one that is not.
const std::map<std::string, std::vector<std::string>>& Requests() {
  static const auto* const requests = new std::map<std::string, std::vector<std::string>>{
      {"GetNode",
       {"name: 'states/IDN'", "name: 'states/XQS'", "name: 'states/XQT'", "name: 'states/XQ'"}},
      {"BatchGetNodes",
       {"names: ['states/IDN', 'states/XQS', 'states/XQT'] allow_missing: true",
        "names: ['states/IDN', 'states/XQS']"}},
      {"ListNodes",
       {"page_size: 1000", "page_size: 7 selector { types: 'state' }",
        "selector { predicates { property: 'region' comparison: COMPARISON_PRESENT } }"}},
      {"ListEdges",
       {"page_size: 1000", "node: 'states/IDN' page_size: 3", "node: 'instruments/att'",
        "node: 'states/XQS'", "read { as_of { year: 2020 } } node: 'states/PHL'"}},
      {"Traverse",
       {"start_nodes: 'states/IDN' max_depth: 3 direction: DIRECTION_EITHER names_only: true",
        "start_nodes: 'states/IDN' max_depth: 8 direction: DIRECTION_EITHER max_nodes: 50 "
        "max_fan_out: 5",
        "start_nodes: 'states/XQS'"}},
      {"MatchPaths",
       {"patterns { start { names: 'states/PHL' } hops { direction: DIRECTION_EITHER } hops { "
        "direction: DIRECTION_EITHER } } max_paths: 500",
        "patterns { start { types: 'state' } hops { to { types: 'instrument' } } } result: "
        "MATCH_RESULT_SUBGRAPH max_bytes: 1000000",
        "patterns { start { names: 'states/XQS' } }"}},
      {"FindPaths",
       {"from: 'states/IDN' to: 'instruments/att' max_paths: 20",
        "from: 'states/IDN' to: 'states/PHL' max_paths: 5 confidence_penalty: 0.5",
        "from: 'states/IDN' to: 'states/XQS'"}},
      {"GetNeighborhood",
       {"node: 'states/IDN' max_nodes: 300", "node: 'instruments/att' max_fan_out: 10",
        "node: 'instruments/att' max_depth: 2 max_nodes: 2000 max_bytes: 100000",
        "node: 'states/XQS'"}},
      {"Watch", {"from_earliest: true", "from_earliest: true types: ['state', 'CONSENTED_TO']"}},
      {"GetHistory",
       {"name: 'states/IDN'", "name: 'states/XQS'", "name: '{edge}'", "name: '{clear_edge}'"}},
      {"GetOntology", {""}},
      {"GetStatistics", {"", "read { as_of { year: 2014 } }"}},
      {"Export", {"", "types: ['state', 'CONSENTED_TO']"}},
      {"ListInstruments", {"page_size: 5", "page_size: 1000"}},
      {"GetInstrument",
       {"name: 'instruments/att' include_sources: true", "name: 'instruments/xq-salt'"}},
      {"GetStateProfile",
       {"state: 'IDN' include_sources: true", "state: 'PHL'", "state: 'XQS'", "state: 'XQ'"}},
      {"GetStatus",
       {"instrument: 'att' include_sources: true", "instrument: 'att' grouping: 'asean'",
        "instrument: 'att' read { as_of { year: 2024 month: 8 day: 31 } }", "instrument: 'atx'"}},
      {"GetStatusTimeline", {"instrument: 'att'", "instrument: 'att' grouping: 'asean'"}},
      {"CompareFigures", {"", "figure: 'sas-18-of-40' include_sources: true"}},
      {"FindSynergies",
       {"state: 'IDN' target: 'att' include_sources: true", "state: 'COK' target: 'att'",
        "state: 'XQS' target: 'att'",
        "state: 'IDN' target: 'att' read { min_confidence: CONFIDENCE_UNVERIFIED }"}},
      {"CompareInstruments", {"instrument: 'att'", "instrument: 'att' others: 'un-poa'"}},
      {"SimulateParticipation",
       {"state: 'IDN' changes { instrument: 'att' act: SUPPOSED_ACT_JOIN }",
        "state: 'IDN' changes { instrument: 'att' act: SUPPOSED_ACT_JOIN } target: 'att'"}},
      {"FindBridges", {"state: 'IDN' target: 'att' page_size: 20 include_sources: true"}}};
  return *requests;
}

// Clears what two stores may differ in: sealed positions, and the clock of the second commit.
void Normalize(Message* message) {
  const google::protobuf::Reflection& reflection = *message->GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection.ListFields(*message, &fields);
  for (const FieldDescriptor* field : fields) {
    if (field->name() == "next_page_token" || field->name() == "cursor") {
      reflection.SetString(message, field, "more");
    } else if (field->name() == "commit_time") {
      reflection.ClearField(message, field);
    } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE && field->is_repeated()) {
      for (int i = 0; i < reflection.FieldSize(*message, field); ++i) {
        Normalize(reflection.MutableRepeatedMessage(message, field, i));
      }
    } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      Normalize(reflection.MutableMessage(message, field));
    }
  }
}

std::unique_ptr<Message> NewMessage(const Descriptor* type) {
  auto* const factory = google::protobuf::MessageFactory::generated_factory();
  return std::unique_ptr<Message>(factory->GetPrototype(type)->New());
}

// Everything that one daemon answers to one request: all messages of a stream, all pages of a list,
// the error with its details.
class Asker {
 public:
  explicit Asker(const AttlasdProcess& daemon, std::string latest)
      : channel_(daemon.Connect()), latest_(std::move(latest)) {}

  std::vector<std::string> Ask(const MethodDescriptor& method, const std::string& text) {
    const std::unique_ptr<Message> request = NewMessage(method.input_type());
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, request.get()))
        << method.full_name() << ": " << text;
    std::vector<std::string> answers;
    while (AskOnce(method, request.get(), &answers)) {
    }
    return answers;
  }

 private:
  // Appends to `answers`; whether there is a further page, which `request` then asks for.
  bool AskOnce(const MethodDescriptor& method, Message* request,
               std::vector<std::string>* answers) {
    std::string token;
    const auto take = [&](const std::string& bytes) {
      const std::unique_ptr<Message> response = NewMessage(method.output_type());
      EXPECT_TRUE(response->ParseFromString(bytes));
      const auto* const next = method.output_type()->FindFieldByName("next_page_token");
      if (next != nullptr) token = response->GetReflection()->GetString(*response, next);
      const auto* const through = method.output_type()->FindFieldByName("through_revision");
      const bool last =
          through != nullptr && response->GetReflection()->GetString(*response, through) == latest_;
      Normalize(response.get());
      std::string shown;
      google::protobuf::TextFormat::PrintToString(*response, &shown);
      answers->push_back(std::move(shown));
      return !last;
    };
    const std::string path = absl::StrCat("/", method.service()->full_name(), "/", method.name());
    const grpc::Status status = ReadAllRaw(channel_, path, request->SerializeAsString(), take);
    if (!status.ok() && status.error_code() != grpc::StatusCode::CANCELLED) {
      answers->push_back(absl::StrCat(static_cast<int>(status.error_code()), " ",
                                      status.error_message(), " ", status.error_details()));
    }
    if (token.empty()) return false;
    request->GetReflection()->SetString(request, method.input_type()->FindFieldByName("page_token"),
                                        token);
    return true;
  }

  const std::shared_ptr<grpc::Channel> channel_;
  const std::string latest_;  // Where a watch has told all there is.
};

class MarkingsTest : public ::testing::Test {
 protected:
  // The store of the dataset, in `directory_`/plain, and a copy of it in `directory_`/salted.
  void SetUp() override {
    ASSERT_OK_AND_ASSIGN(graph::Dataset dataset,
                         graph::ReadDataset(std::string(ATTLAS_SOURCE_DIR) + "/data", nullptr));
    ontology_ = dataset.ontology;
    nodes_ = dataset.nodes;
    edges_ = dataset.edges;
    graph::GraphOptions options;
    options.path = directory_.file("plain");
    options.ontology = ontology_;
    ASSERT_OK_AND_ASSIGN(auto plain, graph::Graph::Open(options));
    ASSERT_OK(graph::LoadDataset(*plain, std::move(dataset)).status());
    ASSERT_OK(plain->Checkpoint(directory_.file("salted")));
    options.path = directory_.file("salted");
    ASSERT_OK_AND_ASSIGN(auto salted, graph::Graph::Open(options));
    Commit(plain.get(), {});
    Commit(salted.get(), Salt());
    ASSERT_GT(salted->Latest()->edge_count(), plain->Latest()->edge_count() + 500);
    latest_ = plain->RevisionToken(plain->LatestRevision());
    ASSERT_EQ(salted->RevisionToken(salted->LatestRevision()), latest_);
  }

  // One commit: the salt first, so that what all may see comes to stand elsewhere in the store.
  void Commit(graph::Graph* graph, std::vector<v1::Mutation> mutations) {
    for (const char* const id : {"seen-one", "seen-two"}) {
      v1::Node node = nodes_.front();
      ASSERT_EQ(node.type(), "source");
      node.set_name(absl::StrCat("sources/", id));
      *mutations.emplace_back().mutable_create_node() = node;
    }
    ASSERT_OK(
        graph->Commit({.mutations = std::move(mutations), .reason = "salt", .unlimited = true})
            .status());
  }

  std::vector<v1::Mutation> Salt() {
    std::vector<v1::Mutation> mutations;
    const auto mark = [](auto* statement) {
      statement->mutable_marking()->set_traffic_light(v1::TRAFFIC_LIGHT_RED);
    };
    // A state that nobody sees, with all that the Philippines have, and an instrument.
    for (v1::Node node : nodes_) {
      if (node.name() != "states/PHL" && node.name() != "instruments/att") continue;
      node.set_name(node.type() == "state" ? kSaltNode : "instruments/xq-salt");
      mark(&node);
      *mutations.emplace_back().mutable_create_node() = node;
    }
    for (size_t i = 0; i < edges_.size(); ++i) {
      v1::Edge edge = edges_[i];
      edge.clear_name();
      const auto type = ontology_->EdgeTypeId(edge.type());
      // What its start may have one of alone leaves no room for salt.
      if (ontology_->edge_type(*type).max_per_from() != 0) continue;
      if (edge.from() == "states/PHL" || edge.to() == "states/PHL") {
        (edge.from() == "states/PHL" ? edge.mutable_from() : edge.mutable_to())->assign(kSaltNode);
      } else if (i % 7 == 0) {
        edge.set_qualifier("salt");
        mark(&edge);
        marked_edge_ = graph::DeriveEdgeName(edge.type(), edge.from(), edge.to(), "salt");
      } else {
        continue;
      }
      *mutations.emplace_back().mutable_create_edge() = edge;
    }
    return mutations;
  }

  std::unique_ptr<AttlasdProcess> Serve(const std::string& store, const std::string& clearance) {
    auto daemon = std::make_unique<AttlasdProcess>(std::vector<std::string>{
        "--listen=127.0.0.1:0", "--admin_listen=", "--services=all", "--log_level=error",
        "--clearance=" + clearance, "--data_dir=" + directory_.file(store)});
    EXPECT_NE(daemon->WaitUntilServing(), "");
    return daemon;
  }
  std::string Filled(std::string text) const {
    const auto fill = [&](const std::string& what, const std::string& by) {
      const size_t at = text.find(what);
      if (at != std::string::npos) text.replace(at, what.size(), by);
    };
    fill("{edge}", marked_edge_);
    fill("{clear_edge}", edges_.front().name());
    return text;
  }

  const TemporaryDirectory directory_;
  std::shared_ptr<const graph::OntologyIndex> ontology_;
  std::vector<v1::Node> nodes_;
  std::vector<v1::Edge> edges_;
  std::string marked_edge_;
  std::string latest_;
};

TEST_F(MarkingsTest, WhatIsMarkedAboveTheClearanceShowsNowhere) {
  const auto plain = Serve("plain", "amber");
  const auto salted = Serve("salted", "amber");
  Asker ask_plain(*plain, latest_);
  Asker ask_salted(*salted, latest_);
  for (const auto* const service : Services()) {
    for (int i = 0; i < service->method_count(); ++i) {
      const MethodDescriptor& method = *service->method(i);
      if (!Reads(method)) {
        EXPECT_TRUE(method.name() == "Commit" || method.name() == "Import")
            << method.full_name() << " neither reads (NO_SIDE_EFFECTS) nor is a known write";
        continue;
      }
      const auto requests = Requests().find(method.name());
      ASSERT_NE(requests, Requests().end())
          << "give " << method.full_name() << " requests in this test";
      for (const std::string& request : requests->second) {
        const std::string text = Filled(request);
        const std::vector<std::string> expected = ask_plain.Ask(method, text);
        const std::vector<std::string> answered = ask_salted.Ask(method, text);
        ASSERT_FALSE(expected.empty()) << method.full_name();
        EXPECT_TRUE(answered == expected) << method.full_name() << " {" << text << "} differs";
      }
    }
  }
}

// The salt is really there: with the clearance for it the same requests answer differently.
TEST_F(MarkingsTest, TheSaltShowsAtItsOwnClearance) {
  const auto plain = Serve("plain", "red");
  const auto salted = Serve("salted", "red");
  Asker ask_plain(*plain, latest_);
  Asker ask_salted(*salted, latest_);
  for (const auto* const service : Services()) {
    for (int i = 0; i < service->method_count(); ++i) {
      const MethodDescriptor& method = *service->method(i);
      // What has no statements in its answer, or none that the salt is about.
      if (!Reads(method) || method.name() == "GetOntology") continue;
      bool differs = false;
      for (const std::string& request : Requests().at(method.name())) {
        const std::string text = Filled(request);
        differs = differs || ask_plain.Ask(method, text) != ask_salted.Ask(method, text);
      }
      EXPECT_TRUE(differs) << method.full_name() << ": its requests do not touch the salt";
    }
  }
}

}  // namespace
}  // namespace attlas::testing
