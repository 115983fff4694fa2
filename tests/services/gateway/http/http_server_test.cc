// Connections over real sockets: requests in every shape, limits, and ends.
#include "services/gateway/http/http_server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "absl/time/time.h"
#include "tests/integration/http_client.h"
#include "tests/testing/eventually.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temporary_directory.h"

namespace attlas::gateway {
namespace {

using testing::Eventually;
using testing::FormatRequest;
using ::testing::HasSubstr;
using testing::HttpAnswer;
using testing::HttpClient;

// Echoes the request, streams for `/stream`, and for `/hold` answers when it is told to.
class HttpServerTest : public ::testing::Test {
 protected:
  void Start() {
    options_.listen = "127.0.0.1:0";
    if (options_.threads == 0) options_.threads = 2;
    auto server = HttpServer::Start(
        options_, [this](const std::shared_ptr<Exchange>& exchange) { Answer(exchange); });
    ASSERT_OK(server);
    server_ = *std::move(server);
  }
  ~HttpServerTest() override {
    if (server_ != nullptr) server_->Stop(absl::ZeroDuration());
  }

  void Answer(const std::shared_ptr<Exchange>& exchange) {
    const HttpRequest& request = exchange->request();
    if (request.target == "/stream") {
      exchange->StartStream({});
      exchange->Write("one", [exchange] {
        exchange->Write("two", nullptr);
        exchange->EndStream();
      });
    } else if (request.target == "/hold") {
      exchange->OnGone([this] { gone_.Notify(); });
      const absl::MutexLock lock(&mutex_);
      held_ = exchange;
    } else if (request.target == "/large") {
      HttpResponse response;
      response.body.assign(kLargeBytes, 'x');
      exchange->Respond(std::move(response));
    } else {
      HttpResponse response;
      response.status = request.body_too_large ? 413 : 200;
      response.body = absl::StrCat(request.method, " ", request.target, " ", request.body);
      exchange->Respond(std::move(response));
    }
  }
  std::shared_ptr<Exchange> WaitForHeld() {
    const absl::MutexLock lock(&mutex_);
    const auto held = [this]() { return held_ != nullptr; };
    mutex_.Await(absl::Condition(&held));
    return std::move(held_);
  }
  int port() const { return server_->port(); }
  // Answers so many requests of another client, in whose time the one thread of the server could
  // have read as often from a connection that it does not leave alone.
  void KeepBusy(int requests) {
    HttpClient other(port());
    for (int i = 0; i < requests; ++i) ASSERT_EQ(other.Ask("GET", "/other").status, 200);
  }

  static constexpr size_t kLargeBytes = size_t{8} << 20;
  HttpServerOptions options_;
  absl::Mutex mutex_;
  std::shared_ptr<Exchange> held_;
  absl::Notification gone_;
  std::unique_ptr<HttpServer> server_;
};

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

TEST_F(HttpServerTest, BoundsTheHeaderAndTheBody) {
  options_.limits.header_bytes = 2'000;
  options_.limits.body_bytes = 100;
  Start();
  HttpClient header(port());
  EXPECT_EQ(header.Ask("GET", "/", {{"x", std::string(3'000, 'x')}}).status, 431);
  EXPECT_TRUE(header.AtEnd());
  // Nor in many small fields that come one by one.
  HttpClient fields(port());
  fields.Send("GET / HTTP/1.1\r\nhost: localhost\r\n");
  for (int i = 0; i < 40; ++i)
    fields.Send(absl::StrCat("x", i, ": ", std::string(90, 'x'), "\r\n"));
  fields.Send("\r\n");
  EXPECT_EQ(fields.Read().status, 431);
  HttpClient fits(port());
  EXPECT_EQ(fits.Ask("POST", "/", {}, std::string(100, 'x')).status, 200);
  HttpClient body(port());
  EXPECT_EQ(body.Ask("POST", "/", {}, std::string(101, 'x')).status, 413);
  EXPECT_TRUE(body.AtEnd());
  // However long the body, its sender gets to read the answer.
  HttpClient long_body(port());
  EXPECT_EQ(long_body.Ask("POST", "/", {}, std::string(kLargeBytes, 'x')).status, 413);
  HttpClient chunks(port());
  chunks.Send("POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n65\r\n");
  chunks.Send(std::string(101, 'x'));
  EXPECT_EQ(chunks.Read().status, 413);
}

TEST_F(HttpServerTest, EndsConnectionsOfThoseWhoSendTooSlowly) {
  options_.limits.header = absl::Milliseconds(50);
  options_.limits.body = absl::Milliseconds(50);
  options_.limits.idle = absl::Milliseconds(50);
  Start();
  HttpClient idle(port());
  EXPECT_TRUE(idle.AtEnd());
  HttpClient header(port());
  header.Send("GET / HT");
  EXPECT_TRUE(header.AtEnd());
  HttpClient body(port());
  body.Send("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 10\r\n\r\nab");
  EXPECT_TRUE(body.AtEnd());
}

TEST_F(HttpServerTest, SendingByteByByteGainsNoTime) {
  options_.limits.header = absl::Milliseconds(50);
  Start();
  HttpClient client(port());
  client.Send("GET / HTTP/1.1\r\nx: ");
  // Far fewer bytes than a header may have.
  EXPECT_TRUE(Eventually([&client] { return !client.Send("x"); }));
  EXPECT_TRUE(Eventually([this] { return server_->statistics().connections == 0; }));
}

TEST_F(HttpServerTest, EndsConnectionsThatNeverAgreeOnTls) {
  const testing::TestAuthority authority("an authority");
  const testing::TemporaryDirectory directory;
  const testing::Identity server = authority.Issue("DNS:localhost");
  options_.tls.certificate = directory.file("cert.pem");
  options_.tls.key = directory.file("key.pem");
  std::ofstream(options_.tls.certificate) << server.certificate;
  std::ofstream(options_.tls.key) << server.key;
  options_.limits.handshake = absl::Milliseconds(50);
  Start();
  HttpClient silent(port());
  EXPECT_TRUE(silent.AtEnd());
  HttpClient plain(port());
  plain.Send(FormatRequest("GET", "/"));
  EXPECT_FALSE(plain.Read().status == 200);
}

TEST_F(HttpServerTest, WhatIsSentAheadWaits) {
  options_.limits.linger = absl::Milliseconds(50);
  options_.limits.linger_bytes = size_t{1} << 20;
  options_.threads = 1;
  Start();
  HttpClient client(port());
  client.Send(FormatRequest("GET", "/hold"));
  std::shared_ptr<Exchange> held = WaitForHeld();
  // Far more than the sockets of both ends take, and the server beside them.
  const std::string garbage(size_t{32} << 20, '!');
  absl::Notification ended;
  std::thread sender([&] {
    EXPECT_FALSE(client.Send(garbage));
    ended.Notify();
  });
  KeepBusy(2'000);
  EXPECT_FALSE(ended.HasBeenNotified());
  held->Post([held] { held->Respond(TextResponse(200, "done")); });
  sender.join();
  held.reset();
  EXPECT_TRUE(Eventually([this] { return server_->statistics().connections == 0; }));
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

TEST_F(HttpServerTest, EndsConnectionsOfThoseWhoDoNotRead) {
  options_.limits.write = absl::Milliseconds(50);
  Start();
  HttpClient client(port());
  // More than any socket buffers; the client takes none of it.
  for (int i = 0; i < 8; ++i) client.Send(FormatRequest("GET", "/large"));
  EXPECT_TRUE(Eventually([this] { return server_->statistics().accepted == 1; }));
  EXPECT_TRUE(Eventually([this] { return server_->statistics().connections == 0; }));
}

TEST_F(HttpServerTest, BoundsTheConnectionsOfAnAddress) {
  options_.limits.connections_per_address = 2;
  Start();
  HttpClient one(port());
  EXPECT_EQ(one.Ask("GET", "/").status, 200);
  auto two = std::make_unique<HttpClient>(port());
  EXPECT_EQ(two->Ask("GET", "/").status, 200);
  HttpClient three(port());
  EXPECT_EQ(three.Read().status, 503);
  EXPECT_TRUE(three.AtEnd());
  EXPECT_EQ(server_->statistics().refused, 1u);
  two.reset();
  EXPECT_TRUE(Eventually([this] { return server_->statistics().connections == 1; }));
  HttpClient four(port());
  EXPECT_EQ(four.Ask("GET", "/").status, 200);
}

TEST_F(HttpServerTest, BoundsTheConnectionsOfAllAddresses) {
  options_.limits.connections = 2;
  Start();
  HttpClient one(port());
  HttpClient two(port());
  EXPECT_EQ(one.Ask("GET", "/").status, 200);
  EXPECT_EQ(two.Ask("GET", "/").status, 200);
  EXPECT_EQ(HttpClient(port()).Read().status, 503);
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
