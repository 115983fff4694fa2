// One HTTP/1.1 connection: reads requests one after the other, has each answered, writes the
// answer.
//
// Invariants:
// 1. One request is in hand at a time; what the client sends meanwhile, and what of a body in parts
//    nobody has asked for yet, waits in a bounded buffer.
// 2. At most one read and one write are under way.
// 3. A deadline runs whenever the client is to do something: send a request, its header, its body,
//    or take what is written. None runs while the answer is in the making. One timer looks at it
//    from time to time: deadlines change several times a request, and timers are dear.
// 4. What is no HTTP is told so with 400 and ends the connection.
//
// Threads: everything runs as a task of the connection's runner.
#ifndef ATTLAS_SERVICES_GATEWAY_HTTP_CONNECTION_H_
#define ATTLAS_SERVICES_GATEWAY_HTTP_CONNECTION_H_

#include <array>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <string>

#include "services/gateway/http/byte_stream.h"
#include "services/gateway/http/exchange.h"
#include "services/gateway/http/http_limits.h"
#include "services/gateway/http/request_reader.h"
#include "services/gateway/http/task_runner.h"

namespace attlas::gateway {

class Connection final : public std::enable_shared_from_this<Connection> {
 public:
  // What to do with requests; see HttpServer.
  struct Handler {
    std::function<void(const std::shared_ptr<Exchange>&)> answer;
    std::function<bool(const HttpRequest&)> reads_in_parts;  // May be empty.
  };

  // `closed` is called once, when the connection has ended. `handler` and `limits` outlive it.
  Connection(std::unique_ptr<ByteStream> stream, boost::asio::any_io_executor executor,
             std::shared_ptr<TaskRunner> runner, Peer peer, const HttpLimits& limits,
             const Handler& handler, std::function<void()> closed);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // From any thread: begins; ends once nothing is in hand; ends now.
  void Start();
  void Drain();
  void Close();

 private:
  friend class ConnectionExchange;
  static constexpr auto kNever = std::chrono::steady_clock::time_point::max();
  enum class State { kReading, kAnswering, kFinishing, kClosed };
  // What to write: bytes of its own, others that many share, if any; and whom to tell.
  struct Piece {
    std::string own;
    SharedBytes shared;
    std::function<void()> written;
    size_t size() const { return own.size() + shared.size(); }
    // So much of it, from byte `from` on.
    ByteStream::Buffers Part(size_t from, size_t count) const;
  };

  // Reading.
  void StartRequest();
  void ReadMore();
  void OnRead(const boost::system::error_code& error, size_t bytes);
  void OnReadError(const boost::system::error_code& error);
  void ReadRequest();
  // Whether the request is in hand by then, since it reads its body itself.
  bool OnHeader();
  void Refuse(int status, std::string_view why);
  void Dispatch(bool body_too_large);
  void HandOver();

  // The body in parts.
  void ReadBody(size_t bytes, std::function<void(std::string)> taken);
  void FeedBody();
  void OnBodyMalformed();
  bool body_is_open() const { return in_parts_ && !reader_.body_done(); }

  // Writing.
  void Send(HttpResponse response, bool is_stream);
  void Enqueue(Piece piece);
  void WriteNext();
  void OnWritten(const boost::system::error_code& error);
  void AnswerEnded();

  // Ending.
  void Finish();
  void EndWriting();
  void Discard(size_t bytes);
  void CloseNow();
  static std::chrono::steady_clock::time_point After(absl::Duration time);
  void SetDeadline(absl::Duration after);
  void ClearDeadline();
  void WatchDeadline();
  void CheckDeadline();

  const std::unique_ptr<ByteStream> stream_;
  const boost::asio::any_io_executor executor_;
  const std::shared_ptr<TaskRunner> runner_;
  Peer peer_;
  const HttpLimits& limits_;
  const Handler& handler_;
  std::function<void()> closed_;

  State state_ = State::kReading;
  boost::asio::steady_timer timer_;
  std::chrono::steady_clock::time_point deadline_ = kNever;
  std::chrono::steady_clock::time_point body_deadline_ = kNever;  // Of what is asked of the body.
  // Where a read under way writes; the reader may be taken from meanwhile.
  std::array<char, 16 << 10> incoming_;
  RequestReader reader_;
  bool reading_ = false;
  bool request_begun_ = false;
  bool draining_ = false;
  bool keep_alive_ = true;
  bool unread_body_ = false;
  size_t discarded_ = 0;
  HttpRequest request_;                     // Its head, until it is in hand.
  bool in_parts_ = false;                   // The request in hand reads its body itself.
  size_t asked_ = 0;                        // How much of it is asked for.
  std::function<void(std::string)> taken_;  // By whom; empty for nobody.

  std::shared_ptr<Exchange> exchange_;  // The request in hand.
  std::function<void()> gone_;
  bool is_head_request_ = false;
  bool begun_ = false;     // Some of the answer is queued.
  bool answered_ = false;  // All of it is.
  std::deque<Piece> queue_;
  bool writing_ = false;
  size_t written_of_first_ = 0;
};

}  // namespace attlas::gateway

#endif  // ATTLAS_SERVICES_GATEWAY_HTTP_CONNECTION_H_
