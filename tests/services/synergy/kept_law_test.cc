// FindSynergies with the law of a revision kept and without: the same bytes, whatever was asked
// before, committed or taken out meanwhile.
#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "graph/graph.h"
#include "gtest/gtest.h"
#include "services/common/limits.h"
#include "services/common/page_token.h"
#include "services/graph/local_graph.h"
#include "services/synergy/synergy_queries.h"
#include "tests/services/domain/curated_graph.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temporary_directory.h"

namespace attlas::synergy {
namespace {

using testing::AsOf;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::OperatorCall;
using Request = v1::FindSynergiesRequest;

Request About(const std::string& state, const std::string& target,
              const std::string& date = "2026-02-03", int confidence = 0) {
  Request request;
  *request.mutable_read() = AsOf(date, static_cast<graph::v1::Confidence>(confidence));
  request.set_state(state);
  request.set_target(target);
  return request;
}

std::string Ask(const SynergyQueries& queries, const services::CallContext& call,
                const Request& request) {
  const auto found = queries.FindSynergies(call, request);
  EXPECT_OK(found);
  return found.ok() ? std::string(found->bytes()) : "";
}

// Of one who has kept nothing: what is asked for the first time is read for this question alone.
std::string AskAnew(services::GraphApi& graph, const services::CallContext& call,
                    const Request& request) {
  return Ask(SynergyQueries(&graph), call, request);
}

TEST(KeptLawTest, AnswersAreTheSameWithAndWithoutIt) {
  services::GraphApi& graph = testing::CuratedGraph();
  const SynergyQueries keeping(&graph);
  for (const char* target : {"att", "unpoa", "firearms-protocol", "wassenaar"}) {
    for (const char* state : {"IDN", "COK", "VNM", "AUS", "MMR"}) {
      for (const char* date : {"1990-01-01", "2013-06-01", "2026-02-03"}) {
        for (const int confidence : {1, 2, 4}) {
          SCOPED_TRACE(std::string(state) + " " + target + " " + date);
          Request request = About(state, target, date, confidence);
          request.set_include_sources(confidence == 4);
          if (!keeping.FindSynergies(OperatorCall(), request).ok()) continue;
          EXPECT_EQ(Ask(keeping, OperatorCall(), request), AskAnew(graph, OperatorCall(), request));
        }
      }
    }
  }
}

// What a state does is read for a state, a target and filters; none of them gets that of another.
TEST(KeptLawTest, WhatIsKeptOfAStateIsThatOfTheQuestion) {
  services::GraphApi& graph = testing::CuratedGraph();
  const SynergyQueries keeping(&graph);
  const Request plain = About("IDN", "att");
  std::vector<Request> requests = {plain, About("MYS", "att"), About("IDN", "unpoa"),
                                   About("MYS", "unpoa")};
  const auto themes = keeping.FindSynergies(OperatorCall(), plain)->Parse().themes();
  ASSERT_GT(themes.size(), 1);
  for (int i = 0; i < 2; ++i) {
    requests.push_back(plain);
    requests.back().add_themes(themes[i].theme().name());
  }
  requests.push_back(plain);
  requests.back().add_instruments("unpoa");
  for (int round = 0; round < 3; ++round) {
    for (const Request& request : requests) {
      EXPECT_TRUE(Ask(keeping, OperatorCall(), request) == AskAnew(graph, OperatorCall(), request))
          << request.ShortDebugString();
    }
  }
  EXPECT_EQ(keeping.kept_subgraphs().values, requests.size());
  // Another day needs no other read, and a name that is not there is not kept.
  EXPECT_OK(keeping.FindSynergies(OperatorCall(), About("IDN", "att", "2001-01-01")));
  for (int i = 0; i < 3; ++i) {
    EXPECT_FALSE(keeping.FindSynergies(OperatorCall(), About("QQQ", "att")).ok());
  }
  EXPECT_EQ(keeping.kept_subgraphs().values, requests.size());
}

// The bytes are written by hand, so protobuf is asked whether it would write the same.
TEST(KeptLawTest, TheBytesAreThoseOfTheMessage) {
  for (const char* state : {"IDN", "COK"}) {
    Request request = About(state, "att");
    request.set_include_sources(true);
    const auto found =
        SynergyQueries(&testing::CuratedGraph()).FindSynergies(OperatorCall(), request);
    ASSERT_OK(found);
    const v1::FindSynergiesResponse response = found->Parse();
    EXPECT_GT(response.themes_size(), 30);
    EXPECT_GT(response.sources_size(), 0);
    EXPECT_EQ(found->head().revision(), response.revision());
    EXPECT_TRUE(found->bytes() == response.SerializeAsString());
  }
}

// A copy of the curated store that is written to.
class KeptLawOfAGraphTest : public ::testing::Test {
 protected:
  KeptLawOfAGraphTest() {
    EXPECT_OK(testing::CopyCuratedStore(directory_.file("store")));
    auto opened = graph::Graph::Open({.path = directory_.file("store")});
    EXPECT_OK(opened);
    graph_ = *std::move(opened);
    api_ = std::make_unique<services::LocalGraph>(graph_.get(), services::ServiceLimits(),
                                                  page_tokens_);
    queries_ = std::make_unique<SynergyQueries>(api_.get());
  }

  // Asks often enough that the law is kept.
  std::string AskKept(const services::CallContext& call, const Request& request) {
    Ask(*queries_, call, request);
    Ask(*queries_, call, request);
    return Ask(*queries_, call, request);
  }
  void ExpectAsNew(const services::CallContext& call, const Request& request) {
    EXPECT_TRUE(Ask(*queries_, call, request) == AskAnew(*api_, call, request));
  }

  // The statements of what a provision of the UN PoA serves, of which one is a theme of the ATT.
  std::vector<graph::Edge> LinksOfAProvision() {
    for (const auto& theme : Themes()) {
      for (const auto& commitment : theme.commitments()) {
        if (commitment.instrument().name() != "instruments/unpoa") continue;
        graph::v1::ListEdgesRequest list;
        list.set_node(commitment.provision().name());
        list.add_types("SERVES");
        const auto edges = api_->ListEdges(OperatorCall(), list);
        EXPECT_OK(edges);
        return {(*edges)->edges().begin(), (*edges)->edges().end()};
      }
    }
    ADD_FAILURE() << "there is none";
    return {graph::Edge()};
  }
  graph::Edge SomeLink() { return LinksOfAProvision().front(); }
  // One that is not there, to another theme of the ATT.
  graph::Edge NewLink() {
    const std::vector<graph::Edge> known = LinksOfAProvision();
    graph::Edge link = known.front();
    link.clear_name();
    for (const auto& theme : Themes()) {
      link.set_to(theme.theme().name());
      const bool is_known = std::any_of(known.begin(), known.end(), [&](const graph::Edge& edge) {
        return edge.to() == link.to();
      });
      if (!is_known) return link;
    }
    ADD_FAILURE() << "there is none";
    return link;
  }
  google::protobuf::RepeatedPtrField<v1::ThemeSynergy> Themes() {
    return SynergyQueries(api_.get())
        .FindSynergies(OperatorCall(), About("IDN", "att"))
        ->Parse()
        .themes();
  }

  void Put(graph::Edge edge) {
    edge.clear_etag();
    graph::CommitInput input;
    *input.mutations.emplace_back().mutable_put_edge() = std::move(edge);
    EXPECT_OK(graph_->Commit(std::move(input)));
  }
  // The statement with another wording.
  static graph::Edge Reworded(graph::Edge edge, const std::string& words) {
    for (graph::v1::Property& property : *edge.mutable_properties()) {
      if (property.name() == "paraphrase") property.mutable_value()->set_text(words);
    }
    return edge;
  }
  std::string Latest() { return graph_->RevisionToken(graph_->LatestRevision()); }

  testing::TemporaryDirectory directory_;
  services::PageTokenCodec page_tokens_{services::PageTokenKey::Random()};
  std::unique_ptr<graph::Graph> graph_;
  std::unique_ptr<services::LocalGraph> api_;
  std::unique_ptr<SynergyQueries> queries_;
};

TEST_F(KeptLawOfAGraphTest, ACommitIsSeenByTheNextQuestion) {
  const Request now = About("IDN", "att");
  Request past = now;
  past.mutable_read()->set_at_revision(Latest());
  const std::string before = AskKept(OperatorCall(), now);
  for (int i = 0; i < 3; ++i) {
    const std::string words = "Reworded " + std::to_string(i);
    Put(Reworded(SomeLink(), words));
    EXPECT_THAT(Ask(*queries_, OperatorCall(), now), HasSubstr(words));
    EXPECT_THAT(AskKept(OperatorCall(), now), HasSubstr(words));
    ExpectAsNew(OperatorCall(), now);
  }
  EXPECT_TRUE(AskKept(OperatorCall(), past) == before);
}

TEST_F(KeptLawOfAGraphTest, ACallerGetsNothingOfTheLawOfAnother) {
  graph::Edge secret = Reworded(SomeLink(), "Secret words");
  secret.mutable_marking()->set_traffic_light(graph::v1::TRAFFIC_LIGHT_RED);
  Put(secret);
  services::CallContext reader = OperatorCall();
  reader.clearance = {graph::v1::TRAFFIC_LIGHT_CLEAR, {}, false};
  const Request request = About("IDN", "att");
  EXPECT_THAT(AskKept(OperatorCall(), request), HasSubstr("Secret words"));
  EXPECT_THAT(AskKept(reader, request), Not(HasSubstr("Secret words")));
  ExpectAsNew(reader, request);
  // The same caller who asks for less.
  Request less = request;
  less.mutable_read()->set_ceiling(graph::v1::TRAFFIC_LIGHT_CLEAR);
  EXPECT_THAT(AskKept(OperatorCall(), less), Not(HasSubstr("Secret words")));
  EXPECT_THAT(AskKept(OperatorCall(), request), HasSubstr("Secret words"));
}

TEST_F(KeptLawOfAGraphTest, WhatIsRedactedIsForgotten) {
  graph::Edge secret = Reworded(NewLink(), "Secret words");
  secret.mutable_marking()->set_space("spaces/room");
  Put(secret);
  Request request = About("IDN", "att");
  request.mutable_read()->set_at_revision(Latest());
  ASSERT_THAT(AskKept(OperatorCall(), request), HasSubstr("Secret words"));
  const auto listener = graph_->SubscribeToRedactions([&](uint64_t) { queries_->Forget(); });
  const auto redacted = graph_->Redact(
      {.scopes = {{.space = "spaces/room", .through_revision = graph_->LatestRevision()}}});
  ASSERT_OK(redacted);
  ASSERT_EQ(redacted->erased, 1u);
  for (int i = 0; i < 3; ++i) {
    EXPECT_THAT(Ask(*queries_, OperatorCall(), request), Not(HasSubstr("Secret words")));
    ExpectAsNew(OperatorCall(), request);
  }
}

}  // namespace
}  // namespace attlas::synergy
