#include "services/gateway/rpc/request_stream.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "attlas/graph/v1/graph_service.pb.h"
#include "services/gateway/http/compression.h"
#include "tests/services/gateway/http/body_exchange.h"
#include "tests/testing/status_matchers.h"

namespace attlas::gateway {
namespace {

using testing::BodyExchange;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::StatusIs;

// What a stream to Import says, up to its end or its first error.
struct Heard {
  std::vector<std::string> messages;
  absl::Status error;
  std::string left;
};

Heard Hear(const std::string& body, bool gzip = false, const HttpLimits& limits = {},
           Codec codec = Codec::kProto) {
  const auto* file = graph::v1::ImportRequest::descriptor()->file();
  const CallShape shape{.method = file->service(0)->FindMethodByName("Import"),
                        .protocol = Protocol::kConnectStream,
                        .codec = codec};
  const auto exchange = std::make_shared<BodyExchange>(body);
  RequestStream stream(exchange, shape, limits, gzip);
  Heard heard;
  bool more = true;
  while (more) {
    more = false;
    stream.Read([&](absl::StatusOr<RequestStream::Message> message) {
      heard.error = message.status();
      more = message.ok() && message->has_value();
      if (more) heard.messages.push_back(**message);
    });
  }
  heard.left = exchange->left();
  return heard;
}

TEST(RequestStreamTest, ReadsMessagesToTheEnd) {
  const Heard heard = Hear(MakeEnvelope(0, "") + MakeEnvelope(0, "\x08\x01") + MakeEnvelope(0, ""));
  EXPECT_OK(heard.error);
  EXPECT_THAT(heard.messages, ElementsAre("", "\x08\x01", ""));
  EXPECT_THAT(Hear("").messages, IsEmpty());
  EXPECT_OK(Hear("").error);
}

TEST(RequestStreamTest, EachMessageMayBeCompressed) {
  const std::string compressed = MakeEnvelope(kCompressedFlag, Gzip("\x08\x01", Effort::kQuick));
  EXPECT_THAT(Hear(compressed + MakeEnvelope(0, ""), true).messages, ElementsAre("\x08\x01", ""));
  EXPECT_THAT(Hear(compressed, false).error, StatusIs(absl::StatusCode::kInternal));
  EXPECT_THAT(Hear(MakeEnvelope(2, "")).error, StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(RequestStreamTest, JsonBecomesBytes) {
  EXPECT_THAT(Hear(MakeEnvelope(0, "{}"), false, {}, Codec::kJson).messages, ElementsAre(""));
  EXPECT_THAT(Hear(MakeEnvelope(0, "{"), false, {}, Codec::kJson).error,
              StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(RequestStreamTest, AnEndWithinAMessageIsAnError) {
  const std::string body = MakeEnvelope(0, "\x08\x01") + MakeEnvelope(0, "\x08\x02");
  for (size_t cut = 1; cut < body.size(); ++cut) {
    const Heard heard = Hear(body.substr(0, cut));
    const bool whole = cut == body.size() / 2;
    EXPECT_EQ(heard.error.ok(), whole) << cut;
    EXPECT_EQ(heard.messages.size(), cut < body.size() / 2 ? 0u : 1u) << cut;
  }
}

TEST(RequestStreamTest, ATooLargeMessageIsToldBeforeItIsRead) {
  HttpLimits limits;
  limits.message_bytes = 10;
  limits.body_bytes = 100;
  const std::string large(11, 'x');
  const Heard heard =
      Hear(MakeEnvelope(0, std::string(10, '\0')) + MakeEnvelope(0, large), false, limits);
  EXPECT_EQ(heard.messages.size(), 1u);
  EXPECT_THAT(heard.error, StatusIs(absl::StatusCode::kResourceExhausted));
  EXPECT_EQ(heard.left, large);
  // The limit is for what comes out of the compression.
  EXPECT_THAT(Hear(MakeEnvelope(kCompressedFlag, Gzip(large, Effort::kQuick)), true, limits).error,
              StatusIs(absl::StatusCode::kResourceExhausted));
  EXPECT_OK(
      Hear(MakeEnvelope(kCompressedFlag, Gzip(std::string(10, 'x'), Effort::kQuick)), true, limits)
          .error);
}

}  // namespace
}  // namespace attlas::gateway
