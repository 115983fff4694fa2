#include "services/gateway/site/static_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "absl/time/time.h"
#include "services/gateway/http/compression.h"
#include "services/gateway/site/static_site.h"
#include "tests/testing/eventually.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temporary_directory.h"

namespace attlas::gateway {
namespace {

using testing::Eventually;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::StatusIs;

class StaticFilesTest : public ::testing::Test {
 protected:
  StaticFilesTest() {
    std::filesystem::create_directories(directory_.file("assets"));
    Write("index.html", "<!doctype html>");
    Write("assets/app-1a2B_c-D.js", std::string(5'000, 'x'));
    Write("assets/plain.css", "a{}");
    Write("world.json", "{}");
  }
  void Write(const std::string& name, const std::string& text) const {
    std::ofstream(directory_.file(name), std::ios::binary) << text;
  }
  std::shared_ptr<const StaticFiles> Load() const {
    auto files = StaticFiles::Load(directory_.path());
    EXPECT_OK(files);
    return *files;
  }
  static HttpRequest With(const std::string& name, const std::string& value) {
    HttpRequest request;
    request.headers.Add(name, value);
    return request;
  }

  testing::TemporaryDirectory directory_;
};

TEST_F(StaticFilesTest, HashedNamesAreKeptForGoodAndOthersAskedForAnew) {
  const auto files = Load();
  const auto script = files->Serve({}, "/assets/app-1a2B_c-D.js");
  ASSERT_NE(script, nullptr);
  EXPECT_THAT(std::string(script->headers.Get("cache-control")), HasSubstr("immutable"));
  EXPECT_EQ(script->headers.Get("content-type"), "text/javascript; charset=utf-8");
  EXPECT_EQ(script->headers.Get("x-content-type-options"), "nosniff");
  for (const char* path : {"/index.html", "/assets/plain.css", "/world.json"}) {
    EXPECT_EQ(files->Serve({}, path)->headers.Get("cache-control"), "no-cache") << path;
  }
}

TEST_F(StaticFilesTest, DocumentsAllowNothingFromElsewhere) {
  const auto page = Load()->Serve({}, "/index.html");
  const std::string policy(page->headers.Get("content-security-policy"));
  EXPECT_THAT(policy, HasSubstr("default-src 'none'"));
  EXPECT_THAT(policy, HasSubstr("frame-ancestors 'none'"));
  EXPECT_THAT(policy, Not(HasSubstr("unsafe")));
  EXPECT_THAT(policy, Not(HasSubstr("http")));
  EXPECT_EQ(page->headers.Get("referrer-policy"), "no-referrer");
}

TEST_F(StaticFilesTest, PlacesInThePageGetThePageAndMissingFilesNothing) {
  const auto files = Load();
  for (const char* path : {"/states/IDN", "/map", "/a/b/c"}) {
    const auto page = files->Serve({}, path);
    ASSERT_NE(page, nullptr) << path;
    EXPECT_EQ(page->content(), "<!doctype html>");
  }
  for (const char* path : {"/missing.js", "/assets/app", "/attlas.graph.v1.GraphService/GetNode",
                           "/.git/config", "/assets/missing-12345678.js"}) {
    EXPECT_EQ(files->Serve({}, path), nullptr) << path;
  }
}

TEST_F(StaticFilesTest, WhatIsTheSameIsNotSentAgain) {
  const auto files = Load();
  const std::string tag(files->Serve({}, "/index.html")->headers.Get("etag"));
  EXPECT_EQ(files->Serve(With("if-none-match", tag), "/index.html")->status, 304);
  EXPECT_EQ(files->Serve(With("if-none-match", "\"x\", W/" + tag), "/index.html")->status, 304);
  EXPECT_EQ(files->Serve(With("if-none-match", "\"x\""), "/index.html")->status, 200);
  Write("index.html", "<!doctype html>2");
  EXPECT_EQ(Load()->Serve(With("if-none-match", tag), "/index.html")->status, 200);
}

TEST_F(StaticFilesTest, SendsGzipToThoseWhoTakeIt) {
  const auto files = Load();
  const auto gzip = files->Serve(With("accept-encoding", "gzip"), "/assets/app-1a2B_c-D.js");
  EXPECT_EQ(gzip->headers.Get("content-encoding"), "gzip");
  EXPECT_EQ(*Gunzip(gzip->content(), 10'000), std::string(5'000, 'x'));
  const auto plain = files->Serve({}, "/assets/app-1a2B_c-D.js");
  EXPECT_FALSE(plain->headers.Has("content-encoding"));
  EXPECT_EQ(plain->headers.Get("vary"), "accept-encoding");
}

TEST_F(StaticFilesTest, LeavesOutLinksAndHiddenFiles) {
  Write(".secret", "x");
  std::filesystem::create_symlink("/etc/hostname", directory_.file("link.txt"));
  std::filesystem::create_directories(directory_.file(".hidden"));
  Write(".hidden/a.txt", "x");
  const auto files = Load();
  for (const char* path : {"/.secret", "/link.txt", "/.hidden/a.txt"}) {
    EXPECT_EQ(files->Serve({}, path), nullptr) << path;
  }
}

TEST_F(StaticFilesTest, AFolderWithoutAPageIsNone) {
  std::filesystem::remove(directory_.file("index.html"));
  EXPECT_THAT(StaticFiles::Load(directory_.path()), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(StaticFiles::Load(directory_.file("missing")),
              StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST_F(StaticFilesTest, ANewBuildIsTaken) {
  const auto site = StaticSite::Open(directory_.path(), absl::Milliseconds(1));
  ASSERT_OK(site);
  Write("index.html", "<!doctype html>new");
  const auto content = [&site] {
    return std::string((*site)->Current()->Serve({}, "/index.html")->content());
  };
  EXPECT_TRUE(Eventually([&] { return content() == "<!doctype html>new"; })) << content();
}

TEST(ContentTypeTest, GoesByTheEnding) {
  EXPECT_EQ(ContentTypeOf("/a.HTML"), "text/html; charset=utf-8");
  EXPECT_EQ(ContentTypeOf("/a.woff2"), "font/woff2");
  EXPECT_EQ(ContentTypeOf("/a"), "application/octet-stream");
}

TEST(HashedNameTest, IsAnAssetWithAHash) {
  EXPECT_TRUE(IsHashedName("/assets/index-BqYcLxk7.js"));
  EXPECT_TRUE(IsHashedName("/assets/index-Bq_c-xk7.js.map"));
  EXPECT_FALSE(IsHashedName("/assets/index.js"));
  EXPECT_FALSE(IsHashedName("/index-BqYcLxk7.js"));
  EXPECT_FALSE(IsHashedName("/assets/-1234567.js"));
}

}  // namespace
}  // namespace attlas::gateway
