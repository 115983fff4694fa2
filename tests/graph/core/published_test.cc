#include "graph/snapshot/published.h"

#include <atomic>
#include <thread>
#include <vector>

#include "gtest/gtest.h"

namespace attlas::graph {
namespace {

std::atomic<int> live = 0;

struct Counted final : RefCounted<Counted> {
  explicit Counted(int n) : number(n), check(~n) { ++live; }
  ~Counted() {
    check = 0;
    --live;
  }
  int number;
  int check;
};

TEST(PublishedTest, IsEmptyAtFirst) {
  const Published<Counted> published;
  EXPECT_FALSE(published.Load());
}

TEST(PublishedTest, ShowsWhatWasPublishedLast) {
  {
    Published<Counted> published;
    published.Publish(MakeRef<Counted>(1));
    const RefPtr<const Counted> first = published.Load();
    published.Publish(MakeRef<Counted>(2));
    EXPECT_EQ(published.Load()->number, 2);
    EXPECT_EQ(first->number, 1);
    EXPECT_EQ(live, 2);
  }
  EXPECT_EQ(live, 0);
}

// Readers and a writer race; every reader sees whole objects in order, and none is lost or freed
// twice.
TEST(PublishedTest, SurvivesARace) {
  {
    Published<Counted> published;
    published.Publish(MakeRef<Counted>(0));
    std::atomic<bool> stop = false;
    std::vector<std::thread> readers;
    for (int i = 0; i < 4; ++i) {
      readers.emplace_back([&] {
        int last = 0;
        while (!stop) {
          const RefPtr<const Counted> seen = published.Load();
          EXPECT_EQ(seen->check, ~seen->number);
          EXPECT_GE(seen->number, last);
          last = seen->number;
        }
      });
    }
    for (int n = 1; n <= 20'000; ++n) published.Publish(MakeRef<Counted>(n));
    stop = true;
    for (std::thread& reader : readers) reader.join();
    EXPECT_EQ(live, 1);
  }
  EXPECT_EQ(live, 0);
}

}  // namespace
}  // namespace attlas::graph
