#include "services/common/page_token.h"

#include <filesystem>
#include <string>

#include "attlas/graph/v1/graph_service.pb.h"
#include "graph/base/error.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temporary_directory.h"

namespace attlas::services {
namespace {

using ::attlas::testing::IsOkAndHolds;
using ::attlas::testing::StatusIs;

constexpr PagePosition kPosition = {.revision = 42, .position = 0x0102030405060708};

std::string ReasonOf(const absl::Status& status) {
  const auto detail = graph::GetErrorDetail(status);
  return detail ? detail->reason : "";
}

class PageTokenTest : public ::testing::Test {
 protected:
  const PageTokenCodec codec_{PageTokenKey::Random()};
};

TEST_F(PageTokenTest, ComesBackAsItWent) {
  const std::string token = codec_.Encode(7, kPosition);
  EXPECT_THAT(codec_.Decode(token, 7), IsOkAndHolds(kPosition));
  EXPECT_EQ(
      token.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
      std::string::npos);
  EXPECT_EQ(token.size(), 71u);
}

TEST_F(PageTokenTest, TheSamePlaceHasTheSameToken) {
  EXPECT_EQ(codec_.Encode(7, kPosition), codec_.Encode(7, kPosition));
  EXPECT_NE(codec_.Encode(7, kPosition), codec_.Encode(8, kPosition));
}

TEST_F(PageTokenTest, RefusesTheTokenOfAnotherRequest) {
  const auto decoded = codec_.Decode(codec_.Encode(7, kPosition), 8);
  EXPECT_THAT(decoded, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_EQ(ReasonOf(decoded.status()), "PAGE_TOKEN_MISMATCH");
}

TEST_F(PageTokenTest, RefusesEveryAlteredCharacter) {
  const std::string token = codec_.Encode(7, kPosition);
  for (size_t i = 0; i < token.size(); ++i) {
    for (const char replacement : {'A', 'z', '_', '!'}) {
      std::string altered = token;
      if (altered[i] == replacement) continue;
      altered[i] = replacement;
      const auto decoded = codec_.Decode(altered, 7);
      EXPECT_FALSE(decoded.ok()) << i << replacement;
      EXPECT_EQ(ReasonOf(decoded.status()), "PAGE_TOKEN_MALFORMED");
    }
  }
}

TEST_F(PageTokenTest, RefusesWhatIsNoToken) {
  const std::string token = codec_.Encode(7, kPosition);
  for (const std::string& text :
       {std::string("x"), token + "A", token + "=", token.substr(1), token + token,
        std::string(100'000, 'A'), std::string("\0\xff", 2), std::string("../../etc/passwd")}) {
    EXPECT_EQ(ReasonOf(codec_.Decode(text, 7).status()), "PAGE_TOKEN_MALFORMED");
  }
}

TEST_F(PageTokenTest, RefusesTheTokenOfAnotherStore) {
  const PageTokenCodec other(PageTokenKey::Random());
  EXPECT_EQ(ReasonOf(other.Decode(codec_.Encode(7, kPosition), 7).status()),
            "PAGE_TOKEN_MALFORMED");
}

TEST_F(PageTokenTest, HidesItsPosition) {
  // Neighbouring positions have nothing in common: nobody counts what lies between two pages.
  const std::string a = codec_.Encode(7, {.revision = 1, .position = 10});
  const std::string b = codec_.Encode(7, {.revision = 1, .position = 11});
  size_t same = 0;
  for (size_t i = 0; i < a.size(); ++i) same += a[i] == b[i] ? 1 : 0;
  EXPECT_LT(same, 20u);
}

TEST(PageTokenKeyTest, OutlivesARestart) {
  const testing::TemporaryDirectory directory;
  ASSERT_OK_AND_ASSIGN(const PageTokenKey made, PageTokenKey::LoadOrCreate(directory.file("key")));
  ASSERT_OK_AND_ASSIGN(const PageTokenKey kept, PageTokenKey::LoadOrCreate(directory.file("key")));
  EXPECT_EQ(made.bytes, kept.bytes);
  EXPECT_EQ(std::filesystem::status(directory.file("key")).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST(PageTokenKeyTest, SaysWhereItCannotBeKept) {
  EXPECT_THAT(
      PageTokenKey::LoadOrCreate("/nowhere/key"),
      StatusIs(absl::StatusCode::kFailedPrecondition, ::testing::HasSubstr("/nowhere/key")));
}

TEST(HashQueryTest, TellsApartRequestsAndCallers) {
  graph::v1::ListNodesRequest states;
  states.mutable_selector()->add_types("state");
  graph::v1::ListNodesRequest all;
  const graph::Clearance operator_sees = graph::Clearance::Operator();
  const uint64_t hash = HashQuery(states, operator_sees);
  EXPECT_EQ(hash, HashQuery(states, operator_sees));
  EXPECT_NE(hash, HashQuery(all, operator_sees));
  EXPECT_NE(hash, HashQuery(states, graph::Clearance{}));
  EXPECT_NE(hash, HashQuery(states, operator_sees, "another method"));
  EXPECT_EQ(HashQuery(all, {.spaces = {"spaces/a", "spaces/b"}}),
            HashQuery(all, {.spaces = {"spaces/b", "spaces/a"}}));
}

}  // namespace
}  // namespace attlas::services
