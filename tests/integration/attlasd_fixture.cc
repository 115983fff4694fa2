#include "tests/integration/attlasd_fixture.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>
#include <utility>

#include "absl/time/clock.h"
#include "tests/testing/eventually.h"

namespace attlas::testing {

using services::FromGrpcStatus;

std::vector<std::string> With(std::vector<std::string> arguments, const std::string& more) {
  arguments.push_back(more);
  return arguments;
}

void SetPatience(grpc::ClientContext* context) {
  context->set_deadline(absl::ToChronoTime(absl::Now() + kPatience));
}

absl::StatusOr<v1::CommitResponse> Commit(v1::GraphService::Stub* stub,
                                          const v1::CommitRequest& request) {
  grpc::ClientContext context;
  SetPatience(&context);
  v1::CommitResponse response;
  const grpc::Status status = stub->Commit(&context, request, &response);
  if (!status.ok()) return FromGrpcStatus(status);
  return response;
}

absl::StatusOr<v1::GetNodeResponse> GetNode(v1::GraphService::Stub* stub, const std::string& name) {
  grpc::ClientContext context;
  SetPatience(&context);
  v1::GetNodeRequest request;
  request.set_name(name);
  v1::GetNodeResponse response;
  const grpc::Status status = stub->GetNode(&context, request, &response);
  if (!status.ok()) return FromGrpcStatus(status);
  return response;
}

v1::CommitRequest PutSource() {
  v1::CommitRequest request;
  *request.add_mutations()->mutable_put_node() = MakeNode("sources/test");
  return request;
}

std::string GetPage(const std::string& port, const std::string& path) {
  const int connection = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(std::stoi(port)));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(connection, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0) {
    close(connection);
    return "";
  }
  const std::string request = "GET " + path + " HTTP/1.0\r\nHost: localhost\r\n\r\n";
  EXPECT_EQ(write(connection, request.data(), request.size()),
            static_cast<ssize_t>(request.size()));
  std::string answer;
  char buffer[4096];
  for (ssize_t n = 0; (n = read(connection, buffer, sizeof(buffer))) > 0;) {
    answer.append(buffer, static_cast<size_t>(n));
  }
  close(connection);
  return answer;
}

std::string GetMetrics(const std::string& port) { return GetPage(port, "/metrics"); }

}  // namespace attlas::testing
