#include "services/gateway/http/request_reader.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/field.hpp>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "graph/base/strings.h"

namespace attlas::gateway {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;

constexpr std::string_view kLastChunk = "0\r\n\r\n";

std::string_view View(boost::beast::string_view text) { return {text.data(), text.size()}; }

// A method, or the end of line that old clients send after a body.
bool MayBeginRequest(char c) {
  return absl::ascii_isalpha(static_cast<unsigned char>(c)) || c == '\r' || c == '\n';
}

}  // namespace

RequestReader::RequestReader(const HttpLimits& limits) : limits_(limits) { StartRequest(); }

void RequestReader::StartRequest() {
  parser_.emplace();
  parser_->eager(true);
  parser_->header_limit(limits_.header_bytes);
  // How long a body may be depends on how it is read, which the parser cannot know.
  parser_->body_limit(std::numeric_limits<uint64_t>::max());
  begun_ = header_told_ = in_parts_ = false;
  taken_ = starved_at_ = 0;
}

// The parser counts anew where a header comes in pieces, up to twice what it may be.
bool RequestReader::IsHeaderTooLarge() const {
  const auto& message = parser_->get();
  size_t bytes = message.method_string().size() + message.target().size();
  for (const auto& field : message) bytes += field.name_string().size() + field.value().size();
  return bytes > limits_.header_bytes;
}

bool RequestReader::IsBodyTooLarge() const {
  if (in_parts_) return false;
  const auto claimed = parser_->content_length();
  return body_size() > limits_.body_bytes || (claimed.has_value() && *claimed > limits_.body_bytes);
}

void RequestReader::Append(std::string_view bytes) {
  buffer_.commit(
      asio::buffer_copy(buffer_.prepare(bytes.size()), asio::buffer(bytes.data(), bytes.size())));
}

// Whether the parser, which is slow with little, can do more with what there is than it could.
bool RequestReader::IsWorthParsing() const {
  if (buffer_.size() <= starved_at_) return false;
  // It takes for granted that a last chunk that it has seen the beginning of has its five bytes.
  const bool last_chunk = starved_at_ > 0 && parser_->is_header_done() &&
                          *static_cast<const char*>(buffer_.data().data()) == '0';
  return !last_chunk || buffer_.size() >= kLastChunk.size();
}

RequestReader::Event RequestReader::Next() {
  while (true) {
    if (parser_->is_header_done() && !header_told_) {
      header_told_ = true;
      return IsHeaderTooLarge() ? Event::kHeaderTooLarge : Event::kHeaderDone;
    }
    if (header_told_ && IsBodyTooLarge()) return Event::kBodyTooLarge;
    if (parser_->is_done()) return Event::kRequest;
    if (!IsWorthParsing()) return Event::kNeedMore;
    // The parser looks at nothing before it has a whole header, which may never come.
    if (!begun_ && !MayBeginRequest(*static_cast<const char*>(buffer_.data().data()))) {
      return Event::kMalformed;
    }
    begun_ = true;
    error_code error;
    buffer_.consume(parser_->put(buffer_.data(), error));
    if (error == http::error::header_limit) return Event::kHeaderTooLarge;
    if (error && error != http::error::need_more) return Event::kMalformed;
    starved_at_ = error ? buffer_.size() : 0;
  }
}

bool RequestReader::expects_continue() const {
  if (parser_->is_done() || IsBodyTooLarge()) return false;
  const auto expect = parser_->get().find(http::field::expect);
  return expect != parser_->get().end() &&
         absl::EqualsIgnoreCase(graph::ToAbsl(View(expect->value())), "100-continue");
}

HttpRequest RequestReader::TakeHead() {
  const auto& message = parser_->get();
  HttpRequest request;
  request.method = View(message.method_string());
  request.target = View(message.target());
  request.is_http_1_0 = message.version() < 11;
  for (const auto& field : message) {
    request.headers.Add(View(field.name_string()), View(field.value()));
  }
  return request;
}

std::string RequestReader::TakeBody(size_t most) {
  std::string& body = parser_->get().body();
  if (taken_ == 0 && body.size() <= most) return std::exchange(body, {});
  std::string part = body.substr(taken_, most);
  taken_ += part.size();
  // Moves no byte more than once or twice, however small the parts are.
  if (taken_ >= body.size() / 2) {
    body.erase(0, taken_);
    taken_ = 0;
  }
  return part;
}

}  // namespace attlas::gateway
