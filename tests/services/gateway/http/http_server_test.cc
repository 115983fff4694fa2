// Connections over real sockets: requests in every shape, and ends.
#include "services/gateway/http/http_server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "absl/time/time.h"
#include "tests/integration/http_client.h"
#include "tests/services/gateway/http/http_server_fixture.h"
#include "tests/testing/eventually.h"
#include "tests/testing/status_matchers.h"

namespace attlas::gateway {
namespace {

using testing::Eventually;
using testing::FormatRequest;
using ::testing::HasSubstr;
using testing::HttpAnswer;
using testing::HttpClient;

using HttpServerTest = HttpEchoFixture;

TEST_F(HttpServerTest, AnswersOneRequestAfterTheOtherOnOneConnection) {
  Start();
  HttpClient client(port());
  for (int i = 0; i < 3; ++i) {
    const HttpAnswer answer = client.Ask("POST", absl::StrCat("/", i), {}, "body");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, absl::StrCat("POST /", i, " body"));
    EXPECT_EQ(answer.Header("connection"), "keep-alive");
  }
  EXPECT_EQ(server_->statistics().accepted, 1u);
}

TEST_F(HttpServerTest, AnswersPipelinedRequestsInTheirOrder) {
  Start();
  HttpClient client(port());
  client.Send(absl::StrCat(FormatRequest("GET", "/a"), FormatRequest("POST", "/b", {}, "x"),
                           FormatRequest("GET", "/stream"), FormatRequest("GET", "/c")));
  EXPECT_EQ(client.Read().body, "GET /a ");
  EXPECT_EQ(client.Read().body, "POST /b x");
  EXPECT_EQ(client.Read().body, "onetwo");
  EXPECT_EQ(client.Read().body, "GET /c ");
}

TEST_F(HttpServerTest, ReadsARequestThatComesWhileTheAnswerBeforeIsOnItsWay) {
  Start();
  HttpClient client(port());
  for (int i = 0; i < 20; ++i) {
    client.Send(FormatRequest("GET", "/large"));
    EXPECT_EQ(client.ReadHead().status, 200);
    // Before the server knows that its answer has been taken.
    client.Send(FormatRequest("POST", "/next", {}, absl::StrCat(i)));
    client.Skip(kLargeBytes);
    EXPECT_EQ(client.Read().body, absl::StrCat("POST /next ", i));
  }
}

TEST_F(HttpServerTest, TakesARequestByteByByteAndInChunks) {
  Start();
  HttpClient client(port());
  for (const char c : FormatRequest("POST", "/slow", {}, "body")) {
    client.Send(std::string_view(&c, 1));
  }
  EXPECT_EQ(client.Read().body, "POST /slow body");
  client.Send("POST /chunks HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\n");
  client.Send("2\r\nbo\r\n2;extension=1\r\ndy\r\n0\r\n\r\n");
  EXPECT_EQ(client.Read().body, "POST /chunks body");
  for (const char c : std::string("POST /none HTTP/1.1\r\nhost: localhost\r\n"
                                  "transfer-encoding: chunked\r\n\r\n0\r\n\r\n")) {
    client.Send(std::string_view(&c, 1));
  }
  EXPECT_EQ(client.Read().body, "POST /none ");
}

TEST_F(HttpServerTest, HeadHasTheLengthAndNoBody) {
  Start();
  HttpClient client(port());
  const HttpAnswer answer = client.Ask("HEAD", "/a");
  EXPECT_EQ(answer.Header("content-length"), "8");
  EXPECT_EQ(client.Ask("GET", "/b").body, "GET /b ");
}

TEST_F(HttpServerTest, ContinuesWhereTheClientWaitsForIt) {
  Start();
  HttpClient client(port());
  client.Send(
      "POST /a HTTP/1.1\r\nhost: localhost\r\nexpect: 100-continue\r\ncontent-length: 4\r\n\r\n");
  EXPECT_EQ(client.Read().status, 100);
  client.Send("body");
  EXPECT_EQ(client.Read().body, "POST /a body");
}

TEST_F(HttpServerTest, ClosesWhereTheClientAsksForItAndForOldClients) {
  Start();
  HttpClient client(port());
  EXPECT_EQ(client.Ask("GET", "/a", {{"connection", "close"}}).Header("connection"), "close");
  EXPECT_TRUE(client.AtEnd());
  HttpClient old(port());
  old.Send("GET /a HTTP/1.0\r\n\r\n");
  EXPECT_EQ(old.Read().body, "GET /a ");
  EXPECT_TRUE(old.AtEnd());
}

TEST_F(HttpServerTest, AClientThatHasSaidAllStillGetsItsAnswer) {
  Start();
  HttpClient client(port());
  client.Send(FormatRequest("GET", "/large"));
  client.EndSending();
  EXPECT_EQ(client.Read().body.size(), kLargeBytes);
}

TEST_F(HttpServerTest, GarbageIsToldAndEndsTheConnection) {
  Start();
  const std::vector<std::string> garbage = {
      std::string("\x16\x03\x01\x02\0\x01", 6),  // TLS.
      "HELLO\r\n\r\n",
      "GET / HTTP/9.9\r\n\r\n",
      "GET /\r\n\r\n",
      "GET / HTTP/1.1\r\nbad header\r\n\r\n",
      "GET / HTTP/1.1\r\nhost : a\r\n\r\n",
      "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: x\r\n\r\n",
      "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab",
      "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n",
      "POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n"};
  for (const std::string& bytes : garbage) {
    HttpClient client(port());
    client.Send(bytes);
    EXPECT_EQ(client.Read().status, 400) << bytes;
    EXPECT_TRUE(client.AtEnd()) << bytes;
  }
  // After a good request, too.
  HttpClient client(port());
  client.Send(absl::StrCat(FormatRequest("GET", "/a"), "HELLO\r\n\r\n"));
  EXPECT_EQ(client.Read().status, 200);
  EXPECT_EQ(client.Read().status, 400);
  EXPECT_TRUE(client.AtEnd());
}

TEST_F(HttpServerTest, ALongTaskHoldsUpNoOtherConnection) {
  Start();
  HttpClient client(port());
  client.Send(FormatRequest("GET", "/hold"));
  std::shared_ptr<Exchange> held = WaitForHeld();
  absl::Notification go_on;
  held->Post([held, &go_on] {
    go_on.WaitForNotification();
    held->Respond(TextResponse(200, "done"));
  });
  held.reset();
  for (int i = 0; i < 4; ++i) KeepBusy(10);
  go_on.Notify();
  EXPECT_EQ(client.Read().body, "done\n");
}

TEST_F(HttpServerTest, NoticesAClientThatLeaves) {
  Start();
  auto client = std::make_unique<HttpClient>(port());
  client->Send(FormatRequest("GET", "/hold"));
  const std::shared_ptr<Exchange> held = WaitForHeld();
  EXPECT_FALSE(gone_.HasBeenNotified());
  client.reset();
  gone_.WaitForNotification();
  // Whoever still answers does no harm.
  held->Post([held] { held->Respond(TextResponse(200, "late")); });
}

TEST_F(HttpServerTest, DrainLetsTheRequestInHandEndAndTakesNoOther) {
  options_.limits.linger = absl::Milliseconds(50);
  Start();
  HttpClient idle(port());
  EXPECT_EQ(idle.Ask("GET", "/a").status, 200);
  HttpClient busy(port());
  busy.Send(FormatRequest("GET", "/hold"));
  std::shared_ptr<Exchange> held = WaitForHeld();
  server_->Drain();
  EXPECT_TRUE(idle.AtEnd());
  EXPECT_TRUE(Eventually([this] { return server_->statistics().connections == 1; }));
  held->Post([held] { held->Respond(TextResponse(200, "done")); });
  const HttpAnswer answer = busy.Read();
  EXPECT_EQ(answer.body, "done\n");
  EXPECT_EQ(answer.Header("connection"), "close");
  EXPECT_TRUE(busy.AtEnd());
  held.reset();
  server_->Stop(absl::InfiniteDuration());
}

TEST_F(HttpServerTest, StopEndsWhatIsStillInHand) {
  Start();
  HttpClient busy(port());
  busy.Send(FormatRequest("GET", "/hold"));
  std::shared_ptr<Exchange> held = WaitForHeld();
  server_->Stop(absl::ZeroDuration());
  EXPECT_TRUE(gone_.HasBeenNotified());
  EXPECT_TRUE(busy.AtEnd());
  held.reset();
}

TEST(HttpServerStartTest, NamesWhatIsWrong) {
  const auto nothing = [](const std::shared_ptr<Exchange>&) {};
  const auto first = HttpServer::Start({.listen = "127.0.0.1:0"}, nothing);
  ASSERT_OK(first);
  const auto second =
      HttpServer::Start({.listen = absl::StrCat("127.0.0.1:", (*first)->port())}, nothing);
  EXPECT_THAT(second.status(), testing::StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(std::string(second.status().message()), HasSubstr("--http_listen="));
  for (const char* listen : {"", "8080", "127.0.0.1", "127.0.0.1:x", "127.0.0.1:70000"}) {
    EXPECT_THAT(HttpServer::Start({.listen = listen}, nothing).status(),
                testing::StatusIs(absl::StatusCode::kInvalidArgument))
        << listen;
  }
}

}  // namespace
}  // namespace attlas::gateway
