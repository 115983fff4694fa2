#include "services/gateway/http/http_server.h"

#include <algorithm>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "graph/base/status_macros.h"
#include "services/gateway/http/byte_stream.h"
#include "services/gateway/http/connection.h"
#include "services/gateway/http/task_runner.h"

namespace attlas::gateway {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

// How long to wait where the process has no more file descriptors.
constexpr std::chrono::milliseconds kAcceptPause(100);
constexpr char kBusy[] =
    "HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\nretry-after: 1\r\n"
    "connection: close\r\n\r\n";

size_t Threads(size_t wanted) {
  return wanted > 0 ? wanted : std::max<size_t>(2, std::thread::hardware_concurrency());
}

Peer PeerOf(const tcp::endpoint& endpoint) {
  Peer peer;
  peer.address = endpoint.address().to_string();
  peer.loopback = endpoint.address().is_loopback();
  peer.name = endpoint.address().is_v6()
                  ? absl::StrCat("ipv6:[", peer.address, "]:", endpoint.port())
                  : absl::StrCat("ipv4:", peer.address, ":", endpoint.port());
  return peer;
}

// The endpoint of `host:port`, where the host may be a name or an address in brackets.
absl::StatusOr<tcp::endpoint> Resolve(asio::io_context* io, const std::string& listen) {
  const size_t colon = listen.rfind(':');
  std::string host = listen.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  uint32_t port = 0;
  if (colon == std::string::npos || !absl::SimpleAtoi(listen.substr(colon + 1), &port) ||
      port > 65'535) {
    return absl::InvalidArgumentError(
        absl::StrCat("--http_listen ", listen, " is no address; write host:port"));
  }
  error_code error;
  tcp::resolver resolver(*io);
  const auto found = resolver.resolve(host, std::to_string(port), tcp::resolver::passive, error);
  if (error || found.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat("--http_listen ", listen, " names no host: ", error.message()));
  }
  return found.begin()->endpoint();
}

// The connections that there are, so that they are counted and can be told to end.
class Connections {
 public:
  explicit Connections(const HttpLimits& limits) : limits_(limits) {}

  // Counts a connection in, unless that is beyond a limit.
  bool Enter(const std::string& address) {
    const absl::MutexLock lock(&mutex_);
    size_t& of_address = by_address_[address];
    if (open_ >= limits_.connections || of_address >= limits_.connections_per_address) {
      if (of_address == 0) by_address_.erase(address);
      ++refused_;
      return false;
    }
    ++of_address;
    ++open_;
    ++accepted_;
    return true;
  }
  void Leave(const std::string& address, const Connection* connection) {
    const absl::MutexLock lock(&mutex_);
    if (--by_address_[address] == 0) by_address_.erase(address);
    --open_;
    known_.erase(connection);
  }
  void Add(const std::shared_ptr<Connection>& connection) {
    const absl::MutexLock lock(&mutex_);
    known_[connection.get()] = connection;
  }
  template <typename Function>
  void ForEach(Function function) {
    std::vector<std::shared_ptr<Connection>> alive;
    {
      const absl::MutexLock lock(&mutex_);
      for (const auto& [raw, weak] : known_) {
        if (auto connection = weak.lock()) alive.push_back(std::move(connection));
      }
    }
    for (const auto& connection : alive) function(*connection);
  }
  // Waits until there is none.
  bool WaitUntilNone(absl::Duration patience) {
    const absl::MutexLock lock(&mutex_);
    const auto none = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return open_ == 0; };
    return mutex_.AwaitWithTimeout(absl::Condition(&none), patience);
  }
  HttpServer::Statistics statistics() const {
    const absl::MutexLock lock(&mutex_);
    return {.connections = open_, .accepted = accepted_, .refused = refused_};
  }

 private:
  const HttpLimits& limits_;
  mutable absl::Mutex mutex_;
  std::unordered_map<std::string, size_t> by_address_ ABSL_GUARDED_BY(mutex_);
  std::unordered_map<const Connection*, std::weak_ptr<Connection>> known_ ABSL_GUARDED_BY(mutex_);
  uint64_t open_ ABSL_GUARDED_BY(mutex_) = 0;
  uint64_t accepted_ ABSL_GUARDED_BY(mutex_) = 0;
  uint64_t refused_ ABSL_GUARDED_BY(mutex_) = 0;
};

// A thread with sockets of its own, or with none: where threads share them, each that has something
// to do wakes another to look after the rest.
struct Loop {
  Loop() : io(1), executor(io.get_executor()), work(asio::make_work_guard(io)) {}

  asio::io_context io;
  const asio::any_io_executor executor;
  asio::executor_work_guard<asio::io_context::executor_type> work;
  std::thread thread;
};

}  // namespace

struct HttpServer::Impl {
  Impl(HttpServerOptions given, Handler given_handler)
      : options(std::move(given)),
        calls{.answer = std::move(given_handler), .reads_in_parts = options.reads_in_parts},
        connections(options.limits),
        loops(Threads(options.threads)),
        acceptor(loops.front().io),
        pause(loops.front().io) {}

  absl::Status Listen();
  size_t Readers() const;
  asio::io_context& NextReader() { return loops[next_loop++ % Readers()].io; }
  asio::any_io_executor Worker() const;
  void Accept();
  void Take(tcp::socket socket);

  const HttpServerOptions options;
  const Connection::Handler calls;
  Connections connections;
  std::unique_ptr<TlsContext> tls;  // Null for plain text.
  std::vector<Loop> loops;
  size_t next_loop = 0;  // Of the next connection. As the next two, of the first loop.
  tcp::acceptor acceptor;
  asio::steady_timer pause;
  int port = 0;
};

absl::Status HttpServer::Impl::Listen() {
  ATTLAS_ASSIGN_OR_RETURN(const tcp::endpoint endpoint, Resolve(&loops.front().io, options.listen));
  error_code error;
  const auto failed = [this, &error] {
    return absl::FailedPreconditionError(
        absl::StrCat("cannot listen on ", options.listen, " (", error.message(),
                     "); choose another with --http_listen, or none with --http_listen="));
  };
  acceptor.open(endpoint.protocol(), error);
  if (error) return failed();
  acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  acceptor.bind(endpoint, error);
  if (error) return failed();
  acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (error) return failed();
  port = acceptor.local_endpoint(error).port();
  return absl::OkStatus();
}

// How many of the loops, which come first, have sockets. To read a request in plain text is a small
// part of answering it, which is done elsewhere: fewer threads find more to read each time they
// wake. The others do what would hold up those that read. Under TLS to read is most of the work.
size_t HttpServer::Impl::Readers() const {
  return tls != nullptr ? loops.size() : std::max<size_t>(1, loops.size() / 2);
}

// Who does the longer tasks of the connection that was taken last.
asio::any_io_executor HttpServer::Impl::Worker() const {
  const size_t readers = Readers();
  const size_t workers = loops.size() - readers;
  return loops[workers == 0 ? 0 : readers + next_loop % workers].executor;
}

void HttpServer::Impl::Accept() {
  // TLS needs a strand of its own; plain text has the runner of its connection.
  asio::io_context& io = NextReader();
  acceptor.async_accept(tls == nullptr ? asio::any_io_executor(io.get_executor())
                                       : asio::any_io_executor(asio::make_strand(io)),
                        [this](const error_code& error, tcp::socket socket) {
                          if (!acceptor.is_open()) return;
                          if (!error) {
                            Take(std::move(socket));
                            return Accept();
                          }
                          pause.expires_after(kAcceptPause);
                          pause.async_wait([this](const error_code& cancelled) {
                            if (!cancelled && acceptor.is_open()) Accept();
                          });
                        });
}

void HttpServer::Impl::Take(tcp::socket socket) {
  error_code error;
  const tcp::endpoint endpoint = socket.remote_endpoint(error);
  if (error) return;  // It has left already.
  Peer peer = PeerOf(endpoint);
  if (!connections.Enter(peer.address)) {
    socket.non_blocking(true, error);
    if (tls == nullptr) socket.write_some(asio::buffer(kBusy, sizeof(kBusy) - 1), error);
    return;
  }
  socket.set_option(tcp::no_delay(true), error);
  const asio::any_io_executor executor = socket.get_executor();
  const std::shared_ptr<TaskRunner> runner =
      tls == nullptr ? TaskRunner::OnCaller(Worker()) : TaskRunner::OnStrand(executor);
  std::unique_ptr<ByteStream> stream = tls == nullptr
                                           ? ByteStream::Plain(std::move(socket), runner)
                                           : ByteStream::Tls(std::move(socket), tls->Current());
  // Told of its end by its address alone: the connection itself is gone by then.
  const auto self = std::make_shared<const Connection*>(nullptr);
  const auto connection = std::make_shared<Connection>(
      std::move(stream), executor, runner, peer, options.limits, calls,
      [this, address = peer.address, self] { connections.Leave(address, *self); });
  *self = connection.get();
  connections.Add(connection);
  connection->Start();
}

HttpServer::HttpServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
HttpServer::~HttpServer() { Stop(absl::ZeroDuration()); }

absl::StatusOr<std::unique_ptr<HttpServer>> HttpServer::Start(HttpServerOptions options,
                                                              Handler handler) {
  auto impl = std::make_unique<Impl>(std::move(options), std::move(handler));
  if (!impl->options.tls.empty()) {
    ATTLAS_ASSIGN_OR_RETURN(impl->tls, TlsContext::Load(impl->options.tls));
  }
  ATTLAS_RETURN_IF_ERROR(impl->Listen());
  asio::post(impl->loops.front().io, [raw = impl.get()] { raw->Accept(); });
  for (Loop& loop : impl->loops) {
    loop.thread = std::thread([&loop] { loop.io.run(); });
  }
  return std::unique_ptr<HttpServer>(new HttpServer(std::move(impl)));
}

int HttpServer::port() const { return impl_->port; }
HttpServer::Statistics HttpServer::statistics() const { return impl_->connections.statistics(); }

void HttpServer::Drain() {
  asio::post(impl_->loops.front().io, [raw = impl_.get()] {
    error_code ignored;
    raw->acceptor.close(ignored);
    raw->pause.cancel();
    raw->connections.ForEach([](Connection& connection) { connection.Drain(); });
  });
}

void HttpServer::Stop(absl::Duration grace) {
  if (!impl_->loops.front().thread.joinable()) return;
  Drain();
  impl_->connections.WaitUntilNone(grace);
  impl_->connections.ForEach([](Connection& connection) { connection.Close(); });
  // The first loop first: a connection that it has just taken ends on another, and so do the longer
  // tasks of those that had their sockets there.
  for (Loop& loop : impl_->loops) {
    loop.work.reset();
    loop.thread.join();
  }
}

}  // namespace attlas::gateway
