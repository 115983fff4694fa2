#include "services/gateway/rpc/generic_call.h"

#include <memory>
#include <utility>
#include <vector>

#include "absl/time/clock.h"

namespace attlas::gateway {

grpc::ByteBuffer ToBuffer(const std::string& bytes) {
  const grpc::Slice slice(bytes);
  return grpc::ByteBuffer(&slice, 1);
}

SharedBytes WholeOf(const grpc::ByteBuffer& buffer) {
  grpc::Slice slice;
  if (!buffer.TrySingleSlice(&slice).ok()) return {};
  const auto owner = std::make_shared<const grpc::Slice>(std::move(slice));
  return {{reinterpret_cast<const char*>(owner->begin()), owner->size()}, owner};
}

SharedBytes BytesOf(const grpc::ByteBuffer& buffer) {
  if (SharedBytes whole = WholeOf(buffer); whole.has_value()) return whole;
  std::vector<grpc::Slice> slices;
  std::string bytes;
  if (!buffer.Dump(&slices).ok()) return bytes;
  bytes.reserve(buffer.Length());
  for (const grpc::Slice& slice : slices) {
    bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  return bytes;
}

void PrepareContext(const CallRequest& request, const Peer& peer,
                    const services::ForwardedCallers* callers, grpc::ClientContext* context) {
  for (const auto& [name, value] : request.metadata) context->AddMetadata(name, value);
  const services::ForwardedCaller caller{.peer = peer.name,
                                         .has_certificate = peer.has_certificate,
                                         .certificate_uris = peer.certificate_uris,
                                         .principal = {}};
  if (callers == nullptr) {
    services::ForwardedCallers::AttachForPeer(caller, context);
  } else {
    callers->Attach(caller, context);
  }
  if (request.timeout.has_value()) {
    context->set_deadline(absl::ToChronoTime(absl::Now() + *request.timeout));
  }
}

}  // namespace attlas::gateway
