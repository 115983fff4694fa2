// Waiting for what happens on another thread or in another process.
//
// When not: where the other side can say that it is done, as a Notification or the end of a stream
// does; then wait for that.
//
// Example:
//   ASSERT_TRUE(Eventually([&] { return keeper.statistics().foreseen > 0; }));
#ifndef ATTLAS_TESTS_TESTING_EVENTUALLY_H_
#define ATTLAS_TESTS_TESTING_EVENTUALLY_H_

#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace attlas::testing {

// How long a test waits for what must come. On a busy machine a thread may stand still for many
// seconds; only where something is broken is all of it waited for.
inline constexpr absl::Duration kPatience = absl::Seconds(90);

// Whether `done` returns true before the patience of the test is over. Asks again and again, so
// `done` is quick and changes nothing.
template <typename Done>
[[nodiscard]] bool Eventually(Done done) {
  const absl::Time deadline = absl::Now() + kPatience;
  while (!done()) {
    if (absl::Now() > deadline) return done();
    absl::SleepFor(absl::Milliseconds(10));
  }
  return true;
}

}  // namespace attlas::testing

#endif  // ATTLAS_TESTS_TESTING_EVENTUALLY_H_
