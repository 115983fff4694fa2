#include "services/gateway/http/connection.h"

#include <algorithm>
#include <boost/asio/error.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <utility>

#include "absl/strings/str_cat.h"
#include "graph/base/strings.h"

namespace attlas::gateway {

using boost::system::error_code;
namespace asio = boost::asio;

namespace {

constexpr char kContinue[] = "HTTP/1.1 100 Continue\r\n\r\n";

// A piece of a body whose length is not known.
std::string Chunk(std::string_view bytes) {
  return absl::StrCat(absl::Hex(bytes.size()), "\r\n", graph::ToAbsl(bytes), "\r\n");
}

}  // namespace

// Goes on being safe to call after its request has been answered or its client has left.
class ConnectionExchange final : public Exchange {
 public:
  ConnectionExchange(std::shared_ptr<Connection> connection, HttpRequest request)
      : connection_(std::move(connection)), request_(std::move(request)) {}

  const HttpRequest& request() const override { return request_; }
  const Peer& peer() const override { return connection_->peer_; }

  void ReadBody(size_t bytes, std::function<void(std::string)> taken) override {
    if (IsCurrent()) connection_->ReadBody(bytes, std::move(taken));
  }
  void Respond(HttpResponse response) override {
    if (!IsCurrent() || begun_) return;
    begun_ = ended_ = true;
    connection_->Send(std::move(response), /*is_stream=*/false);
  }
  void StartStream(HttpResponse head) override {
    if (!IsCurrent() || begun_) return;
    begun_ = true;
    connection_->Send(std::move(head), /*is_stream=*/true);
  }
  void Write(std::string piece, std::function<void()> written) override {
    if (!IsCurrent() || ended_) return;
    connection_->Enqueue({Chunk(piece), {}, std::move(written)});
  }
  void EndStream() override {
    if (!IsCurrent() || ended_) return;
    ended_ = true;
    connection_->answered_ = true;
    connection_->Enqueue({"0\r\n\r\n", {}, nullptr});
  }
  void OnGone(std::function<void()> gone) override {
    if (IsCurrent()) connection_->gone_ = std::move(gone);
  }
  void Run(std::function<void()> task) override { connection_->runner_->Run(std::move(task)); }
  void Post(std::function<void()> task) override { connection_->runner_->Post(std::move(task)); }
  std::shared_ptr<void> KeepServer() override {
    return std::make_shared<asio::executor_work_guard<asio::any_io_executor>>(
        connection_->executor_);
  }

 private:
  bool IsCurrent() const {
    return connection_->exchange_.get() == this &&
           connection_->state_ == Connection::State::kAnswering;
  }

  const std::shared_ptr<Connection> connection_;
  const HttpRequest request_;
  bool begun_ = false;
  bool ended_ = false;
};

ByteStream::Buffers Connection::Piece::Part(size_t from, size_t count) const {
  const size_t of_own = std::min(from, own.size());
  const asio::const_buffer first = asio::buffer(asio::buffer(own) + of_own, count);
  const asio::const_buffer rest = asio::buffer(shared.view()) + (from - of_own);
  return {first, asio::buffer(rest, count - first.size())};
}

Connection::Connection(std::unique_ptr<ByteStream> stream, asio::any_io_executor executor,
                       std::shared_ptr<TaskRunner> runner, Peer peer, const HttpLimits& limits,
                       const Handler& handler, std::function<void()> closed)
    : stream_(std::move(stream)),
      executor_(std::move(executor)),
      runner_(std::move(runner)),
      peer_(std::move(peer)),
      limits_(limits),
      handler_(handler),
      closed_(std::move(closed)),
      timer_(executor_),
      reader_(limits_) {}

Connection::~Connection() {
  if (closed_) closed_();
}

void Connection::Start() {
  runner_->Run([self = shared_from_this()] {
    self->SetDeadline(self->limits_.handshake);
    self->WatchDeadline();
    self->stream_->Handshake(&self->peer_, [self](const error_code& error) {
      if (error || self->state_ == State::kClosed) return self->CloseNow();
      self->StartRequest();
    });
  });
}

void Connection::Drain() {
  runner_->Run([self = shared_from_this()] {
    self->draining_ = true;
    // A request that has not come whole will not be answered: the client sends it elsewhere.
    if (self->state_ == State::kReading) self->CloseNow();
  });
}

void Connection::Close() {
  runner_->Run([self = shared_from_this()] { self->CloseNow(); });
}

void Connection::StartRequest() {
  if (draining_) return CloseNow();
  state_ = State::kReading;
  request_begun_ = begun_ = answered_ = false;
  SetDeadline(limits_.idle);
  ReadRequest();
}

void Connection::ReadMore() {
  if (reading_) return;
  reading_ = true;
  stream_->ReadSome(asio::buffer(incoming_),
                    [self = shared_from_this()](const error_code& error, size_t bytes) {
                      self->reading_ = false;
                      self->OnRead(error, bytes);
                    });
}

void Connection::OnRead(const error_code& error, size_t bytes) {
  if (state_ == State::kClosed) return;
  if (error) return OnReadError(error);
  if (state_ == State::kFinishing) return Discard(bytes);
  reader_.Append({incoming_.data(), bytes});
  if (state_ == State::kReading) return ReadRequest();
  if (in_parts_) FeedBody();
  const bool more = taken_ != nullptr || reader_.buffered() < limits_.ahead_bytes;
  if (state_ == State::kAnswering && more) ReadMore();
}

void Connection::OnReadError(const error_code& error) {
  // A client that has said all it wants to still gets the answer that is made.
  if (state_ == State::kAnswering && answered_ && error == asio::error::eof) {
    keep_alive_ = false;
    return;
  }
  const bool cancelled_by_finish = state_ == State::kFinishing && !unread_body_;
  if (cancelled_by_finish && error == asio::error::operation_aborted) return EndWriting();
  CloseNow();
}

void Connection::ReadRequest() {
  if (!request_begun_ && reader_.has_begun()) {
    request_begun_ = true;
    SetDeadline(limits_.header);
  }
  using Event = RequestReader::Event;
  while (true) {
    switch (reader_.Next()) {
      case Event::kNeedMore:
        return ReadMore();
      case Event::kHeaderDone:
        if (OnHeader()) return;
        break;
      case Event::kRequest:
        return Dispatch(/*body_too_large=*/false);
      case Event::kBodyTooLarge:
        return Dispatch(/*body_too_large=*/true);
      case Event::kHeaderTooLarge:
        return Refuse(431, "the header of the request is too large");
      case Event::kMalformed:
        return Refuse(400, "this is no request of HTTP/1.1");
    }
  }
}

bool Connection::OnHeader() {
  SetDeadline(limits_.body);
  request_ = reader_.TakeHead();
  in_parts_ = handler_.reads_in_parts && handler_.reads_in_parts(request_);
  if (in_parts_) reader_.ReadInParts();
  if (reader_.expects_continue()) Enqueue({kContinue, {}, nullptr});
  if (in_parts_) HandOver();
  return in_parts_;
}

// What could not be read is answered nevertheless, since its sender may be honest.
void Connection::Refuse(int status, std::string_view why) {
  state_ = State::kAnswering;
  keep_alive_ = false;
  unread_body_ = true;
  is_head_request_ = false;
  Send(TextResponse(status, why), /*is_stream=*/false);
}

void Connection::Dispatch(bool body_too_large) {
  unread_body_ = request_.body_too_large = body_too_large;
  if (!body_too_large) request_.body = reader_.TakeBody();
  HandOver();
}

void Connection::HandOver() {
  state_ = State::kAnswering;
  ClearDeadline();
  keep_alive_ = !unread_body_ && reader_.keep_alive();
  is_head_request_ = request_.method == "HEAD";
  if (!in_parts_ && !unread_body_) reader_.EndRequest();
  const auto exchange =
      std::make_shared<ConnectionExchange>(shared_from_this(), std::exchange(request_, {}));
  exchange_ = exchange;
  // Notices a client that leaves, and takes what it sends ahead.
  if (!unread_body_ && reader_.buffered() < limits_.ahead_bytes) ReadMore();
  handler_.answer(exchange);
}

void Connection::ReadBody(size_t bytes, std::function<void(std::string)> taken) {
  asked_ = bytes;
  taken_ = std::move(taken);
  body_deadline_ = After(limits_.body);
  FeedBody();
  if (taken_ && state_ == State::kAnswering) ReadMore();
}

// Hands over what is asked for once it is there.
void Connection::FeedBody() {
  const bool malformed = reader_.Next() == RequestReader::Event::kMalformed;
  if (malformed) return OnBodyMalformed();
  if (!taken_ || (reader_.body_size() < asked_ && !reader_.body_done())) return;
  body_deadline_ = kNever;
  const auto taken = std::exchange(taken_, nullptr);
  taken(reader_.TakeBody(asked_));
}

void Connection::OnBodyMalformed() {
  if (begun_) return CloseNow();
  in_parts_ = false;
  body_deadline_ = kNever;
  const auto taken = std::exchange(taken_, nullptr);
  const std::shared_ptr<Exchange> ended = std::exchange(exchange_, nullptr);
  const std::function<void()> gone = std::exchange(gone_, nullptr);
  if (gone) gone();
  Refuse(400, "the body of the request is no body of HTTP/1.1");
}

void Connection::Send(HttpResponse response, bool is_stream) {
  begun_ = true;
  // What is left of a body would have to be read before another request.
  if (draining_ || body_is_open()) keep_alive_ = false;
  if (is_stream) {
    response.headers.Set("transfer-encoding", "chunked");
  } else if (response.status != 304) {
    response.headers.Set("content-length", absl::StrCat(response.content().size()));
  }
  response.headers.Set("connection", keep_alive_ ? "keep-alive" : "close");
  std::string head = FormatHead(response);
  answered_ = !is_stream;
  if (is_stream || is_head_request_) return Enqueue({std::move(head), {}, nullptr});
  if (!response.shared_body.has_value()) head += response.body;
  Enqueue({std::move(head), std::move(response.shared_body), nullptr});
}

void Connection::Enqueue(Piece piece) {
  queue_.push_back(std::move(piece));
  if (!writing_) WriteNext();
}

void Connection::WriteNext() {
  writing_ = true;
  const Piece& piece = queue_.front();
  const size_t bytes = std::min(piece.size() - written_of_first_, limits_.write_bytes);
  if (state_ == State::kAnswering) SetDeadline(limits_.write);
  stream_->WriteAll(piece.Part(written_of_first_, bytes),
                    [self = shared_from_this(), bytes](const error_code& error) {
                      self->writing_ = false;
                      self->written_of_first_ += bytes;
                      self->OnWritten(error);
                    });
}

void Connection::OnWritten(const error_code& error) {
  if (state_ == State::kClosed) return;
  if (error) return CloseNow();
  if (written_of_first_ < queue_.front().size()) return WriteNext();
  const std::function<void()> written = std::move(queue_.front().written);
  queue_.pop_front();
  written_of_first_ = 0;
  if (!queue_.empty()) {
    WriteNext();
  } else if (state_ == State::kAnswering) {
    ClearDeadline();
  }
  if (written) written();
  if (answered_ && queue_.empty() && !writing_ && state_ == State::kAnswering) AnswerEnded();
}

void Connection::AnswerEnded() {
  // Kept until here is done, for it may be what holds this connection.
  const std::shared_ptr<Exchange> ended = std::move(exchange_);
  exchange_ = nullptr;
  gone_ = nullptr;
  taken_ = nullptr;
  body_deadline_ = kNever;
  if (body_is_open()) unread_body_ = true;
  if (std::exchange(in_parts_, false) && !unread_body_) reader_.EndRequest();
  if (keep_alive_ && !draining_ && !unread_body_) return StartRequest();
  Finish();
}

// Ends the connection so that the client gets the last answer: closing a socket with unread bytes
// would tear down what is on its way.
void Connection::Finish() {
  state_ = State::kFinishing;
  SetDeadline(limits_.linger);
  if (unread_body_ && stream_->is_tls()) return Discard(0);
  if (reading_ && stream_->is_tls()) return stream_->CancelRead();  // OnRead goes on.
  EndWriting();
}

void Connection::EndWriting() {
  unread_body_ = true;  // Once is enough.
  stream_->EndWriting([self = shared_from_this()](const error_code& error) {
    if (self->state_ == State::kClosed) return;
    if (error || self->stream_->is_tls()) return self->CloseNow();
    self->Discard(0);
  });
}

void Connection::Discard(size_t bytes) {
  discarded_ += bytes;
  if (discarded_ > limits_.linger_bytes) return CloseNow();
  ReadMore();
}

void Connection::CloseNow() {
  if (state_ == State::kClosed) return;
  state_ = State::kClosed;
  timer_.cancel();
  stream_->Close();
  // What these hold may hold this connection. The bytes stay: a write may be under way.
  for (Piece& piece : queue_) piece.written = nullptr;
  const auto taken = std::exchange(taken_, nullptr);
  const std::shared_ptr<Exchange> ended = std::exchange(exchange_, nullptr);
  const std::function<void()> gone = std::exchange(gone_, nullptr);
  if (gone) gone();
}

std::chrono::steady_clock::time_point Connection::After(absl::Duration time) {
  return std::chrono::steady_clock::now() + absl::ToChronoNanoseconds(time);
}

void Connection::SetDeadline(absl::Duration after) { deadline_ = After(after); }

void Connection::ClearDeadline() { deadline_ = kNever; }

void Connection::WatchDeadline() {
  timer_.expires_after(absl::ToChronoNanoseconds(limits_.ShortestWait()));
  timer_.async_wait([weak = weak_from_this()](const error_code& error) {
    const std::shared_ptr<Connection> self = weak.lock();
    if (!error && self != nullptr) self->runner_->Run([self] { self->CheckDeadline(); });
  });
}

void Connection::CheckDeadline() {
  if (state_ == State::kClosed) return;
  const bool late = std::chrono::steady_clock::now() >= std::min(deadline_, body_deadline_);
  late ? CloseNow() : WatchDeadline();
}

}  // namespace attlas::gateway
