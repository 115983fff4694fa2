// Bodies that are read in parts, over real sockets.
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "absl/time/time.h"
#include "services/gateway/http/http_server.h"
#include "tests/integration/http_client.h"
#include "tests/services/gateway/http/http_server_fixture.h"

namespace attlas::gateway {
namespace {

using testing::FormatRequest;
using testing::HttpAnswer;
using testing::HttpClient;

constexpr char kChunked[] =
    "POST /parts HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\n";

std::string Chunk(const std::string& bytes) {
  return absl::StrCat(absl::Hex(bytes.size()), "\r\n", bytes, "\r\n");
}

// Hands requests of `/parts` to the test, which takes their bodies; others are answered with their
// body.
class BodyInPartsTest : public HttpServerFixture {
 protected:
  BodyInPartsTest() {
    options_.reads_in_parts = [](const HttpRequest& request) { return request.target == "/parts"; };
  }
  void Answer(const std::shared_ptr<Exchange>& exchange) override {
    if (exchange->request().target != "/parts") {
      return exchange->Respond(TextResponse(200, exchange->request().body));
    }
    EXPECT_EQ(exchange->request().body, "");
    Hold(exchange);
  }
  // The next bytes of a body, waited for.
  static std::string Take(const std::shared_ptr<Exchange>& exchange, size_t bytes) {
    std::string taken;
    absl::Notification done;
    exchange->Post([&] {
      exchange->ReadBody(bytes, [&](std::string part) {
        taken = std::move(part);
        done.Notify();
      });
    });
    done.WaitForNotification();
    return taken;
  }
  static void Respond(const std::shared_ptr<Exchange>& exchange, const std::string& text) {
    exchange->Post([exchange, text] { exchange->Respond(TextResponse(200, text)); });
  }
};

TEST_F(BodyInPartsTest, AreTakenWhileTheyCome) {
  Start();
  HttpClient client(port());
  client.Send(kChunked);
  const std::shared_ptr<Exchange> exchange = WaitForHeld();
  client.Send(Chunk("one"));
  EXPECT_EQ(Take(exchange, 3), "one");
  client.Send(Chunk("tw"));
  client.Send(Chunk("othree"));
  EXPECT_EQ(Take(exchange, 3), "two");
  EXPECT_EQ(Take(exchange, 0), "");
  client.Send("0\r\n\r\n");
  EXPECT_EQ(Take(exchange, 100), "three");
  EXPECT_EQ(Take(exchange, 100), "");
  Respond(exchange, "done");
  const HttpAnswer answer = client.Read();
  EXPECT_EQ(answer.body, "done\n");
  EXPECT_EQ(answer.Header("connection"), "keep-alive");
  EXPECT_EQ(client.Ask("POST", "/next", {}, "whole").body, "whole\n");
}

TEST_F(BodyInPartsTest, MayBeThereFromTheStartWithTheNextRequestBehind) {
  Start();
  HttpClient client(port());
  client.Send(absl::StrCat(FormatRequest("POST", "/parts", {}, "body"),
                           FormatRequest("POST", "/next", {}, "whole")));
  const std::shared_ptr<Exchange> exchange = WaitForHeld();
  EXPECT_EQ(Take(exchange, 2), "bo");
  // Nobody needs the rest.
  Respond(exchange, "done");
  EXPECT_EQ(client.Read().body, "done\n");
  EXPECT_EQ(client.Read().body, "whole\n");
}

TEST_F(BodyInPartsTest, MayBeLongerThanABodyThatIsReadWhole) {
  options_.limits.body_bytes = 100;
  options_.limits.ahead_bytes = 1'000;
  Start();
  const std::string body(100'000, 'x');
  HttpClient client(port());
  std::thread sender([&] { client.Send(FormatRequest("POST", "/parts", {}, body)); });
  const std::shared_ptr<Exchange> exchange = WaitForHeld();
  // More than is read ahead, and all of it.
  EXPECT_EQ(Take(exchange, 50'000), body.substr(0, 50'000));
  EXPECT_EQ(Take(exchange, 60'000), body.substr(50'000));
  sender.join();
  Respond(exchange, "done");
  EXPECT_EQ(client.Read().body, "done\n");
}

TEST_F(BodyInPartsTest, WhatNobodyTakesHoldsItsSenderUp) {
  options_.threads = 1;
  Start();
  // Far more than the sockets of both ends and the server take ahead together.
  const std::string body(size_t{32} << 20, 'x');
  HttpClient client(port());
  absl::Notification sent;
  std::thread sender([&] {
    client.Send(FormatRequest("POST", "/parts", {}, body));
    sent.Notify();
  });
  const std::shared_ptr<Exchange> exchange = WaitForHeld();
  EXPECT_EQ(Take(exchange, 1), "x");
  KeepBusy(2'000);
  EXPECT_FALSE(sent.HasBeenNotified());
  size_t taken = 1;
  while (taken < body.size()) taken += Take(exchange, size_t{1} << 20).size();
  sender.join();
  EXPECT_EQ(taken, body.size());
  Respond(exchange, "done");
  EXPECT_EQ(client.Read().body, "done\n");
}

TEST_F(BodyInPartsTest, AnAnswerBeforeTheEndOfTheBodyEndsTheConnection) {
  options_.limits.linger = absl::Milliseconds(50);
  Start();
  HttpClient client(port());
  client.Send(kChunked);
  client.Send(Chunk("one"));
  const std::shared_ptr<Exchange> exchange = WaitForHeld();
  Respond(exchange, "enough");
  const HttpAnswer answer = client.Read();
  EXPECT_EQ(answer.body, "enough\n");
  EXPECT_EQ(answer.Header("connection"), "close");
  EXPECT_TRUE(client.AtEnd());
}

TEST_F(BodyInPartsTest, AreAskedForWhereTheClientWaits) {
  Start();
  HttpClient client(port());
  client.Send(
      "POST /parts HTTP/1.1\r\nhost: localhost\r\nexpect: 100-continue\r\n"
      "content-length: 4\r\n\r\n");
  EXPECT_EQ(client.Read().status, 100);
  client.Send("body");
  const std::shared_ptr<Exchange> exchange = WaitForHeld();
  EXPECT_EQ(Take(exchange, 10), "body");
  Respond(exchange, "done");
  EXPECT_EQ(client.Read().body, "done\n");
}

TEST_F(BodyInPartsTest, GarbageWithinIsToldAndEndsTheConnection) {
  Start();
  HttpClient client(port());
  client.Send(kChunked);
  client.Send(Chunk("one"));
  const std::shared_ptr<Exchange> exchange = WaitForHeld();
  EXPECT_EQ(Take(exchange, 3), "one");
  client.Send("no chunk\r\n");
  EXPECT_EQ(client.Read().status, 400);
  EXPECT_TRUE(client.AtEnd());
  gone_.WaitForNotification();
  // Nobody is told of a body any more, and nobody is harmed by asking.
  exchange->Post([exchange] { exchange->ReadBody(1, [](const std::string&) { FAIL(); }); });
}

TEST_F(BodyInPartsTest, AClientThatStopsSendingIsLeft) {
  options_.limits.body = absl::Milliseconds(50);
  Start();
  HttpClient client(port());
  client.Send(kChunked);
  const std::shared_ptr<Exchange> exchange = WaitForHeld();
  exchange->Post([exchange] { exchange->ReadBody(1, [](const std::string&) { FAIL(); }); });
  EXPECT_TRUE(client.AtEnd());
  gone_.WaitForNotification();
}

TEST_F(BodyInPartsTest, NoticesAClientThatLeaves) {
  Start();
  auto client = std::make_unique<HttpClient>(port());
  client->Send(kChunked);
  const std::shared_ptr<Exchange> exchange = WaitForHeld();
  client.reset();
  gone_.WaitForNotification();
}

}  // namespace
}  // namespace attlas::gateway
