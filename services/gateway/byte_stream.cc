#include "services/gateway/byte_stream.h"

#include <openssl/x509v3.h>

#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <utility>

namespace attlas::gateway {
namespace {

using boost::asio::const_buffer;
using boost::asio::mutable_buffer;
using boost::asio::ip::tcp;
using boost::system::error_code;

class PlainStream final : public ByteStream {
 public:
  explicit PlainStream(tcp::socket socket) : socket_(std::move(socket)) {}

  void Handshake(Peer*, Done done) override { done({}); }
  void ReadSome(mutable_buffer into, DoneSome done) override {
    socket_.async_read_some(into, std::move(done));
  }
  void WriteAll(const_buffer from, Done done) override {
    boost::asio::async_write(
        socket_, from, [done = std::move(done)](const error_code& error, size_t) { done(error); });
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
  void WriteAll(const_buffer from, Done done) override {
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

std::unique_ptr<ByteStream> ByteStream::Plain(tcp::socket socket) {
  return std::make_unique<PlainStream>(std::move(socket));
}

std::unique_ptr<ByteStream> ByteStream::Tls(tcp::socket socket,
                                            std::shared_ptr<boost::asio::ssl::context> context) {
  return std::make_unique<TlsStream>(std::move(socket), std::move(context));
}

}  // namespace attlas::gateway
