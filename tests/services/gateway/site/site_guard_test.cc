#include "services/gateway/site/site_guard.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/testing/status_matchers.h"

namespace attlas::gateway {
namespace {

using testing::StatusIs;

HttpRequest With(const std::vector<Headers::Entry>& entries) {
  HttpRequest request;
  for (const auto& [name, value] : entries) request.headers.Add(name, value);
  return request;
}

TEST(SiteGuardTest, OnALoopbackAddressTheHostIsOfThisMachine) {
  const SiteGuard guard(/*local_only=*/true, {"atlas.example"});
  for (const char* host : {"localhost", "LOCALHOST:8080", "127.0.0.1:8080", "127.1.2.3", "[::1]",
                           "[::1]:8080", "atlas.example", "Atlas.Example:443", "a.localhost:1"}) {
    EXPECT_OK(guard.CheckHost(With({{"host", host}}))) << host;
  }
  for (const char* host :
       {"", "evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "10.0.0.1", "[::2]",
        "[::1", "evil.example:127.0.0.1", "localhost@evil"}) {
    EXPECT_THAT(guard.CheckHost(With({{"host", host}})),
                StatusIs(absl::StatusCode::kPermissionDenied))
        << host;
  }
  EXPECT_OK(SiteGuard(false, {}).CheckHost(With({{"host", "any.example"}})));
}

TEST(SiteGuardTest, ARequestHasExactlyOneHost) {
  const SiteGuard guard(true, {});
  EXPECT_THAT(guard.CheckHost(With({})), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(guard.CheckHost(With({{"host", "localhost"}, {"host", "localhost"}})),
              StatusIs(absl::StatusCode::kInvalidArgument));
  HttpRequest old;
  old.is_http_1_0 = true;
  EXPECT_OK(guard.CheckHost(old));
}

TEST(SiteGuardTest, OnlyThePageItselfAndToolsMayCall) {
  const auto check = [](const std::vector<Headers::Entry>& more) {
    std::vector<Headers::Entry> entries = {{"host", "localhost:8080"}};
    entries.insert(entries.end(), more.begin(), more.end());
    return SiteGuard::CheckOrigin(With(entries));
  };
  EXPECT_OK(check({}));
  EXPECT_OK(check({{"origin", "http://localhost:8080"}}));
  EXPECT_OK(check({{"origin", "http://LOCALHOST:8080"}, {"sec-fetch-site", "same-origin"}}));
  EXPECT_OK(check({{"sec-fetch-site", "none"}}));
  for (const char* origin : {"null", "", "http://evil.example", "http://localhost:8081",
                             "http://localhost", "file://", "http://localhost:8080.evil.example"}) {
    EXPECT_THAT(check({{"origin", origin}}), StatusIs(absl::StatusCode::kPermissionDenied))
        << origin;
  }
  for (const char* site : {"cross-site", "same-site", "other"}) {
    EXPECT_THAT(check({{"sec-fetch-site", site}}), StatusIs(absl::StatusCode::kPermissionDenied));
  }
}

TEST(SiteGuardTest, TheUsualPortMayBeLeftOut) {
  EXPECT_OK(SiteGuard::CheckOrigin(
      With({{"host", "atlas.example:443"}, {"origin", "https://atlas.example"}})));
  EXPECT_OK(SiteGuard::CheckOrigin(
      With({{"host", "atlas.example"}, {"origin", "http://atlas.example:80"}})));
  EXPECT_THAT(SiteGuard::CheckOrigin(
                  With({{"host", "atlas.example:80"}, {"origin", "https://atlas.example"}})),
              StatusIs(absl::StatusCode::kPermissionDenied));
}

}  // namespace
}  // namespace attlas::gateway
