#include "attlas/client/client.h"

#include <attlas/graph/v1/graph_service.grpc.pb.h>

#include "absl/time/clock.h"

namespace attlas::client {

absl::StatusOr<Client> Client::Connect(const std::string& address, const Options& options) {
  absl::StatusOr<std::shared_ptr<Connection>> connection = Connection::Make(address, options);
  if (!connection.ok()) return connection.status();
  return Client(*std::move(connection),
                {.timeout = options.timeout, .wait_for_ready = options.wait_for_ready, .read = {}});
}

Client::Client(std::shared_ptr<Connection> connection, Context context)
    : connection_(std::move(connection)), context_(std::move(context)) {}

Client Client::Reading(const graph::v1::ReadOptions& read) const {
  Client view = *this;
  view.context_.read.MergeFrom(read);
  return view;
}

Client Client::Session() const {
  Client view = *this;
  view.context_.seen = std::make_shared<Seen>();
  return view;
}

absl::StatusOr<Client> Client::Pinned() const {
  graph::v1::ListNodesRequest request;
  request.set_page_size(1);
  const absl::StatusOr<graph::v1::ListNodesResponse> latest =
      Call(&graph::v1::GraphService::Stub::ListNodes, request);
  if (!latest.ok()) return latest.status();
  graph::v1::ReadOptions read;
  read.set_at_revision(latest->revision());
  return Reading(read);
}

Client Client::Waiting() const {
  Client view = *this;
  view.context_.wait_for_ready = true;
  return view;
}

std::string Client::revision() const {
  if (!context_.read.at_revision().empty()) return context_.read.at_revision();
  return context_.seen == nullptr ? "" : context_.seen->revision();
}

void Client::Equip(grpc::ClientContext* call, absl::Duration timeout,
                   const std::optional<std::string>& token) const {
  if (timeout != absl::InfiniteDuration()) {
    call->set_deadline(absl::ToChronoTime(absl::Now() + timeout));
  }
  call->set_wait_for_ready(context_.wait_for_ready);
  if (token.has_value()) call->AddMetadata("authorization", "Bearer " + *token);
}

}  // namespace attlas::client
