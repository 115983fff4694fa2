#include "services/gateway/request_reader.h"

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
  parser_->body_limit(limits_.body_bytes);
  begun_ = header_told_ = body_too_large_ = false;
}

void RequestReader::Append(std::string_view bytes) {
  buffer_.commit(
      asio::buffer_copy(buffer_.prepare(bytes.size()), asio::buffer(bytes.data(), bytes.size())));
}

RequestReader::Event RequestReader::Next() {
  while (buffer_.size() > 0 && !parser_->is_done()) {
    // The parser looks at nothing before it has a whole header, which may never come.
    if (!begun_ && !MayBeginRequest(*static_cast<const char*>(buffer_.data().data()))) {
      return Event::kMalformed;
    }
    begun_ = true;
    error_code error;
    buffer_.consume(parser_->put(buffer_.data(), error));
    if (error == http::error::header_limit) return Event::kHeaderTooLarge;
    if (error == http::error::body_limit) {
      body_too_large_ = true;
      return Event::kBodyTooLarge;
    }
    if (error && error != http::error::need_more) return Event::kMalformed;
    if (parser_->is_header_done() && !header_told_) {
      header_told_ = true;
      return Event::kHeaderDone;
    }
    if (error) return Event::kNeedMore;
  }
  return parser_->is_done() ? Event::kRequest : Event::kNeedMore;
}

bool RequestReader::expects_continue() const {
  if (parser_->is_done()) return false;
  const auto expect = parser_->get().find(http::field::expect);
  return expect != parser_->get().end() &&
         absl::EqualsIgnoreCase(graph::ToAbsl(View(expect->value())), "100-continue");
}

HttpRequest RequestReader::Take() {
  auto& message = parser_->get();
  HttpRequest request;
  request.method = View(message.method_string());
  request.target = View(message.target());
  request.is_http_1_0 = message.version() < 11;
  for (const auto& field : message) {
    request.headers.Add(View(field.name_string()), View(field.value()));
  }
  request.body_too_large = body_too_large_;
  if (!body_too_large_) request.body = std::move(message.body());
  StartRequest();
  return request;
}

}  // namespace attlas::gateway
