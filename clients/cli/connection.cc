#include "clients/cli/connection.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/support/channel_arguments.h>

#include <chrono>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "clients/cli/connection_security.h"
#include "clients/cli/errors.h"

namespace attlas::cli {
namespace {

std::shared_ptr<grpc::Channel> MakeChannel(const std::string& address) {
  grpc::ChannelArguments arguments;
  // Answers are bounded by the server's page and message limits; exports by their batches.
  arguments.SetMaxReceiveMessageSize(-1);
  // Error details travel in headers.
  arguments.SetInt(GRPC_ARG_MAX_METADATA_SIZE, 64 << 10);
  arguments.SetUserAgentPrefix("attlas-cli");
  // A proxy of the environment has no business between this machine and its daemon.
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  // Whoever runs a command was told of a fault here before (Session::Create).
  const auto secured = CredentialsOfEnvironment();
  return grpc::CreateCustomChannel(
      address, secured.ok() ? *secured : grpc::InsecureChannelCredentials(), arguments);
}

}  // namespace

Connection::Connection(std::string address, absl::Duration timeout)
    : address_(std::move(address)), timeout_(timeout), channel_(MakeChannel(address_)) {}

void Connection::Prepare(grpc::ClientContext* context) const {
  if (timeout_ == absl::InfiniteDuration()) return;
  context->set_deadline(std::chrono::system_clock::now() + absl::ToChronoNanoseconds(timeout_));
}

absl::Status Connection::Check(const grpc::Status& status) const {
  if (status.ok()) return absl::OkStatus();
  const bool from_server = !status.error_details().empty();
  if (!from_server && status.error_code() == grpc::StatusCode::UNAVAILABLE) {
    // These are the messages of the transport for a connection that was there.
    for (const char* lost : {"Socket closed", "Connection reset", "GOAWAY", "Broken pipe"}) {
      if (absl::StrContains(status.error_message(), lost)) {
        return absl::UnavailableError(
            absl::StrCat("the daemon on ", address_, " went away during the call; ask again"));
      }
    }
    return absl::UnavailableError(
        absl::StrCat("no daemon answers on ", address_,
                     "; start one with `attlas serve`, or give another --address"));
  }
  if (status.error_code() == grpc::StatusCode::DEADLINE_EXCEEDED) {
    // Where no connection was made within the time, nobody is there.
    if (!from_server && channel_->GetState(false) != GRPC_CHANNEL_READY) {
      return absl::UnavailableError(absl::StrCat("no daemon answered on ", address_, " within ",
                                                 absl::FormatDuration(timeout_)));
    }
    // Either side may notice first that the time is over.
    return absl::DeadlineExceededError(absl::StrCat("the answer did not come in time (--timeout ",
                                                    absl::FormatDuration(timeout_),
                                                    "); allow more with --timeout"));
  }
  if (!from_server && status.error_code() == grpc::StatusCode::UNIMPLEMENTED) {
    return absl::UnimplementedError(
        absl::StrCat("the daemon on ", address_, " does not host this service or method"));
  }
  return FromGrpcStatus(status);
}

}  // namespace attlas::cli
