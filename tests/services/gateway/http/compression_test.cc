#include "services/gateway/http/compression.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/testing/status_matchers.h"

namespace attlas::gateway {
namespace {

using testing::StatusIs;

TEST(CompressionTest, GivesBackWhatWasPutIn) {
  for (const size_t size : {size_t{0}, size_t{1}, size_t{5'000}, size_t{300'000}}) {
    std::string bytes;
    for (size_t i = 0; i < size; ++i) bytes.push_back(static_cast<char>(i * i >> 3));
    for (const Effort effort : {Effort::kQuick, Effort::kBest}) {
      const auto back = Gunzip(Gzip(bytes, effort), size);
      ASSERT_OK(back);
      EXPECT_EQ(*back, bytes);
    }
  }
}

TEST(CompressionTest, SeveralMembersAreOneText) {
  EXPECT_EQ(*Gunzip(Gzip("one ", Effort::kQuick) + Gzip("two", Effort::kQuick), 100), "one two");
}

TEST(CompressionTest, ABombIsStoppedAtTheBound) {
  const std::string bomb = Gzip(std::string(size_t{64} << 20, 'x'), Effort::kBest);
  EXPECT_LT(bomb.size(), size_t{1} << 20);
  EXPECT_THAT(Gunzip(bomb, 1'000), StatusIs(absl::StatusCode::kResourceExhausted));
  const std::string exact = Gzip(std::string(1'000, 'x'), Effort::kQuick);
  EXPECT_OK(Gunzip(exact, 1'000));
  EXPECT_THAT(Gunzip(exact, 999), StatusIs(absl::StatusCode::kResourceExhausted));
}

TEST(CompressionTest, RefusesWhatIsNoGzip) {
  const std::string whole = Gzip("some text", Effort::kQuick);
  for (size_t cut = 0; cut < whole.size(); ++cut) {
    EXPECT_THAT(Gunzip(whole.substr(0, cut), 100), StatusIs(absl::StatusCode::kInvalidArgument));
  }
  EXPECT_THAT(Gunzip("no gzip at all", 100), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(Gunzip(whole + "rest", 100), StatusIs(absl::StatusCode::kInvalidArgument));
  std::string damaged = whole;
  damaged[whole.size() - 6] = static_cast<char>(damaged[whole.size() - 6] + 1);  // The checksum.
  EXPECT_THAT(Gunzip(damaged, 100), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(CompressionTest, ReadsWhatAClientAccepts) {
  for (const char* list : {"gzip", "br, gzip", "GZIP;q=0.5", "*", "gzip; q=1"}) {
    EXPECT_TRUE(AcceptsGzip(list)) << list;
  }
  for (const char* list : {"", "br", "identity", "gzip;q=0", "gzip;q=0.0", "xgzip"}) {
    EXPECT_FALSE(AcceptsGzip(list)) << list;
  }
}

}  // namespace
}  // namespace attlas::gateway
