// A request whose body is there already, for what reads bodies in parts.
//
// Threads: single-thread.
#ifndef ATTLAS_TESTS_SERVICES_GATEWAY_HTTP_BODY_EXCHANGE_H_
#define ATTLAS_TESTS_SERVICES_GATEWAY_HTTP_BODY_EXCHANGE_H_

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "services/gateway/http/exchange.h"

namespace attlas::testing {

class BodyExchange final : public gateway::Exchange {
 public:
  explicit BodyExchange(std::string body) : body_(std::move(body)) {}

  // What nobody has asked for.
  const std::string& left() const { return body_; }

  const gateway::HttpRequest& request() const override { return request_; }
  const gateway::Peer& peer() const override { return peer_; }
  void ReadBody(size_t bytes, std::function<void(std::string)> taken) override {
    std::string part = body_.substr(0, bytes);
    body_.erase(0, bytes);
    taken(std::move(part));
  }
  void Respond(gateway::HttpResponse) override {}
  void StartStream(gateway::HttpResponse) override {}
  void Write(std::string, std::function<void()>) override {}
  void EndStream() override {}
  void OnGone(std::function<void()>) override {}
  void Run(std::function<void()> task) override { task(); }
  void Post(std::function<void()> task) override { task(); }
  std::shared_ptr<void> KeepServer() override { return nullptr; }

 private:
  const gateway::HttpRequest request_;
  const gateway::Peer peer_;
  std::string body_;
};

}  // namespace attlas::testing

#endif  // ATTLAS_TESTS_SERVICES_GATEWAY_HTTP_BODY_EXCHANGE_H_
