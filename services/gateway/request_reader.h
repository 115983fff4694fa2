// Reads requests of HTTP/1.1 out of bytes as they come.
//
// Threads: single-thread.
//
// Example:
//   reader.Append(bytes);
//   switch (reader.Next()) {
//     case RequestReader::Event::kNeedMore: ...  // Append again.
//     case RequestReader::Event::kHeaderDone: ...  // Next again.
//     case RequestReader::Event::kRequest: Answer(reader.Take());
//   }
#ifndef ATTLAS_SERVICES_GATEWAY_REQUEST_READER_H_
#define ATTLAS_SERVICES_GATEWAY_REQUEST_READER_H_

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <optional>
#include <string_view>

#include "services/gateway/http_limits.h"
#include "services/gateway/http_message.h"

namespace attlas::gateway {

class RequestReader {
 public:
  enum class Event {
    kNeedMore,
    kHeaderDone,      // Told once a request; its body may be there already, or not.
    kRequest,         // Take it.
    kBodyTooLarge,    // Take what there is of it; nothing can be read after it.
    kHeaderTooLarge,  // Nothing can be read any more; nor after the next.
    kMalformed,
  };

  // `limits` outlives this.
  explicit RequestReader(const HttpLimits& limits);

  void Append(std::string_view bytes);
  Event Next();

  // Whether anything of the next request is there.
  bool has_begun() const { return begun_ || buffer_.size() > 0; }
  // Bytes that are not read yet.
  size_t buffered() const { return buffer_.size(); }
  // After kHeaderDone: whether the client waits to be told that it may send the body.
  bool expects_continue() const;

  // After kRequest: whether the client wants to send another.
  bool keep_alive() const { return parser_->keep_alive(); }
  // After kRequest or kBodyTooLarge.
  HttpRequest Take();

 private:
  using Parser = boost::beast::http::request_parser<boost::beast::http::string_body>;

  void StartRequest();

  const HttpLimits& limits_;
  boost::beast::flat_buffer buffer_;
  std::optional<Parser> parser_;
  bool begun_ = false;
  bool header_told_ = false;
  bool body_too_large_ = false;
};

}  // namespace attlas::gateway

#endif  // ATTLAS_SERVICES_GATEWAY_REQUEST_READER_H_
