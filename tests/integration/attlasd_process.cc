#include "tests/integration/attlasd_process.h"

#include <fcntl.h>
#include <google/protobuf/text_format.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/generic/generic_stub.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <utility>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "gtest/gtest.h"
#include "tests/testing/eventually.h"
#include "tests/testing/test_ontology.h"

extern char** environ;

namespace attlas::testing {
namespace {

// Reads from `from` up to `end`, or to the end of the stream for '\0'.
std::string ReadUntil(int from, char end) {
  std::string text;
  char c = 0;
  while (read(from, &c, 1) == 1) {
    if (end != '\0' && c == end) break;
    text.push_back(c);
  }
  return text;
}

// The word that follows `before` in `line`, without what ends a clause.
std::string WordAfter(const std::string& line, const std::string& before) {
  const size_t at = line.find(before);
  if (at == std::string::npos) return "";
  const size_t begin = at + before.size();
  return line.substr(begin, line.find_first_of(" ,;", begin) - begin);
}

grpc::ByteBuffer ToBuffer(const std::string& bytes) {
  const grpc::Slice slice(bytes);
  return grpc::ByteBuffer(&slice, 1);
}

std::string ToString(const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  std::string bytes;
  if (!buffer.Dump(&slices).ok()) return bytes;
  for (const grpc::Slice& slice : slices) {
    bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  return bytes;
}

// Waits for the one event under way.
bool WaitFor(grpc::CompletionQueue* queue) {
  void* tag = nullptr;
  bool ok = false;
  return queue->Next(&tag, &ok) && ok;
}

}  // namespace

AttlasdProcess::AttlasdProcess(const std::vector<std::string>& arguments,
                               const std::vector<std::string>& within) {
  std::array<int, 2> output{};
  std::array<int, 2> errors{};
  if (pipe2(output.data(), O_CLOEXEC) != 0 || pipe2(errors.data(), O_CLOEXEC) != 0) std::abort();
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, output[1], STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, errors[1], STDERR_FILENO);
  std::vector<std::string> command = within;
  command.push_back(std::string(ATTLAS_BINARY_DIR) + "/bin/attlasd");
  // Of a repeated flag the last counts.
  command.emplace_back("--http_listen=");
  command.insert(command.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  for (std::string& word : command) argv.push_back(word.data());
  argv.push_back(nullptr);
  if (posix_spawnp(&process_, argv[0], &actions, nullptr, argv.data(), environ) != 0) {
    ADD_FAILURE() << "cannot start " << argv[0];
    process_ = -1;
  }
  posix_spawn_file_actions_destroy(&actions);
  close(output[1]);
  close(errors[1]);
  output_ = output[0];
  errors_ = errors[0];
}

AttlasdProcess::~AttlasdProcess() {
  if (process_ > 0) {
    kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
  }
  close(output_);
  close(errors_);
}

std::string AttlasdProcess::WaitUntilServing() {
  line_ = ReadUntil(output_, '\n');
  address_ = WordAfter(line_, " on ");
  return line_;
}

std::string AttlasdProcess::web_address() const { return WordAfter(line_, "web on "); }

std::string AttlasdProcess::metrics_port() const { return WordAfter(line_, "metrics on port "); }

std::string AttlasdProcess::health_address() const { return WordAfter(line_, "health on "); }

std::shared_ptr<grpc::Channel> AttlasdProcess::Connect() const {
  grpc::ChannelArguments arguments;
  // Connections of one process share a subchannel otherwise, also one that has been drained.
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  return grpc::CreateCustomChannel(address_, grpc::InsecureChannelCredentials(), arguments);
}

bool AttlasdProcess::WaitUntilItLogs(const std::string& text) {
  const absl::Time deadline = absl::Now() + kPatience;
  while (logged_.find(text) == std::string::npos) {
    const int64_t left = absl::ToInt64Milliseconds(deadline - absl::Now());
    if (left <= 0 || !ReadLog(static_cast<int>(left))) return false;
  }
  return true;
}

bool AttlasdProcess::HasLogged(const std::string& text) {
  while (ReadLog(0)) {
  }
  return logged_.find(text) != std::string::npos;
}

bool AttlasdProcess::ReadLog(int milliseconds) {
  pollfd readable = {.fd = errors_, .events = POLLIN, .revents = 0};
  if (poll(&readable, 1, milliseconds) <= 0) return false;
  std::array<char, 4096> read_now;
  const ssize_t size = read(errors_, read_now.data(), read_now.size());
  if (size <= 0) return false;
  logged_.append(read_now.data(), static_cast<size_t>(size));
  return true;
}

void AttlasdProcess::Signal(int signal) const { kill(process_, signal); }

Ended AttlasdProcess::Wait() {
  std::string errors = std::exchange(logged_, "") + ReadUntil(errors_, '\0');
  Ended ended = WaitUnread();
  ended.errors.insert(0, errors);
  return ended;
}

Ended AttlasdProcess::WaitUnread() {
  Ended ended;
  int status = 0;
  waitpid(process_, &status, 0);
  process_ = -1;
  if (WIFEXITED(status)) ended.exit_code = WEXITSTATUS(status);
  ended.errors = std::exchange(logged_, "") + ReadUntil(errors_, '\0');
  ended.output = ReadUntil(output_, '\0');
  return ended;
}

Ended RunToTheEnd(const std::vector<std::string>& arguments) {
  return AttlasdProcess(arguments).Wait();
}

std::vector<std::string> ServeArguments(const std::string& directory) {
  const std::string ontology = directory + "/ontology.textproto";
  std::string text;
  google::protobuf::TextFormat::PrintToString(TestOntologyProto(), &text);
  std::ofstream(ontology) << text;
  return {"--listen=127.0.0.1:0",   "--admin_listen=",
          "--services=graph",       "--create",
          "--ontology=" + ontology, "--data_dir=" + directory + "/store"};
}

RawAnswer CallRaw(const std::shared_ptr<grpc::Channel>& channel, const std::string& method,
                  const std::string& request) {
  grpc::GenericStub stub(channel);
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + kPatience));
  grpc::CompletionQueue queue;
  const auto call = stub.PrepareUnaryCall(&context, method, ToBuffer(request), &queue);
  call->StartCall();
  grpc::ByteBuffer response;
  RawAnswer answer;
  call->Finish(&response, &answer.status, nullptr);
  WaitFor(&queue);
  if (answer.status.ok()) answer.response = ToString(response);
  return answer;
}

RawAnswer ExchangeRaw(const std::shared_ptr<grpc::Channel>& channel, const std::string& method,
                      const std::string& request) {
  grpc::GenericStub stub(channel);
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + kPatience));
  grpc::CompletionQueue queue;
  const auto call = stub.PrepareCall(&context, method, &queue);
  RawAnswer answer;
  call->StartCall(nullptr);
  WaitFor(&queue);
  call->WriteLast(ToBuffer(request), grpc::WriteOptions(), nullptr);
  WaitFor(&queue);
  grpc::ByteBuffer response;
  call->Read(&response, nullptr);
  if (WaitFor(&queue)) answer.response = ToString(response);
  grpc::ByteBuffer rest;
  call->Read(&rest, nullptr);
  WaitFor(&queue);
  call->Finish(&answer.status, nullptr);
  WaitFor(&queue);
  return answer;
}

grpc::Status ReadAllRaw(const std::shared_ptr<grpc::Channel>& channel, const std::string& method,
                        const std::string& request,
                        const std::function<bool(const std::string& response)>& take) {
  grpc::GenericStub stub(channel);
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + kPatience));
  grpc::CompletionQueue queue;
  const auto call = stub.PrepareCall(&context, method, &queue);
  call->StartCall(nullptr);
  WaitFor(&queue);
  call->WriteLast(ToBuffer(request), grpc::WriteOptions(), nullptr);
  WaitFor(&queue);
  while (true) {
    grpc::ByteBuffer response;
    call->Read(&response, nullptr);
    if (!WaitFor(&queue)) break;
    if (take(ToString(response))) continue;
    context.TryCancel();
    break;
  }
  grpc::Status status;
  call->Finish(&status, nullptr);
  WaitFor(&queue);
  return status;
}

}  // namespace attlas::testing
