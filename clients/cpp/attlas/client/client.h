// The services of a daemon, asked with the stubs that gRPC generates.
//
// It adds to a stub what every caller needs: TLS and tokens, a deadline, the published retries, one
// revision or the revision of one's own writes, pages, cancelling, and statuses with their details.
//
// When not: asynchronous calls; take a stub of one's own for these.
//
// Threads: thread-safe. Views share one connection, which ends with the last of them.
//
// Example:
//   using attlas::synergy::v1::SynergyService;
//   absl::StatusOr<attlas::client::Client> client =
//       attlas::client::Client::Connect("127.0.0.1:50151");
//   attlas::synergy::v1::FindSynergiesRequest request;
//   request.set_state("IDN");
//   request.set_target("att");
//   const auto answer = client->Call(&SynergyService::Stub::FindSynergies, request);
//   if (answer.ok()) std::cout << answer->sentence() << '\n';
#ifndef ATTLAS_CLIENTS_CPP_ATTLAS_CLIENT_CLIENT_H_
#define ATTLAS_CLIENTS_CPP_ATTLAS_CLIENT_CLIENT_H_

#include <attlas/graph/v1/read_options.pb.h>
#include <grpcpp/client_context.h>
#include <grpcpp/support/status.h>
#include <grpcpp/support/sync_stream.h>

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "attlas/client/cancellation.h"
#include "attlas/client/connection.h"
#include "attlas/client/error.h"
#include "attlas/client/pages.h"
#include "attlas/client/reading.h"
#include "attlas/client/stream.h"

namespace attlas::client {

// What one call says otherwise than its client.
struct CallOptions {
  // How long it may take; as Options::timeout, and without a limit for streams, where it is left
  // out.
  std::optional<absl::Duration> timeout = std::nullopt;
  // Ends it when it is cancelled; outlives the call.
  Cancellation* cancellation = nullptr;
};

class Client {
 public:
  // A client of the daemon at `host:port` or `unix:/path`. Does not connect yet. Errors:
  // INVALID_ARGUMENT where a token would leave this machine without TLS.
  static absl::StatusOr<Client> Connect(const std::string& address, const Options& options = {});

  // A view whose requests are read so, unless they say otherwise in their `read`.
  Client Reading(const graph::v1::ReadOptions& read) const;
  // A view that sees its own writes, also where another daemon answers the next read: each read
  // asks for a revision at least as late as the last one that the session met. Its writes take
  // turns.
  Client Session() const;
  // A view all of whose answers are of the revision that is the latest now.
  absl::StatusOr<Client> Pinned() const;
  // A view whose calls wait, within their time, for a daemon that is not there yet.
  Client Waiting() const;
  // The revision that this view is pinned to, or that its session has come to; empty for none.
  std::string revision() const;

  // Asks and waits for the answer.
  template <typename Stub, typename Request, typename Response>
  absl::StatusOr<Response> Call(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                             Response*),
                                Request request, const CallOptions& options = {}) const {
    const std::unique_lock turn = Turn<Request>();
    const std::string since = Prepare(context_, &request);
    absl::StatusOr<Response> answer = Ask(method, request, options);
    if (answer.ok()) Note<Request>(context_, *answer, since);
    return answer;
  }

  // The pages of a listing. The request's own page token is not used.
  template <typename Stub, typename Request, typename Response>
  PageRange<Response> Pages(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                         Response*),
                            Request request, const CallOptions& options = {}) const {
    // All pages are asked with the same options: a page token belongs to them.
    const std::string since = Prepare(context_, &request);
    return PageRange<Response>(
        [client = *this, method, request, options, since](const std::string& token) {
          Request next = request;
          next.set_page_token(token);
          absl::StatusOr<Response> page = client.Ask(method, next, options);
          if (page.ok()) Note<Request>(client.context_, *page, since);
          return page;
        });
  }

  // Begins a stream of answers.
  template <typename Stub, typename Request, typename Response>
  Stream<Response> Open(std::unique_ptr<grpc::ClientReader<Response>> (Stub::*method)(
                            grpc::ClientContext*, const Request&),
                        Request request, const CallOptions& options = {}) const {
    const std::string since = Prepare(context_, &request);
    const absl::Duration timeout = options.timeout.value_or(absl::InfiniteDuration());
    return Stream<Response>(
        connection_,
        [client = *this, method, request, timeout](grpc::ClientContext* call,
                                                   const std::optional<std::string>& token) {
          client.Equip(call, timeout, token);
          return (client.connection_->template stub<Stub>().*method)(call, request);
        },
        [context = context_, since](const Response& response) {
          Note<Request>(context, response, since);
        },
        options.cancellation);
  }

  // Sends the messages that `next` fills in, until it returns false, and waits for the answer.
  // Nothing is tried again, for what was sent is gone.
  template <typename Stub, typename Request, typename Response, typename Next>
  absl::StatusOr<Response> Upload(
      std::unique_ptr<grpc::ClientWriter<Request>> (Stub::*method)(grpc::ClientContext*, Response*),
      Next next, const CallOptions& options = {}) const {
    const std::unique_lock turn = Turn<Request>();
    grpc::ClientContext call;
    Equip(&call, options.timeout.value_or(absl::InfiniteDuration()), connection_->Token());
    const Cancellation::During during(options.cancellation, &call);
    Response response;
    const auto writer = (connection_->template stub<Stub>().*method)(&call, &response);
    for (Request request; next(&request) && writer->Write(request);) request.Clear();
    writer->WritesDone();
    const grpc::Status ended = writer->Finish();
    const absl::Status status = FromGrpc(ended, during.cancelled());
    if (!status.ok()) return status;
    Note<Request>(context_, response, "");
    return response;
  }

 private:
  Client(std::shared_ptr<Connection> connection, Context context);

  // Held during a write of a session.
  template <typename Request>
  std::unique_lock<std::mutex> Turn() const {
    if (Reads<Request> || context_.seen == nullptr) return {};
    return std::unique_lock(context_.seen->writing());
  }

  // Asks with the token in use, and once more with a new one where it was refused.
  template <typename Stub, typename Request, typename Response>
  absl::StatusOr<Response> Ask(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                            Response*),
                               const Request& request, const CallOptions& options) const {
    std::optional<std::string> token = connection_->Token();
    for (bool renewed = false;; renewed = true) {
      grpc::ClientContext call;
      Equip(&call, options.timeout.value_or(context_.timeout), token);
      const Cancellation::During during(options.cancellation, &call);
      Response response;
      const grpc::Status ended =
          (connection_->template stub<Stub>().*method)(&call, request, &response);
      const absl::Status status = FromGrpc(ended, during.cancelled());
      if (status.ok()) return response;
      if (!absl::IsUnauthenticated(status) || renewed) return status;
      token = connection_->RenewedToken(token);
      if (!token.has_value()) return status;
    }
  }

  // Gives a call its deadline and its token.
  void Equip(grpc::ClientContext* call, absl::Duration timeout,
             const std::optional<std::string>& token) const;

  std::shared_ptr<Connection> connection_;
  Context context_;
};

}  // namespace attlas::client

#endif  // ATTLAS_CLIENTS_CPP_ATTLAS_CLIENT_CLIENT_H_
