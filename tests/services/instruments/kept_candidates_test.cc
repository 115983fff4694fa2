// RankCandidates from what is kept of all states and from what the question alone reads: the same
// bytes, over all instruments and region sets.
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "services/instruments/instrument_queries.h"
#include "tests/services/domain/curated_graph.h"
#include "tests/services/domain/kept_question.h"
#include "tests/services/domain/varied_graph.h"
#include "tests/testing/status_matchers.h"

namespace attlas::instruments {
namespace {

using testing::AsOf;
using testing::OperatorCall;
using testing::ReaderCall;
using Request = v1::RankCandidatesRequest;

Request About(const std::string& instrument, const std::string& grouping = "",
              const std::string& date = "2026-02-03", int confidence = 0) {
  Request request;
  *request.mutable_read() = AsOf(date, static_cast<graph::v1::Confidence>(confidence));
  request.set_instrument(instrument);
  request.set_grouping(grouping);
  return request;
}

constexpr testing::KeptQuestion kCandidates{&InstrumentQueries::RankCandidates,
                                            &InstrumentQueries::kept_candidate_tables,
                                            kCandidatesAskedBefore};

TEST(KeptCandidatesTest, AllInstrumentsAndRegionSetsGetTheSameAnswers) {
  const char* const dates[] = {"2026-02-03", "2014-06-01", "1997-03-01"};
  services::GraphApi& graph = testing::SharedVariedGraph().api();
  const std::vector<std::string> groupings = testing::NamesOfTypes({"grouping"});
  ASSERT_FALSE(groupings.empty());
  size_t asked = 0;
  for (const services::CallContext& call : {OperatorCall(), ReaderCall()}) {
    const InstrumentQueries keeping(&graph);
    kCandidates.Warm(keeping, call, About("att"));
    for (const std::string& instrument : testing::NamesOfTypes({"instrument"})) {
      for (int i = 0; i < 3; ++i) {
        ++asked;
        Request request =
            About(instrument, asked % 2 == 0 ? "" : groupings[asked / 2 % groupings.size()],
                  dates[asked % 3], static_cast<int>(asked / 3 % 5));
        request.set_page_size(asked % 4 == 0 ? 500 : 0);
        request.set_signatories_only(asked % 7 == 0);
        kCandidates.ExpectAsAnew(keeping, graph, call, request);
      }
    }
  }
  EXPECT_GT(asked, 500u);
}

TEST(KeptCandidatesTest, EveryDayAndConfidenceGetsTheSameAnswers) {
  services::GraphApi& graph = testing::SharedVariedGraph().api();
  const InstrumentQueries keeping(&graph);
  kCandidates.Warm(keeping, OperatorCall(), About("att"));
  for (const char* instrument : {"att", "firearms-protocol", "unpoa", "ccm"}) {
    for (const char* grouping : {"", "asean"}) {
      for (const char* date : {"1950-01-01", "2001-07-20", "2014-12-24", "2030-01-01"}) {
        for (int confidence = 0; confidence <= 4; ++confidence) {
          Request request = About(instrument, grouping, date, confidence);
          request.set_include_sources(true);
          kCandidates.ExpectAsAnew(keeping, graph, OperatorCall(), request);
        }
      }
    }
  }
}

TEST(KeptCandidatesTest, NamesAndErrorsAreTheSame) {
  services::GraphApi& graph = testing::SharedVariedGraph().api();
  const InstrumentQueries keeping(&graph);
  kCandidates.Warm(keeping, OperatorCall(), About("att"));
  for (const auto& [instrument, grouping] :
       {std::pair("Arms Trade Treaty", ""), std::pair("nothing", ""), std::pair("att", "ASEAN"),
        std::pair("att", "groupings/nothing"), std::pair("ATT", "asean")}) {
    const Request request = About(instrument, grouping);
    kCandidates.ExpectAsAnew(keeping, graph, OperatorCall(), request);
  }
}

TEST(KeptCandidatesTest, ACommitIsSeenAndARedactionForgotten) {
  testing::VariedGraph graph;
  InstrumentQueries keeping(&graph.api());
  kCandidates.Warm(keeping, OperatorCall(), About("att"));
  graph::Edge edge = graph.EdgeFrom("states/IDN", "VOICED");
  edge.mutable_citations(0)->set_confidence(graph::v1::CONFIDENCE_UNVERIFIED);
  edge.mutable_marking()->set_space("spaces/room");
  graph.Put(edge);
  const std::string anew = kCandidates.AskAnew(graph.api(), OperatorCall(), About("att"));
  EXPECT_TRUE(kCandidates.Ask(keeping, OperatorCall(), About("att")) == anew);
  kCandidates.Warm(keeping, OperatorCall(), About("att"));
  EXPECT_TRUE(kCandidates.Ask(keeping, OperatorCall(), About("att")) == anew);
  Request past = About("att");
  past.mutable_read()->set_at_revision(graph.LatestToken());
  for (int i = 0; i <= kCandidatesAskedBefore; ++i) kCandidates.Ask(keeping, OperatorCall(), past);
  const auto listener = graph.graph().SubscribeToRedactions([&](uint64_t) { keeping.Forget(); });
  ASSERT_OK(graph.graph().Redact(
      {.scopes = {{.space = "spaces/room", .through_revision = graph.graph().LatestRevision()}}}));
  for (int i = 0; i <= kCandidatesAskedBefore; ++i) {
    kCandidates.ExpectAsAnew(keeping, graph.api(), OperatorCall(), past);
  }
}

}  // namespace
}  // namespace attlas::instruments
