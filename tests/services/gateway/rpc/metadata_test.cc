#include "services/gateway/rpc/metadata.h"

#include <gmock/gmock.h>
#include <grpcpp/client_context.h>
#include <gtest/gtest.h>

#include <string>

#include "services/common/forwarded_caller.h"
#include "tests/testing/status_matchers.h"

namespace attlas::gateway {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

Headers Of(const std::vector<Headers::Entry>& entries) {
  Headers headers;
  for (const auto& [name, value] : entries) headers.Add(name, value);
  return headers;
}

TEST(MetadataTest, PassesOnWhatTheCallerSays) {
  const auto metadata = MetadataOf(Of({{"Authorization", "Bearer x"},
                                       {"X-Request-Id", "7"},
                                       {"acme-shard", "1"},
                                       {"acme-shard", "2"}}));
  EXPECT_THAT(*metadata, ElementsAre(Pair("authorization", "Bearer x"), Pair("x-request-id", "7"),
                                     Pair("acme-shard", "1"), Pair("acme-shard", "2")));
}

TEST(MetadataTest, KeepsBackWhatIsAboutHttpOrReserved) {
  const auto metadata = MetadataOf(Of({{"host", "a"},
                                       {"content-type", "b"},
                                       {"content-length", "1"},
                                       {"connection", "close"},
                                       {"accept-encoding", "gzip"},
                                       {"te", "trailers"},
                                       {"transfer-encoding", "chunked"},
                                       {"cookie", "a=b"},
                                       {"origin", "http://a"},
                                       {"user-agent", "a"},
                                       {"connect-protocol-version", "1"},
                                       {"connect-timeout-ms", "1"},
                                       {"grpc-timeout", "1S"},
                                       {"grpc-status-details-bin", "AA"},
                                       {"trailer-x", "1"},
                                       {"sec-fetch-site", "none"},
                                       {"attlas-forwarded-secret", "x"},
                                       {"attlas-forwarded-peer", "x"},
                                       {":path", "/"},
                                       {"bad name", "x"},
                                       {"bad(name)", "x"},
                                       {"text", "caf\xc3\xa9"},
                                       {"text", "a\tb"}}));
  EXPECT_THAT(*metadata, IsEmpty());
}

TEST(MetadataTest, BinaryValuesAreBase64InHeaders) {
  const std::string bytes("\0\xff\x10", 3);
  for (const char* text : {"AP8Q", "AP8Q, AP8Q", "AP8Q,AP8Q"}) {
    const auto metadata = MetadataOf(Of({{"x-bin", text}}));
    ASSERT_OK(metadata);
    for (const auto& [name, value] : *metadata) EXPECT_EQ(value, bytes);
  }
  EXPECT_EQ(MetadataOf(Of({{"x-bin", "/w=="}}))->front().second, "\xff");
  EXPECT_EQ(MetadataOf(Of({{"x-bin", "/w"}}))->front().second, "\xff");
  EXPECT_EQ(MetadataOf(Of({{"x-bin", "_w"}}))->front().second, "\xff");
  EXPECT_THAT(MetadataOf(Of({{"x-bin", "a b"}})),
              testing::StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(MetadataOf(Of({{"x-bin", "a"}})),
              testing::StatusIs(absl::StatusCode::kInvalidArgument));
  Headers headers;
  AddToHeaders({{"x-bin", "\xff"}, {"y", "z"}}, "trailer-", &headers);
  EXPECT_EQ(headers.Get("trailer-x-bin"), "/w");
  EXPECT_EQ(headers.Get("trailer-y"), "z");
}

TEST(MetadataTest, WhatGrpcAddsIsNotShown) {
  const std::multimap<grpc::string_ref, grpc::string_ref> given = {
      {"x-request-id", "7"}, {"grpc-status-details-bin", "x"}, {"grpc-accept-encoding", "gzip"}};
  EXPECT_THAT(MetadataOf(given), ElementsAre(Pair("x-request-id", "7")));
}

TEST(ForwardedCallersTest, BelievesItsOwnSecretAlone) {
  const services::ForwardedCallers callers;
  using Fields = std::multimap<grpc::string_ref, grpc::string_ref>;
  EXPECT_FALSE(callers.Find({}).has_value());
  EXPECT_FALSE(callers.Find(Fields{{"attlas-forwarded-peer", "ipv4:10.0.0.1:1"}}).has_value());
  const std::string guess(64, '0');
  EXPECT_FALSE(callers
                   .Find(Fields{{"attlas-forwarded-secret", guess},
                                {"attlas-forwarded-peer", "ipv4:10.0.0.1:1"}})
                   .has_value());
  EXPECT_FALSE(callers.Find(Fields{{"attlas-forwarded-secret", ""}}).has_value());
}

}  // namespace
}  // namespace attlas::gateway
