// The quick way from JSON means what protobuf's own means, or leaves it to that.
#include "services/gateway/json/json_wire.h"

#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <optional>
#include <random>
#include <string>
#include <vector>

#include "attlas/graph/v1/graph_service.pb.h"
#include "attlas/instruments/v1/instrument_service.pb.h"
#include "attlas/synergy/v1/synergy_service.pb.h"

namespace attlas::gateway {
namespace {

using google::protobuf::util::JsonStringToMessage;
using google::protobuf::util::MessageDifferencer;

// Whether the quick way reads `json`; fails where it means another message by it than protobuf.
template <typename Message>
bool IsRead(const std::string& json) {
  const std::optional<std::string> bytes = JsonToWire(*Message::descriptor(), json);
  if (!bytes.has_value()) return false;
  Message quick;
  EXPECT_TRUE(quick.ParseFromString(*bytes)) << json;
  Message own;
  const auto status = JsonStringToMessage(json, &own);
  EXPECT_TRUE(status.ok()) << status.ToString() << "\n" << json;
  EXPECT_TRUE(MessageDifferencer::Equals(quick, own)) << json << "\n" << quick.DebugString();
  // Neither are there bytes of more than that.
  EXPECT_EQ(bytes->size(), own.ByteSizeLong()) << json;
  return true;
}

using graph::v1::FindPathsRequest;
using graph::v1::GetNodeRequest;
using graph::v1::TraverseRequest;
using instruments::v1::GetStateProfileRequest;

TEST(JsonWireTest, ReadsWhatRequestsMostlyAre) {
  EXPECT_TRUE(IsRead<GetNodeRequest>("{}"));
  EXPECT_TRUE(IsRead<GetNodeRequest>(R"({"name":"states/IDN"})"));
  EXPECT_TRUE(IsRead<GetNodeRequest>(" {\n\t\"name\" : \"states/IDN\" ,\r\"read\" : { } } \n"));
  EXPECT_TRUE(IsRead<GetNodeRequest>(R"({"name":""})"));
  EXPECT_TRUE(IsRead<GetNodeRequest>(
      R"({"read":{"asOf":{"year":2026,"month":1,"day":0},"atRevision":"1"},"name":"states/IDN"})"));
  EXPECT_TRUE(IsRead<GetStateProfileRequest>(
      R"({"state":"states/IDN","participatingOnly":true,"includeSources":false})"));
  EXPECT_TRUE(IsRead<TraverseRequest>(
      R"({"startNodes":["states/IDN","","states/JPN"],"edgeTypes":[],"maxDepth":3,"maxNodes":0})"));
  EXPECT_TRUE(IsRead<synergy::v1::FindSynergiesRequest>(
      R"({"state":"states/IDN","target":"instruments/att"})"));
}

TEST(JsonWireTest, ReadsValuesOfEnums) {
  const auto& field = *GetStateProfileRequest::descriptor()->FindFieldByName("count_by");
  for (int i = 0; i < field.enum_type()->value_count(); ++i) {
    EXPECT_TRUE(IsRead<GetStateProfileRequest>("{\"countBy\":\"" +
                                               field.enum_type()->value(i)->name() + "\"}"));
  }
  EXPECT_FALSE(IsRead<GetStateProfileRequest>(R"({"countBy":"COUNT_BY_NONE_OF_THEM"})"));
  EXPECT_FALSE(IsRead<GetStateProfileRequest>(R"({"countBy":1})"));
}

TEST(JsonWireTest, LeavesTheRestToProtobuf) {
  for (const char* json : {"",
                           "{",
                           "}",
                           "[]",
                           "null",
                           "\"\"",
                           "{}{}",
                           "{},",
                           "{\"name\"}",
                           "{\"name\":}",
                           "{,}",
                           R"({"name":"a",})",
                           R"({"name":"a" "read":{}})",
                           R"({"name":"a"}x)",
                           R"({"name":null})",
                           R"({"name":1})",
                           R"({"name":["a"]})",
                           R"({"name":"a","name":"b"})",
                           R"({"nothing":"a"})",
                           R"({'name':"a"})",
                           R"({name:"a"})",
                           R"({"name":"a\nb"})",
                           "{\"name\":\"a\nb\"}",
                           "{\"name\":\"caf\xc3\xa9\"}",
                           "{\"name\":\"\xff\"}",
                           R"({"read":[]})",
                           R"({"read":""})"}) {
    EXPECT_FALSE(IsRead<GetNodeRequest>(json)) << json;
  }
  for (const char* json :
       {R"({"max_depth":1})", R"({"maxDepth":-1})", R"({"maxDepth":01})", R"({"maxDepth":1.5})",
        R"({"maxDepth":1e3})", R"({"maxDepth":"1"})", R"({"maxDepth":4294967296})",
        R"({"maxDepth":true})", R"({"startNodes":"states/IDN"})", R"({"startNodes":["a",]})",
        R"({"startNodes":[null]})", R"({"startNodes":["a")", R"({"namesOnly":truee})",
        R"({"namesOnly":"true"})", R"({"namesOnly":1})"}) {
    EXPECT_FALSE(IsRead<TraverseRequest>(json)) << json;
  }
}

TEST(JsonWireTest, LeavesDeepOnesToProtobuf) {
  std::string json;
  for (int i = 0; i < 10'000; ++i) json += R"({"read":)";
  EXPECT_FALSE(IsRead<GetNodeRequest>(json));
}

// Two of a oneof are a fault, which protobuf tells.
TEST(JsonWireTest, TakesOneOfAOneof) {
  EXPECT_TRUE(IsRead<GetNodeRequest>(R"({"read":{"atRevision":""}})"));
  EXPECT_TRUE(IsRead<GetNodeRequest>(R"({"read":{"atLeastRevision":"1"}})"));
  EXPECT_FALSE(IsRead<GetNodeRequest>(R"({"read":{"atRevision":"1","atLeastRevision":"1"}})"));
}

// What is nearly one of the requests that are read.
TEST(JsonWireTest, NeverMeansAnotherMessage) {
  const std::vector<std::string> seeds = {
      R"({"name":"states/IDN","read":{"asOf":{"year":2026,"month":1},"atRevision":"1"}})",
      R"({"state":"states/IDN","participatingOnly":true,"includeSources":false,"read":{}})",
      R"({"startNodes":["a","b"],"edgeTypes":["c"],"maxDepth":12,"namesOnly":true})",
      R"({"edgeTypes":["a"],"maxHops":3,"costs":[{"cost":1}],"avoidNodeTypes":["x"]})"};
  const std::string letters = "\"{}[]:,\\ \n0123456789eE.-+tfnulaxIN_\x7f\xc3\xa9/";
  std::mt19937_64 random(11);
  int read = 0;
  for (int i = 0; i < 40'000; ++i) {
    std::string json = seeds[random() % seeds.size()];
    for (size_t n = 1 + random() % 3; n > 0; --n) {
      const size_t at = random() % json.size();
      const char c = letters[random() % letters.size()];
      switch (random() % 3) {
        case 0:
          json[at] = c;
          break;
        case 1:
          json.insert(at, 1, c);
          break;
        default:
          json.erase(at, 1);
      }
    }
    if (IsRead<GetNodeRequest>(json)) ++read;
    if (IsRead<GetStateProfileRequest>(json)) ++read;
    if (IsRead<TraverseRequest>(json)) ++read;
    if (IsRead<FindPathsRequest>(json)) ++read;
  }
  EXPECT_GT(read, 1'000);
}

}  // namespace
}  // namespace attlas::gateway
