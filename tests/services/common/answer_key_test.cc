#include "services/common/answer_key.h"

#include <string>
#include <vector>

#include "attlas/graph/v1/graph_service.pb.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace attlas::services {
namespace {

// A question to be changed in one respect at a time.
struct Question {
  std::string method = "attlas.test.v1.Service/Get";
  std::string revision = "r1";
  graph::Date today;
  graph::Clearance clearance{graph::v1::TRAFFIC_LIGHT_GREEN, {}, false};
  graph::v1::ListNodesRequest request;

  std::string Key() const {
    return AnswerKey({.method = method,
                      .revision = revision,
                      .today = today,
                      .clearance = clearance,
                      .request = request});
  }
};

TEST(AnswerKeyTest, IsTheSameForTheSameQuestion) {
  Question a;
  a.request.set_page_size(3);
  EXPECT_EQ(a.Key(), Question(a).Key());
}

TEST(AnswerKeyTest, DiffersByEverythingThatAnAnswerDependsOn) {
  std::vector<Question> questions(13);
  questions[1].method = "attlas.test.v1.Service/List";
  questions[2].revision = "r2";
  questions[3].today.set_year(2026);
  questions[4].today.set_day(1);
  questions[5].clearance.level = graph::v1::TRAFFIC_LIGHT_AMBER;
  questions[6].clearance.spaces = {"spaces/room"};
  questions[7].clearance.spaces = {"spaces/room", "spaces/other"};
  questions[8].clearance.all_spaces = true;
  questions[9].request.set_page_token("next");
  questions[10].request.mutable_read()->mutable_as_of()->set_year(2026);
  questions[11].request.mutable_read()->set_ceiling(graph::v1::TRAFFIC_LIGHT_CLEAR);
  questions[12].request.mutable_read()->set_min_confidence(graph::v1::CONFIDENCE_SEEN);
  for (size_t i = 0; i < questions.size(); ++i) {
    for (size_t j = 0; j < i; ++j) EXPECT_NE(questions[i].Key(), questions[j].Key()) << i << j;
  }
}

TEST(AnswerKeyTest, PartsCannotRunIntoEachOther) {
  Question a;
  a.method = "ab";
  a.revision = "c";
  Question b;
  b.method = "a";
  b.revision = "bc";
  EXPECT_NE(a.Key(), b.Key());
  a = b = Question();
  a.clearance.spaces = {"spaces/ab", "spaces/c"};
  b.clearance.spaces = {"spaces/a", "spaces/bc"};
  EXPECT_NE(a.Key(), b.Key());
}

TEST(AnswerKeyTest, AClearanceIsASet) {
  Question a;
  a.clearance.spaces = {"spaces/x", "spaces/y"};
  Question b;
  b.clearance.spaces = {"spaces/y", "spaces/x", "spaces/y"};
  EXPECT_EQ(a.Key(), b.Key());
  // Who sees every space sees no more by being a member of one.
  a.clearance.all_spaces = b.clearance.all_spaces = true;
  b.clearance.spaces.clear();
  EXPECT_EQ(a.Key(), b.Key());
}

TEST(AnswerKeyTest, AnUnspecifiedLevelIsClear) {
  Question a;
  a.clearance.level = graph::v1::TRAFFIC_LIGHT_UNSPECIFIED;
  Question b;
  b.clearance.level = graph::v1::TRAFFIC_LIGHT_CLEAR;
  EXPECT_EQ(a.Key(), b.Key());
}

}  // namespace
}  // namespace attlas::services
