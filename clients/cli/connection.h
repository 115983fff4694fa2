// A connection to a running daemon.
//
// What: makes the channel, sets the deadline of every call, and says in one line when nobody
// answers.
// Threads: thread-compatible.
//
// Example:
//   Connection connection("127.0.0.1:50151", absl::Seconds(30));
//   ATTLAS_ASSIGN_OR_RETURN(const GetNodeResponse answer,
//                           connection.Ask(&GraphService::Stub::GetNode, request));
#ifndef ATTLAS_CLIENTS_CLI_CONNECTION_H_
#define ATTLAS_CLIENTS_CLI_CONNECTION_H_

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/support/status.h>

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace attlas::cli {

class Connection {
 public:
  // Connects with the first call. `timeout` is that of every call; infinite for none.
  Connection(std::string address, absl::Duration timeout);

  const std::shared_ptr<grpc::Channel>& channel() const { return channel_; }
  const std::string& address() const { return address_; }

  // Sets the deadline.
  void Prepare(grpc::ClientContext* context) const;

  // OK, or the error of a call; UNAVAILABLE names the address where nobody answers there.
  absl::Status Check(const grpc::Status& status) const;

  // Makes a unary call to a method of a service. Fails as Check does.
  template <typename Stub, typename Request, typename Response>
  absl::StatusOr<Response> Ask(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                            Response*),
                               const Request& request) const {
    grpc::ClientContext context;
    Prepare(&context);
    Response response;
    Stub stub(channel_);
    if (absl::Status status = Check((stub.*method)(&context, request, &response)); !status.ok()) {
      return status;
    }
    return response;
  }

 private:
  const std::string address_;
  const absl::Duration timeout_;
  const std::shared_ptr<grpc::Channel> channel_;
};

}  // namespace attlas::cli

#endif  // ATTLAS_CLIENTS_CLI_CONNECTION_H_
