// The server under test of the conformance suite: its service over gRPC, and the gateway before it
// as attlasd has it. Reads a ServerCompatRequest, answers with a ServerCompatResponse, and serves
// until it is told to end (SIGTERM).
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>
#include <signal.h>

#include <cstdint>
#include <cstdio>
#include <fstream>
#include <memory>
#include <string>

#include "connectrpc/conformance/v1/server_compat.pb.h"
#include "google/protobuf/descriptor.h"
#include "services/common/forwarded_caller.h"
#include "services/gateway/gateway.h"
#include "tests/conformance/conformance_service.h"
#include "tests/testing/temporary_directory.h"

namespace attlas::conformance {
namespace {

constexpr size_t kLengthBytes = 4;
constexpr size_t kFramingBytes = 1024;

// A message after its length, which is four bytes, big-endian.
bool ReadMessage(google::protobuf::Message* message) {
  unsigned char prefix[kLengthBytes];
  if (std::fread(prefix, 1, kLengthBytes, stdin) != kLengthBytes) return false;
  uint32_t length = 0;
  for (const unsigned char byte : prefix) length = (length << 8) | byte;
  std::string bytes(length, '\0');
  return std::fread(bytes.data(), 1, length, stdin) == length && message->ParseFromString(bytes);
}

void WriteMessage(const google::protobuf::Message& message) {
  const std::string bytes = message.SerializeAsString();
  std::string framed;
  for (int shift = 24; shift >= 0; shift -= 8) {
    framed.push_back(static_cast<char>((bytes.size() >> shift) & 0xff));
  }
  framed += bytes;
  std::fwrite(framed.data(), 1, framed.size(), stdout);
  std::fflush(stdout);
}

std::string WriteFile(const std::string& path, const std::string& content) {
  std::ofstream(path, std::ios::binary) << content;
  return path;
}

gateway::HttpServerOptions HttpOptions(const v1::ServerCompatRequest& request,
                                       const testing::TemporaryDirectory& directory) {
  gateway::HttpServerOptions options;
  options.listen = "127.0.0.1:0";
  if (request.message_receive_limit() > 0) {
    options.limits.message_bytes = request.message_receive_limit();
    options.limits.body_bytes = options.limits.message_bytes + kFramingBytes;
  }
  if (!request.use_tls()) return options;
  options.tls.certificate = WriteFile(directory.file("cert.pem"), request.server_creds().cert());
  options.tls.key = WriteFile(directory.file("key.pem"), request.server_creds().key());
  if (!request.client_tls_cert().empty()) {
    options.tls.client_authorities =
        WriteFile(directory.file("clients.pem"), request.client_tls_cert());
  }
  return options;
}

int Main() {
  // Before there is another thread, so that all of them leave the signal to sigwait.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);

  v1::ServerCompatRequest request;
  if (!ReadMessage(&request)) {
    std::fprintf(stderr, "conformance_server: no ServerCompatRequest on the standard input\n");
    return 1;
  }
  const testing::TemporaryDirectory directory;
  ConformanceService service;
  grpc::ServerBuilder builder;
  builder.RegisterService(&service);
  builder.SetMaxReceiveMessageSize(-1);
  const std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  const services::ForwardedCallers callers;
  gateway::GatewayOptions options;
  options.http = HttpOptions(request, directory);
  options.services = {google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(
      v1::ConformanceService::service_full_name())};
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(-1);
  options.channel = server->InProcessChannel(arguments);
  options.callers = &callers;
  auto gateway = gateway::Gateway::Start(std::move(options));
  if (!gateway.ok()) {
    std::fprintf(stderr, "conformance_server: %s\n", gateway.status().ToString().c_str());
    return 1;
  }

  v1::ServerCompatResponse response;
  response.set_host("127.0.0.1");
  response.set_port(static_cast<uint32_t>((*gateway)->port()));
  if (request.use_tls()) response.set_pem_cert(request.server_creds().cert());
  WriteMessage(response);

  int signal = 0;
  sigwait(&signals, &signal);
  (*gateway)->Drain();
  server->Shutdown(std::chrono::system_clock::now());
  (*gateway)->Stop(absl::ZeroDuration());
  return 0;
}

}  // namespace
}  // namespace attlas::conformance

int main() { return attlas::conformance::Main(); }
