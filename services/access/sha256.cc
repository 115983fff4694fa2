#include "services/access/sha256.h"

#include <openssl/evp.h>

#include <cstdlib>

namespace attlas::services {

std::string Sha256(std::string_view bytes) {
  // Looking up the algorithm costs more than the hash of a short text.
  static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  std::string digest(32, '\0');
  unsigned int size = 0;
  const int done =
      EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(digest.data()), &size,
                 algorithm, nullptr);
  // Without the hash nothing that depends on it can be trusted.
  if (done != 1 || size != digest.size()) std::abort();
  return digest;
}

}  // namespace attlas::services
