// Servers over real sockets for tests of connections.
//
// Threads: a test is single-thread; what it is handed is answered on the server's threads.
#ifndef ATTLAS_TESTS_SERVICES_GATEWAY_HTTP_HTTP_SERVER_FIXTURE_H_
#define ATTLAS_TESTS_SERVICES_GATEWAY_HTTP_HTTP_SERVER_FIXTURE_H_

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "absl/time/time.h"
#include "services/gateway/http/http_server.h"
#include "tests/integration/http_client.h"
#include "tests/testing/status_matchers.h"

namespace attlas::gateway {

// A server whose requests the test answers, at once or after it was handed them.
class HttpServerFixture : public ::testing::Test {
 protected:
  void Start() {
    options_.listen = "127.0.0.1:0";
    if (options_.threads == 0) options_.threads = 2;
    auto server = HttpServer::Start(
        options_, [this](const std::shared_ptr<Exchange>& exchange) { Answer(exchange); });
    ASSERT_OK(server);
    server_ = *std::move(server);
  }
  void TearDown() override {
    if (server_ != nullptr) server_->Stop(absl::ZeroDuration());
  }

  virtual void Answer(const std::shared_ptr<Exchange>& exchange) = 0;
  // Hands a request to the test, which waits for it.
  void Hold(const std::shared_ptr<Exchange>& exchange) {
    exchange->OnGone([this] { gone_.Notify(); });
    const absl::MutexLock lock(&mutex_);
    held_ = exchange;
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
    testing::HttpClient other(port());
    for (int i = 0; i < requests; ++i) ASSERT_EQ(other.Ask("GET", "/other").status, 200);
  }

  HttpServerOptions options_;
  absl::Mutex mutex_;
  std::shared_ptr<Exchange> held_;
  absl::Notification gone_;
  std::unique_ptr<HttpServer> server_;
};

// Echoes the request, streams for `/stream`, and for `/hold` answers when it is told to.
class HttpEchoFixture : public HttpServerFixture {
 protected:
  void Answer(const std::shared_ptr<Exchange>& exchange) override {
    const HttpRequest& request = exchange->request();
    if (request.target == "/stream") {
      exchange->StartStream({});
      exchange->Write("one", [exchange] {
        exchange->Write("two", nullptr);
        exchange->EndStream();
      });
    } else if (request.target == "/hold") {
      Hold(exchange);
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

  static constexpr size_t kLargeBytes = size_t{8} << 20;
};

}  // namespace attlas::gateway

#endif  // ATTLAS_TESTS_SERVICES_GATEWAY_HTTP_HTTP_SERVER_FIXTURE_H_
