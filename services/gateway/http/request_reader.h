// Reads requests of HTTP/1.1 out of bytes as they come.
//
// Threads: single-thread.
//
// Example:
//   reader.Append(bytes);
//   switch (reader.Next()) {
//     case RequestReader::Event::kNeedMore: ...  // Append again.
//     case RequestReader::Event::kHeaderDone: request = reader.TakeHead();  // Next again.
//     case RequestReader::Event::kRequest: request.body = reader.TakeBody(); reader.EndRequest();
//   }
#ifndef ATTLAS_SERVICES_GATEWAY_HTTP_REQUEST_READER_H_
#define ATTLAS_SERVICES_GATEWAY_HTTP_REQUEST_READER_H_

#include <boost/beast/core/buffers_range.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/optional.hpp>
#include <boost/system/error_code.hpp>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "services/gateway/http/http_limits.h"
#include "services/gateway/http/http_message.h"

namespace attlas::gateway {

// A body of Beast as a string that may be emptied while more comes. Unlike Beast's own it sets
// nothing aside for a length that a client merely claims.
struct GrowingBody {
  using value_type = std::string;
  class reader {
   public:
    template <bool kIsRequest, typename Fields>
    reader(boost::beast::http::header<kIsRequest, Fields>&, value_type& body) : body_(body) {}
    void init(const boost::optional<uint64_t>&, boost::system::error_code& error) { error = {}; }
    template <typename Buffers>
    size_t put(const Buffers& buffers, boost::system::error_code& error) {
      error = {};
      size_t count = 0;
      for (const auto buffer : boost::beast::buffers_range_ref(buffers)) {
        body_.append(static_cast<const char*>(buffer.data()), buffer.size());
        count += buffer.size();
      }
      return count;
    }
    void finish(boost::system::error_code& error) { error = {}; }

   private:
    value_type& body_;
  };
};

class RequestReader {
 public:
  enum class Event {
    kNeedMore,        // Of a body that is read in parts, parts may be there.
    kHeaderDone,      // Told once a request; its body may be there already, or not.
    kRequest,         // All of it is there.
    kBodyTooLarge,    // Nothing can be read after it. Not where the body is read in parts.
    kHeaderTooLarge,  // Nothing can be read any more; nor after the next.
    kMalformed,
  };

  // `limits` outlives this.
  explicit RequestReader(const HttpLimits& limits);

  void Append(std::string_view bytes);
  Event Next();

  // Whether anything of the next request is there.
  bool has_begun() const { return begun_ || buffer_.size() > 0; }
  // Bytes that nobody has taken yet.
  size_t buffered() const { return buffer_.size() + (in_parts_ ? body_size() : 0); }

  // After kHeaderDone. Whether the client waits to be told that it may send the body.
  bool expects_continue() const;
  // Whether the client wants to send another request after this one.
  bool keep_alive() const { return parser_->keep_alive(); }
  // The request without its body; once.
  HttpRequest TakeHead();
  // Lets the body be taken while it comes, however long it is as a whole.
  void ReadInParts() { in_parts_ = true; }

  // What there is of the body, and whether that is all of the rest.
  size_t body_size() const { return parser_->get().body().size() - taken_; }
  bool body_done() const { return parser_->is_done(); }
  // The next bytes of the body, at most so many.
  std::string TakeBody(size_t most = std::numeric_limits<size_t>::max());

  // After kRequest: goes on to the next request.
  void EndRequest() { StartRequest(); }

 private:
  using Parser = boost::beast::http::request_parser<GrowingBody>;

  void StartRequest();
  bool IsHeaderTooLarge() const;
  bool IsBodyTooLarge() const;
  bool IsWorthParsing() const;

  const HttpLimits& limits_;
  boost::beast::flat_buffer buffer_;
  std::optional<Parser> parser_;
  bool begun_ = false;
  bool header_told_ = false;
  bool in_parts_ = false;
  size_t starved_at_ = 0;  // How many bytes there were when the parser asked for more.
  size_t taken_ = 0;       // Of the body in the parser.
};

}  // namespace attlas::gateway

#endif  // ATTLAS_SERVICES_GATEWAY_HTTP_REQUEST_READER_H_
