#include "services/common/page_token.h"

#include <fcntl.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "graph/base/error.h"
#include "graph/base/strings.h"
#include "graph/model/statement.h"

namespace attlas::services {
namespace {

// A token is, before base64url: version (1 byte), nonce (12), the sealed payload (24: query hash,
// revision, position, each big endian), tag (16). AES-256-GCM; the version is authenticated with
// it. The nonce is an HMAC of the payload, so that one position has one token and no nonce is ever
// used for two payloads.
constexpr uint8_t kVersion = 1;
constexpr size_t kNonceBytes = 12;
constexpr size_t kPayloadBytes = 24;
constexpr size_t kTagBytes = 16;
constexpr size_t kTokenBytes = 1 + kNonceBytes + kPayloadBytes + kTagBytes;

using Key = std::array<uint8_t, 32>;
using Payload = std::array<uint8_t, kPayloadBytes>;
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

Key Hmac(const Key& key, const void* data, size_t size) {
  Key digest{};
  unsigned int length = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), static_cast<const uint8_t*>(data),
       size, digest.data(), &length);
  return digest;
}

Key DeriveKey(const PageTokenKey& key, std::string_view purpose) {
  return Hmac(key.bytes, purpose.data(), purpose.size());
}

void StoreBigEndian(uint64_t value, uint8_t* to) {
  for (int i = 0; i < 8; ++i) to[i] = static_cast<uint8_t>(value >> (56 - 8 * i));
}

uint64_t LoadBigEndian(const uint8_t* from) {
  uint64_t value = 0;
  for (int i = 0; i < 8; ++i) value = value << 8 | from[i];
  return value;
}

// Seals or opens `from` into `to`. The tag is written when sealing and checked when opening.
bool Crypt(bool seal, const Key& key, const uint8_t* nonce, const uint8_t* from, uint8_t* to,
           uint8_t* tag) {
  const CipherContext context(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
  int length = 0;
  const int encrypt = seal ? 1 : 0;
  if (EVP_CipherInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, key.data(), nonce, encrypt) !=
          1 ||
      EVP_CipherUpdate(context.get(), nullptr, &length, &kVersion, 1) != 1 ||
      EVP_CipherUpdate(context.get(), to, &length, from, kPayloadBytes) != 1) {
    return false;
  }
  if (!seal && EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, kTagBytes, tag) != 1) {
    return false;
  }
  if (EVP_CipherFinal_ex(context.get(), to + kPayloadBytes, &length) != 1) return false;
  return !seal || EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, kTagBytes, tag) == 1;
}

absl::Status Malformed(std::string_view field) {
  return graph::MakeError(
      absl::StatusCode::kInvalidArgument,
      "the page token cannot be read; pass on next_page_token as it was answered",
      {.reason = "PAGE_TOKEN_MALFORMED",
       .metadata = {},
       .violations = {{std::string(field), "not a page token of this server"}}});
}

absl::Status Mismatch(std::string_view field) {
  return graph::MakeError(
      absl::StatusCode::kInvalidArgument,
      "the page token belongs to another request; repeat the arguments of the first page",
      {.reason = "PAGE_TOKEN_MISMATCH",
       .metadata = {},
       .violations = {{std::string(field), "belongs to another request"}}});
}

absl::Status KeyFileError(std::string_view what, const std::string& path) {
  return graph::MakeError(absl::StatusCode::kFailedPrecondition,
                          absl::StrCat("cannot ", graph::ToAbsl(what), " the page token key ", path,
                                       ": ", std::strerror(errno)),
                          {.reason = "STORAGE_UNAVAILABLE", .metadata = {}, .violations = {}});
}

}  // namespace

PageTokenKey PageTokenKey::Random() {
  PageTokenKey key;
  RAND_bytes(key.bytes.data(), static_cast<int>(key.bytes.size()));
  return key;
}

absl::StatusOr<PageTokenKey> PageTokenKey::LoadOrCreate(const std::string& path) {
  PageTokenKey key = Random();
  const int made = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (made >= 0) {
    const bool written = ::write(made, key.bytes.data(), key.bytes.size()) ==
                             static_cast<ssize_t>(key.bytes.size()) &&
                         ::fsync(made) == 0;
    ::close(made);
    if (written) return key;
    const absl::Status failed = KeyFileError("write", path);
    ::unlink(path.c_str());
    return failed;
  }
  const int kept = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (kept < 0) return KeyFileError("open", path);
  const ssize_t read = ::read(kept, key.bytes.data(), key.bytes.size());
  ::close(kept);
  if (read != static_cast<ssize_t>(key.bytes.size())) return KeyFileError("read", path);
  return key;
}

PageTokenCodec::PageTokenCodec(const PageTokenKey& key)
    : seal_key_(DeriveKey(key, "attlas page token 1: seal")),
      nonce_key_(DeriveKey(key, "attlas page token 1: nonce")) {}

std::string PageTokenCodec::Encode(uint64_t query_hash, const PagePosition& position) const {
  Payload payload{};
  StoreBigEndian(query_hash, payload.data());
  StoreBigEndian(position.revision, payload.data() + 8);
  StoreBigEndian(position.position, payload.data() + 16);
  const Key nonce = Hmac(nonce_key_, payload.data(), payload.size());

  std::array<uint8_t, kTokenBytes> token{};
  token[0] = kVersion;
  std::copy_n(nonce.begin(), kNonceBytes, token.begin() + 1);
  uint8_t* const sealed = token.data() + 1 + kNonceBytes;
  Crypt(true, seal_key_, token.data() + 1, payload.data(), sealed, sealed + kPayloadBytes);
  return absl::WebSafeBase64Escape(
      absl::string_view(reinterpret_cast<const char*>(token.data()), token.size()));
}

absl::StatusOr<PagePosition> PageTokenCodec::Decode(std::string_view token, uint64_t query_hash,
                                                    std::string_view field) const {
  std::string bytes;
  if (token.size() > 2 * kTokenBytes ||
      !absl::WebSafeBase64Unescape(graph::ToAbsl(token), &bytes) || bytes.size() != kTokenBytes ||
      static_cast<uint8_t>(bytes[0]) != kVersion) {
    return Malformed(field);
  }
  // base64 has spare bits in its last character; a token with other spare bits is not ours.
  if (graph::ToStd(absl::WebSafeBase64Escape(bytes)) != token) return Malformed(field);
  auto* const data = reinterpret_cast<uint8_t*>(bytes.data());
  uint8_t* const sealed = data + 1 + kNonceBytes;
  Payload payload{};
  if (!Crypt(false, seal_key_, data + 1, sealed, payload.data(), sealed + kPayloadBytes)) {
    return Malformed(field);
  }
  if (LoadBigEndian(payload.data()) != query_hash) return Mismatch(field);
  return PagePosition{.revision = LoadBigEndian(payload.data() + 8),
                      .position = LoadBigEndian(payload.data() + 16)};
}

uint64_t HashQuery(const google::protobuf::Message& request, const graph::Clearance& clearance,
                   std::string_view salt) {
  std::vector<std::string> spaces = clearance.spaces;
  std::sort(spaces.begin(), spaces.end());
  std::string text =
      absl::StrCat(graph::ToAbsl(request.GetTypeName()), "\n", graph::ToAbsl(salt), "\n",
                   static_cast<int>(clearance.level), "\n", clearance.all_spaces ? 1 : 0, "\n");
  for (const std::string& space : spaces) absl::StrAppend(&text, space, "\n");
  absl::StrAppend(&text, "\n", graph::SerializeDeterministic(request));
  std::array<uint8_t, SHA256_DIGEST_LENGTH> digest{};
  SHA256(reinterpret_cast<const uint8_t*>(text.data()), text.size(), digest.data());
  return LoadBigEndian(digest.data());
}

}  // namespace attlas::services
