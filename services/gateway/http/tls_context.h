// TLS for the gateway, with the files that gRPC has, read again when they change.
//
// Threads: thread-safe.
#ifndef ATTLAS_SERVICES_GATEWAY_HTTP_TLS_CONTEXT_H_
#define ATTLAS_SERVICES_GATEWAY_HTTP_TLS_CONTEXT_H_

#include <array>
#include <boost/asio/ssl/context.hpp>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace attlas::gateway {

// Files in PEM; all empty for no TLS.
struct TlsFileNames {
  std::string certificate;
  std::string key;
  std::string client_authorities;

  bool empty() const { return certificate.empty() && key.empty() && client_authorities.empty(); }
};

class TlsContext {
 public:
  using Context = std::shared_ptr<boost::asio::ssl::context>;

  // INVALID_ARGUMENT, with nothing of their contents, for files that do not fit one another.
  static absl::StatusOr<std::unique_ptr<TlsContext>> Load(TlsFileNames files);

  // What a new connection gets. Looks at the files at most once a second; new ones that have a
  // fault are not taken.
  Context Current();

 private:
  using States = std::array<int64_t, 3>;  // When each file was changed.

  explicit TlsContext(TlsFileNames files) : files_(std::move(files)) {}
  States Look() const;
  absl::StatusOr<Context> Make() const;

  const TlsFileNames files_;
  std::mutex mutex_;
  Context context_;  // Guarded by mutex_, as are the next two.
  States states_{};
  absl::Time looked_;
};

}  // namespace attlas::gateway

#endif  // ATTLAS_SERVICES_GATEWAY_HTTP_TLS_CONTEXT_H_
