// A TCP connection, in plain text or under TLS, as one type.
//
// Threads: single-thread: everything is called, and calls back, as a task of its runner. Everything
// under way keeps the stream alive by what its callbacks capture.
#ifndef ATTLAS_SERVICES_GATEWAY_HTTP_BYTE_STREAM_H_
#define ATTLAS_SERVICES_GATEWAY_HTTP_BYTE_STREAM_H_

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/system/error_code.hpp>
#include <functional>
#include <memory>

#include "services/gateway/http/http_message.h"
#include "services/gateway/http/task_runner.h"

namespace attlas::gateway {

class ByteStream {
 public:
  using Done = std::function<void(boost::system::error_code)>;
  using DoneSome = std::function<void(boost::system::error_code, size_t bytes)>;

  // What is written at once, one after the other.
  using Buffers = std::array<boost::asio::const_buffer, 2>;

  static std::unique_ptr<ByteStream> Plain(boost::asio::ip::tcp::socket socket,
                                           std::shared_ptr<TaskRunner> runner);
  // The executor of `socket` is the strand of the runner.
  static std::unique_ptr<ByteStream> Tls(boost::asio::ip::tcp::socket socket,
                                         std::shared_ptr<boost::asio::ssl::context> context);
  virtual ~ByteStream() = default;

  // Before anything else. Fills in what the handshake tells of the peer.
  virtual void Handshake(Peer* peer, Done done) = 0;
  // One read, and one write, at a time.
  virtual void ReadSome(boost::asio::mutable_buffer into, DoneSome done) = 0;
  virtual void WriteAll(Buffers from, Done done) = 0;
  // Tells the peer that nothing more comes. Under TLS nothing may be under way, and `done` is
  // called when the peer has said the same; otherwise a read may be, and go on.
  virtual void EndWriting(Done done) = 0;
  virtual bool is_tls() const = 0;
  // Ends the read under way with an error; the stream stays usable.
  void CancelRead();
  // Ends what is under way with an error.
  void Close();

 protected:
  virtual boost::asio::ip::tcp::socket& socket() = 0;
};

}  // namespace attlas::gateway

#endif  // ATTLAS_SERVICES_GATEWAY_HTTP_BYTE_STREAM_H_
