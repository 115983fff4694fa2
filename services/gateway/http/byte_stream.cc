#include "services/gateway/http/byte_stream.h"

#include <openssl/x509v3.h>

#include <algorithm>
#include <boost/asio/error.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <utility>

namespace attlas::gateway {
namespace {

using boost::asio::mutable_buffer;
using boost::asio::ip::tcp;
using boost::system::error_code;

// Of what is to be written, what is left after `count` bytes.
ByteStream::Buffers After(const ByteStream::Buffers& from, size_t count) {
  const size_t of_first = std::min(count, from[0].size());
  return {from[0] + of_first, from[1] + (count - of_first)};
}

class PlainStream final : public ByteStream {
 public:
  PlainStream(tcp::socket socket, std::shared_ptr<TaskRunner> runner)
      : socket_(std::move(socket)), runner_(std::move(runner)) {
    error_code ignored;
    socket_.non_blocking(true, ignored);
  }

  void Handshake(Peer*, Done done) override { done({}); }
  void ReadSome(mutable_buffer into, DoneSome done) override {
    socket_.async_read_some(into, [runner = runner_, done = std::move(done)](
                                      const error_code& error, size_t bytes) mutable {
      runner->Run([done = std::move(done), error, bytes] { done(error, bytes); });
    });
  }
  // The socket mostly takes all at once, and then no other thread is to know of it.
  void WriteAll(Buffers from, Done done) override {
    error_code error;
    while (!error && boost::asio::buffer_size(from) > 0) {
      from = After(from, socket_.write_some(from, error));
    }
    if (error != boost::asio::error::would_block) {
      return runner_->Run([done = std::move(done), error] { done(error); });
    }
    socket_.async_wait(tcp::socket::wait_write,
                       [this, from, done = std::move(done)](const error_code& failed) mutable {
                         // What `done` holds keeps this alive.
                         runner_->Run([this, from, done = std::move(done), failed]() mutable {
                           failed ? done(failed) : WriteAll(from, std::move(done));
                         });
                       });
  }
  void EndWriting(Done done) override {
    error_code error;
    socket_.shutdown(tcp::socket::shutdown_send, error);
    done(error);
  }
  bool is_tls() const override { return false; }

 protected:
  tcp::socket& socket() override { return socket_; }

 private:
  tcp::socket socket_;
  const std::shared_ptr<TaskRunner> runner_;
};

// The URIs among the subject alternative names of a certificate.
std::vector<std::string> UrisOf(X509* certificate) {
  std::vector<std::string> uris;
  auto* names = static_cast<GENERAL_NAMES*>(
      X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr));
  for (int i = 0; i < sk_GENERAL_NAME_num(names); ++i) {
    const GENERAL_NAME* name = sk_GENERAL_NAME_value(names, i);
    if (name->type != GEN_URI) continue;
    const ASN1_IA5STRING* uri = name->d.uniformResourceIdentifier;
    uris.emplace_back(reinterpret_cast<const char*>(ASN1_STRING_get0_data(uri)),
                      static_cast<size_t>(ASN1_STRING_length(uri)));
  }
  GENERAL_NAMES_free(names);
  return uris;
}

class TlsStream final : public ByteStream {
 public:
  TlsStream(tcp::socket socket, std::shared_ptr<boost::asio::ssl::context> context)
      : context_(std::move(context)), stream_(std::move(socket), *context_) {}

  void Handshake(Peer* peer, Done done) override {
    stream_.async_handshake(boost::asio::ssl::stream_base::server,
                            [this, peer, done = std::move(done)](const error_code& error) {
                              if (!error) TakeCertificate(peer);
                              done(error);
                            });
  }
  void ReadSome(mutable_buffer into, DoneSome done) override {
    stream_.async_read_some(into, std::move(done));
  }
  void WriteAll(Buffers from, Done done) override {
    boost::asio::async_write(
        stream_, from, [done = std::move(done)](const error_code& error, size_t) { done(error); });
  }
  void EndWriting(Done done) override {
    stream_.async_shutdown([done = std::move(done)](const error_code& error) { done(error); });
  }
  bool is_tls() const override { return true; }

 protected:
  tcp::socket& socket() override { return stream_.next_layer(); }

 private:
  void TakeCertificate(Peer* peer) {
    X509* certificate = SSL_get1_peer_certificate(stream_.native_handle());
    if (certificate == nullptr) return;
    peer->has_certificate = SSL_get_verify_result(stream_.native_handle()) == X509_V_OK;
    if (peer->has_certificate) peer->certificate_uris = UrisOf(certificate);
    X509_free(certificate);
  }

  const std::shared_ptr<boost::asio::ssl::context> context_;
  boost::asio::ssl::stream<tcp::socket> stream_;
};

}  // namespace

void ByteStream::CancelRead() {
  error_code ignored;
  socket().cancel(ignored);
}

void ByteStream::Close() {
  error_code ignored;
  socket().close(ignored);
}

std::unique_ptr<ByteStream> ByteStream::Plain(tcp::socket socket,
                                              std::shared_ptr<TaskRunner> runner) {
  return std::make_unique<PlainStream>(std::move(socket), std::move(runner));
}

std::unique_ptr<ByteStream> ByteStream::Tls(tcp::socket socket,
                                            std::shared_ptr<boost::asio::ssl::context> context) {
  return std::make_unique<TlsStream>(std::move(socket), std::move(context));
}

}  // namespace attlas::gateway
