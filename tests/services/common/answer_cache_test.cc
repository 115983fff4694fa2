#include "services/common/answer_cache.h"

#include <string>
#include <thread>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace attlas::services {
namespace {

AnswerCache::Answer MakeAnswer(const std::string& text) {
  const grpc::Slice slice(text);
  return std::make_shared<const grpc::ByteBuffer>(&slice, 1);
}

std::string TextOf(const AnswerCache::Answer& answer) {
  std::vector<grpc::Slice> slices;
  EXPECT_TRUE(answer->Dump(&slices).ok());
  std::string text;
  for (const grpc::Slice& slice : slices) text.append(slice.begin(), slice.end());
  return text;
}

TEST(AnswerCacheTest, GivesBackWhatWasKeptUnderTheKey) {
  AnswerCache cache(1 << 20);
  EXPECT_EQ(cache.Find("a"), nullptr);
  cache.Insert("a", MakeAnswer("one"));
  cache.Insert("b", MakeAnswer("two"));
  ASSERT_NE(cache.Find("a"), nullptr);
  EXPECT_EQ(TextOf(cache.Find("a")), "one");
  EXPECT_EQ(TextOf(cache.Find("b")), "two");
  EXPECT_EQ(cache.statistics().hits, 3u);
  EXPECT_EQ(cache.statistics().misses, 1u);
  EXPECT_EQ(cache.statistics().values, 2u);
}

TEST(AnswerCacheTest, TheFirstAnswerOfAKeyStays) {
  AnswerCache cache(1 << 20);
  cache.Insert("a", MakeAnswer("one"));
  const size_t bytes = cache.statistics().bytes;
  cache.Insert("a", MakeAnswer("another"));
  EXPECT_EQ(TextOf(cache.Find("a")), "one");
  EXPECT_EQ(cache.statistics().bytes, bytes);
}

TEST(AnswerCacheTest, StaysWithinItsBytesAndDropsWhatWasUsedLongestAgo) {
  constexpr size_t kMaxBytes = 64 << 10;
  AnswerCache cache(kMaxBytes);
  cache.Insert("kept", MakeAnswer(std::string(1 << 10, 'k')));
  for (int i = 0; i < 1'000; ++i) {
    cache.Insert("answer " + std::to_string(i), MakeAnswer(std::string(1 << 10, 'x')));
    EXPECT_LE(cache.statistics().bytes, kMaxBytes);
    ASSERT_NE(cache.Find("kept"), nullptr) << i;
  }
  const AnswerCache::Statistics statistics = cache.statistics();
  EXPECT_GT(statistics.values, 40u);
  EXPECT_EQ(statistics.evicted, 1'001u - statistics.values);
  EXPECT_EQ(cache.Find("answer 0"), nullptr);
  EXPECT_NE(cache.Find("answer 999"), nullptr);
}

TEST(AnswerCacheTest, StaysWithinItsBytesOverAllShards) {
  constexpr size_t kMaxBytes = 32 << 20;
  AnswerCache cache(kMaxBytes);
  for (int i = 0; i < 300; ++i) {
    cache.Insert(std::to_string(i), MakeAnswer(std::string(200 << 10, 'x')));
  }
  EXPECT_LE(cache.statistics().bytes, kMaxBytes);
  EXPECT_GT(cache.statistics().bytes, kMaxBytes / 2);
}

TEST(AnswerCacheTest, DoesNotKeepWhatIsLargerThanItself) {
  AnswerCache cache(4 << 10);
  cache.Insert("small", MakeAnswer("one"));
  cache.Insert("large", MakeAnswer(std::string(8 << 10, 'x')));
  EXPECT_EQ(cache.Find("large"), nullptr);
  EXPECT_NE(cache.Find("small"), nullptr);
  EXPECT_EQ(cache.statistics().evicted, 0u);
}

TEST(AnswerCacheTest, KeepsNothingWhenOff) {
  AnswerCache cache(0);
  EXPECT_FALSE(cache.enabled());
  cache.Insert("a", MakeAnswer("one"));
  EXPECT_EQ(cache.Find("a"), nullptr);
  EXPECT_EQ(cache.statistics().values, 0u);
}

TEST(AnswerCacheTest, AnAnswerOutlivesItsEviction) {
  AnswerCache cache(2 << 10);
  cache.Insert("a", MakeAnswer(std::string(1 << 10, 'a')));
  const AnswerCache::Answer held = cache.Find("a");
  cache.Insert("b", MakeAnswer(std::string(1 << 10, 'b')));
  ASSERT_EQ(cache.Find("a"), nullptr);
  EXPECT_EQ(TextOf(held), std::string(1 << 10, 'a'));
}

TEST(AnswerCacheTest, ManyThreadsFindTheirOwn) {
  AnswerCache cache(256 << 10);
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&cache, thread] {
      for (int i = 0; i < 2'000; ++i) {
        const std::string key = std::to_string((i * 7 + thread) % 400);
        if (const AnswerCache::Answer found = cache.Find(key); found != nullptr) {
          EXPECT_EQ(TextOf(found), key + std::string(1 << 10, '.'));
        } else {
          cache.Insert(key, MakeAnswer(key + std::string(1 << 10, '.')));
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_LE(cache.statistics().bytes, size_t{256} << 10);
  EXPECT_EQ(cache.statistics().hits + cache.statistics().misses, 8'000u);
}

TEST(AnswerCacheTest, HoldsNothingOfBeforeItWasCleared) {
  AnswerCache cache(1 << 20);
  const uint64_t before = cache.generation();
  cache.Insert("a", MakeAnswer("one"));
  cache.Clear();
  EXPECT_EQ(cache.Find("a"), nullptr);
  EXPECT_EQ(cache.statistics().values, 0);
  EXPECT_EQ(cache.statistics().bytes, 0);
  // What was being answered then comes too late.
  cache.Insert("b", MakeAnswer("two"), before);
  EXPECT_EQ(cache.Find("b"), nullptr);
  cache.Insert("b", MakeAnswer("two"), cache.generation());
  EXPECT_NE(cache.Find("b"), nullptr);
}

}  // namespace
}  // namespace attlas::services
