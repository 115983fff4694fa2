#include "graph/base/error.h"

#include <random>

#include "absl/strings/cord.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"

namespace attlas::graph {
namespace {

using ::attlas::testing::StatusIs;
using ::testing::Pair;

TEST(ErrorTest, DetailSurvivesThePayload) {
  const absl::Status status =
      MakeError(absl::StatusCode::kAborted, "stale",
                {.reason = "ETAG_MISMATCH",
                 .metadata = {{"resource", "states/IDN"}, {"etag", std::string("a:\0b", 4)}},
                 .violations = {{"mutations[0]", "has changed"}, {"", ""}}});
  const std::optional<ErrorDetail> detail = GetErrorDetail(status);
  ASSERT_TRUE(detail.has_value());
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kAborted, "stale"));
  EXPECT_EQ(detail->reason, "ETAG_MISMATCH");
  EXPECT_THAT(detail->metadata, ::testing::ElementsAre(Pair("resource", "states/IDN"),
                                                       Pair("etag", std::string("a:\0b", 4))));
  ASSERT_EQ(detail->violations.size(), 2u);
  EXPECT_EQ(detail->violations[0].field, "mutations[0]");
  EXPECT_EQ(detail->violations[0].description, "has changed");
}

TEST(ErrorTest, OtherStatusesHaveNoDetail) {
  EXPECT_FALSE(GetErrorDetail(absl::OkStatus()).has_value());
  EXPECT_FALSE(GetErrorDetail(absl::InternalError("x")).has_value());
}

TEST(ErrorTest, InvalidFieldNamesFieldInMessage) {
  EXPECT_THAT(InvalidField("name", "is empty"),
              StatusIs(absl::StatusCode::kInvalidArgument, "name: is empty"));
}

TEST(ErrorTest, InvalidFieldsJoinsAFewAndKeepsAll) {
  std::vector<FieldViolation> violations(11, FieldViolation{"f", "bad"});
  const absl::Status status = InvalidFields(violations, "ONTOLOGY_VIOLATION");
  EXPECT_THAT(std::string(status.message()), ::testing::EndsWith("; and 3 more"));
  EXPECT_EQ(GetErrorDetail(status)->reason, "ONTOLOGY_VIOLATION");
  EXPECT_EQ(GetErrorDetail(status)->violations.size(), 11u);
}

TEST(ErrorTest, ResourceNotFoundCarriesTheName) {
  const absl::Status status = ResourceNotFound("states/XXX");
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kNotFound, "there is no states/XXX"));
  EXPECT_EQ(GetErrorDetail(status)->reason, "RESOURCE_NOT_FOUND");
  EXPECT_THAT(GetErrorDetail(status)->metadata,
              ::testing::ElementsAre(Pair("resource", "states/XXX")));
}

// Whatever stands in the payload, reading it ends in a detail or in none.
TEST(ErrorTest, DamagedPayloadsNeverCrash) {
  const absl::Status good = InvalidFields({{"a", "b"}, {"c", "d"}});
  std::string url;
  std::string bytes;
  good.ForEachPayload([&](auto payload_url, const absl::Cord& payload) {
    url = std::string(payload_url.data(), payload_url.size());
    bytes = std::string(payload);
  });
  std::mt19937 random(7);
  for (int round = 0; round < 5000; ++round) {
    std::string damaged = bytes.substr(0, random() % (bytes.size() + 1));
    if (!damaged.empty()) damaged[random() % damaged.size()] = static_cast<char>(random());
    absl::Status status = absl::InternalError("x");
    status.SetPayload(url, absl::Cord(damaged));
    GetErrorDetail(status);
  }
}

}  // namespace
}  // namespace attlas::graph
