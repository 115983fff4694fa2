// One request in hand and the way to answer it.
//
// What: the seam between the connection, which knows sockets, and what answers requests, which
// knows none.
// Threads: everything is called as a task of the exchange, one after the other; whoever comes from
// elsewhere goes through Run or Post.
//
// Example:
//   void Answer(const std::shared_ptr<Exchange>& exchange) {
//     exchange->Respond(TextResponse(200, "good day"));
//   }
#ifndef ATTLAS_SERVICES_GATEWAY_HTTP_EXCHANGE_H_
#define ATTLAS_SERVICES_GATEWAY_HTTP_EXCHANGE_H_

#include <functional>
#include <memory>
#include <string>

#include "services/gateway/http/http_message.h"

namespace attlas::gateway {

class Exchange {
 public:
  virtual ~Exchange() = default;

  virtual const HttpRequest& request() const = 0;
  virtual const Peer& peer() const = 0;

  // Takes the next `bytes` of the body of a request that reads it in parts, which is not in
  // `request` then (HttpServerOptions::reads_in_parts). `taken` is called once with that many, or
  // with fewer at the end of the body; before this returns where they are there already, and never
  // where the client went away or sends what is no HTTP, which OnGone tells. One at a time.
  virtual void ReadBody(size_t bytes, std::function<void(std::string)> taken) = 0;

  // Answers with a whole response. Either this, once, or the three below.
  virtual void Respond(HttpResponse response) = 0;

  // Begins a response whose length is not known yet; its body is not looked at.
  virtual void StartStream(HttpResponse head) = 0;
  // Sends a piece, which is not empty. `written` is called once the socket has taken it, and never
  // where the client went away; a writer that waits for it holds one piece in memory.
  virtual void Write(std::string piece, std::function<void()> written) = 0;
  virtual void EndStream() = 0;

  // `gone` is called once if the client goes away before it is answered. At most one at a time;
  // an empty function for none.
  virtual void OnGone(std::function<void()> gone) = 0;

  // Runs `task` as a task of the exchange, from any thread. Run is for what is short, and may do it
  // at once on the thread that calls; Post is for what is not.
  virtual void Run(std::function<void()> task) = 0;
  virtual void Post(std::function<void()> task) = 0;
  // While one of these lives, the server does not end, so that the two above are good.
  virtual std::shared_ptr<void> KeepServer() = 0;
};

}  // namespace attlas::gateway

#endif  // ATTLAS_SERVICES_GATEWAY_HTTP_EXCHANGE_H_
