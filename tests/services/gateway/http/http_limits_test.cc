// Limits of connections over real sockets.
#include <gtest/gtest.h>

#include <fstream>
#include <memory>
#include <string>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "absl/time/time.h"
#include "tests/integration/http_client.h"
#include "tests/services/gateway/http/http_server_fixture.h"
#include "tests/testing/eventually.h"
#include "tests/testing/temporary_directory.h"

namespace attlas::gateway {
namespace {

using testing::Eventually;
using testing::FormatRequest;
using testing::HttpClient;

using HttpLimitsTest = HttpEchoFixture;

TEST_F(HttpLimitsTest, BoundsTheHeaderAndTheBody) {
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

TEST_F(HttpLimitsTest, EndsConnectionsOfThoseWhoSendTooSlowly) {
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

TEST_F(HttpLimitsTest, SendingByteByByteGainsNoTime) {
  options_.limits.header = absl::Milliseconds(50);
  Start();
  HttpClient client(port());
  client.Send("GET / HTTP/1.1\r\nx: ");
  // Far fewer bytes than a header may have.
  EXPECT_TRUE(Eventually([&client] { return !client.Send("x"); }));
  EXPECT_TRUE(Eventually([this] { return server_->statistics().connections == 0; }));
}

TEST_F(HttpLimitsTest, EndsConnectionsThatNeverAgreeOnTls) {
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

TEST_F(HttpLimitsTest, WhatIsSentAheadWaits) {
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

TEST_F(HttpLimitsTest, EndsConnectionsOfThoseWhoDoNotRead) {
  options_.limits.write = absl::Milliseconds(50);
  Start();
  HttpClient client(port());
  // More than any socket buffers; the client takes none of it.
  for (int i = 0; i < 8; ++i) client.Send(FormatRequest("GET", "/large"));
  EXPECT_TRUE(Eventually([this] { return server_->statistics().accepted == 1; }));
  EXPECT_TRUE(Eventually([this] { return server_->statistics().connections == 0; }));
}

TEST_F(HttpLimitsTest, BoundsTheConnectionsOfAnAddress) {
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

TEST_F(HttpLimitsTest, BoundsTheConnectionsOfAllAddresses) {
  options_.limits.connections = 2;
  Start();
  HttpClient one(port());
  HttpClient two(port());
  EXPECT_EQ(one.Ask("GET", "/").status, 200);
  EXPECT_EQ(two.Ask("GET", "/").status, 200);
  EXPECT_EQ(HttpClient(port()).Read().status, 503);
}

}  // namespace
}  // namespace attlas::gateway
