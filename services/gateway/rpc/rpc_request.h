// A request of HTTP as the call of an RPC: which protocol it speaks, and what it says.
//
// What: the Connect protocol (unary by POST and GET, and streams) and gRPC-Web, each with messages
// as their bytes or as JSON.
// Threads: plain values and functions; safe from any thread.
#ifndef ATTLAS_SERVICES_GATEWAY_RPC_RPC_REQUEST_H_
#define ATTLAS_SERVICES_GATEWAY_RPC_RPC_REQUEST_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "google/protobuf/descriptor.h"
#include "services/gateway/http/http_limits.h"
#include "services/gateway/http/http_message.h"
#include "services/gateway/http/request_target.h"
#include "services/gateway/rpc/envelope.h"
#include "services/gateway/rpc/metadata.h"

namespace attlas::gateway {

enum class Protocol { kConnectUnary, kConnectStream, kGrpcWeb, kGrpcWebText };
enum class Codec { kProto, kJson };

// How a call is spoken, which is known before any of it is read.
struct CallShape {
  const google::protobuf::MethodDescriptor* method = nullptr;
  Protocol protocol = Protocol::kConnectUnary;
  Codec codec = Codec::kProto;
  std::string content_type;  // Of its answer.
  bool accepts_gzip = false;
  bool is_get = false;
};

// Nothing where the content type, or the encoding of a GET, is none that the method takes.
// REQUIRES: the HTTP method is POST, or GET where TakesGet(method).
std::optional<CallShape> ShapeOf(const HttpRequest& request, const RequestTarget& target,
                                 const google::protobuf::MethodDescriptor& method);

// Whether the messages of its body come in envelopes.
bool IsEnveloped(const HttpRequest& request);

// The content types that the method takes, as `accept-post` lists them.
std::string AcceptedTypes(const google::protobuf::MethodDescriptor& method);

struct CallRequest {
  std::string message;  // As bytes; empty where the client streams.
  bool gzip = false;    // Messages of a stream may be compressed.
  Metadata metadata;
  std::optional<absl::Duration> timeout;
};

// What a request says, without the messages of a client that streams. Errors are those of the
// protocol: INVALID_ARGUMENT, RESOURCE_EXHAUSTED (a message beyond the limit), UNIMPLEMENTED (an
// unknown compression; not exactly one message where one is due), INTERNAL (a message that says it
// is compressed where no compression was agreed on).
absl::StatusOr<CallRequest> ReadCall(const HttpRequest& request, const RequestTarget& target,
                                     const CallShape& shape, const HttpLimits& limits);

// Whether a client may send such a message: by what stands before it, so that no bytes are waited
// for in vain. Errors as of ReadCall.
absl::Status CheckPrefix(const EnvelopePrefix& prefix, bool gzip, const HttpLimits& limits);
// A message of a stream as bytes. REQUIRES: CheckPrefix was OK. Errors as of ReadCall.
absl::StatusOr<std::string> ReadMessage(const CallShape& shape, const Envelope& envelope,
                                        const HttpLimits& limits);

}  // namespace attlas::gateway

#endif  // ATTLAS_SERVICES_GATEWAY_RPC_RPC_REQUEST_H_
