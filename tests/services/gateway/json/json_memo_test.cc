#include "services/gateway/json/json_memo.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "attlas/graph/v1/graph_service.pb.h"
#include "services/gateway/http/compression.h"
#include "services/gateway/http/shared_bytes.h"
#include "services/gateway/json/message_json.h"
#include "tests/testing/status_matchers.h"

namespace attlas::gateway {
namespace {

using graph::v1::GetNodeResponse;

std::string Answer(char c, size_t length = 10'000) {
  GetNodeResponse response;
  response.mutable_node()->set_display_name(std::string(length, c));
  return response.SerializeAsString();
}

const google::protobuf::Descriptor& Type() { return *GetNodeResponse::descriptor(); }

TEST(JsonMemoTest, GivesTheSameTextForTheSameBytes) {
  JsonMemo memo(1 << 20);
  const auto first = memo.JsonOf(Type(), Answer('a'), false, memo.time());
  ASSERT_OK(first);
  EXPECT_EQ(**first, *BytesToJson(Type(), Answer('a')));
  EXPECT_EQ(memo.JsonOf(Type(), Answer('a'), false, memo.time())->get(), first->get());
  EXPECT_NE(**memo.JsonOf(Type(), Answer('b'), false, memo.time()), **first);
  const auto gzip = memo.JsonOf(Type(), Answer('a'), true, memo.time());
  EXPECT_EQ(*Gunzip(**gzip, 1 << 20), **first);
  EXPECT_EQ(memo.JsonOf(Type(), Answer('a'), true, memo.time())->get(), gzip->get());
}

TEST(JsonMemoTest, FindsWhatItHoldsAndWritesNothing) {
  JsonMemo memo(1 << 20);
  EXPECT_EQ(memo.Find(Type(), Answer('a'), false), nullptr);
  const auto written = memo.JsonOf(Type(), Answer('a'), false, memo.time());
  EXPECT_EQ(memo.Find(Type(), Answer('a'), false), *written);
  EXPECT_EQ(memo.Find(Type(), Answer('a'), true), nullptr);
  EXPECT_EQ(memo.Find(Type(), Answer('b'), false), nullptr);
  memo.Clear();
  EXPECT_EQ(memo.Find(Type(), Answer('a'), false), nullptr);
}

TEST(JsonMemoTest, KnowsBytesByTheirPlaceAndLength) {
  JsonMemo memo(1 << 20);
  // A part of a message that is one itself, at the same place.
  const std::string part = Answer('a');
  auto both = std::make_shared<const std::string>(part + Answer('b'));
  const SharedBytes whole(both);
  const SharedBytes first({both->data(), part.size()}, both);
  both = nullptr;  // The memo keeps them.
  const auto text = memo.JsonOf(Type(), whole, false, memo.time());
  ASSERT_OK(text);
  EXPECT_EQ(memo.Find(Type(), whole, false), *text);
  EXPECT_EQ(memo.Find(Type(), whole, true), nullptr);
  EXPECT_EQ(memo.Find(*graph::v1::CommitRequest::descriptor(), whole, false), nullptr);
  EXPECT_EQ(memo.Find(Type(), first, false), nullptr);
  EXPECT_EQ(**memo.JsonOf(Type(), first, false, memo.time()), *BytesToJson(Type(), part));
}

TEST(JsonMemoTest, FollowsBytesToAnotherPlace) {
  JsonMemo memo(1 << 20);
  SharedBytes bytes = Answer('a');
  const auto text = memo.JsonOf(Type(), bytes, false, memo.time());
  const size_t held = memo.held();
  for (int i = 0; i < 10; ++i) {
    bytes = Answer('a');
    EXPECT_EQ(memo.Find(Type(), bytes, false), *text);
    EXPECT_EQ(memo.Find(Type(), bytes, false), *text);
    EXPECT_EQ(memo.held(), held);
  }
}

TEST(JsonMemoTest, TheSameBytesOfAnotherTypeAreAnotherText) {
  JsonMemo memo(1 << 20);
  const auto response = memo.JsonOf(Type(), Answer('a'), false, memo.time());
  const auto request =
      memo.JsonOf(*graph::v1::CommitRequest::descriptor(), Answer('a'), false, memo.time());
  ASSERT_OK(response);
  EXPECT_TRUE(!request.ok() || **request != **response);
}

TEST(JsonMemoTest, HoldsNoMoreThanItMayAndTheLastUsedLongest) {
  JsonMemo memo(100'000);
  const auto a = memo.JsonOf(Type(), Answer('a'), false, memo.time());
  const auto b = memo.JsonOf(Type(), Answer('b'), false, memo.time());
  for (char c = 'c'; c < 'z'; ++c) {
    EXPECT_EQ(memo.JsonOf(Type(), Answer('a'), false, memo.time())->get(), a->get());
    ASSERT_OK(memo.JsonOf(Type(), Answer(c), false, memo.time()));
    EXPECT_LE(memo.held(), 100'000u);
  }
  EXPECT_NE(memo.JsonOf(Type(), Answer('b'), false, memo.time())->get(), b->get());
  const size_t held = memo.held();
  ASSERT_OK(memo.JsonOf(Type(), Answer('x', 90'000), false, memo.time()));
  EXPECT_EQ(memo.held(), held);
}

TEST(JsonMemoTest, ForgetsWhereItMust) {
  JsonMemo memo(1 << 20);
  const auto a = memo.JsonOf(Type(), Answer('a'), false, memo.time());
  const uint64_t before = memo.time();
  memo.Clear();
  EXPECT_EQ(memo.held(), 0u);
  EXPECT_NE(memo.JsonOf(Type(), Answer('a'), false, memo.time())->get(), a->get());
  // What was asked before is not kept after.
  memo.Clear();
  EXPECT_OK(memo.JsonOf(Type(), Answer('b'), false, before));
  EXPECT_EQ(memo.held(), 0u);
  JsonMemo none(0);
  EXPECT_OK(none.JsonOf(Type(), Answer('a'), false, 0));
  EXPECT_EQ(none.held(), 0u);
}

TEST(JsonMemoTest, KeepsNoErrors) {
  JsonMemo memo(1 << 20);
  EXPECT_FALSE(memo.JsonOf(Type(), std::string(10'000, '\xff'), false, memo.time()).ok());
  EXPECT_EQ(memo.held(), 0u);
}

}  // namespace
}  // namespace attlas::gateway
