#include "services/common/forwarded_caller.h"

#include <openssl/crypto.h>
#include <openssl/rand.h>

#include <cstdlib>

#include "absl/strings/escaping.h"

namespace attlas::services {
namespace {

constexpr char kSecretKey[] = "attlas-forwarded-secret";
constexpr char kPeerKey[] = "attlas-forwarded-peer";
constexpr char kCertificateKey[] = "attlas-forwarded-certificate";
constexpr char kUriKey[] = "attlas-forwarded-uri-bin";
constexpr char kPrincipalKey[] = "attlas-forwarded-principal-bin";

constexpr size_t kSecretBytes = 32;

using CallMetadata = std::multimap<grpc::string_ref, grpc::string_ref>;

ForwardedCaller Read(const CallMetadata& metadata) {
  ForwardedCaller caller;
  const auto peer = metadata.find(kPeerKey);
  if (peer != metadata.end()) caller.peer.assign(peer->second.data(), peer->second.size());
  caller.has_certificate = metadata.count(kCertificateKey) > 0;
  const auto uris = metadata.equal_range(kUriKey);
  for (auto uri = uris.first; uri != uris.second; ++uri) {
    caller.certificate_uris.emplace_back(uri->second.data(), uri->second.size());
  }
  return caller;
}

std::string NewSecret() {
  std::string bytes(kSecretBytes, '\0');
  // Without randomness anyone could speak for anyone.
  if (RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(bytes.size())) !=
      1) {
    std::abort();
  }
  return absl::BytesToHexString(bytes);
}

}  // namespace

ForwardedCallers::ForwardedCallers() : secret_(NewSecret()) {}

void ForwardedCallers::Attach(const ForwardedCaller& caller, grpc::ClientContext* context) const {
  context->AddMetadata(kSecretKey, secret_);
  AttachForPeer(caller, context);
}

void ForwardedCallers::AttachForPeer(const ForwardedCaller& caller, grpc::ClientContext* context) {
  if (!caller.principal.empty()) {
    context->AddMetadata(kPrincipalKey, caller.principal);
    return;
  }
  context->AddMetadata(kPeerKey, caller.peer);
  if (!caller.has_certificate) return;
  context->AddMetadata(kCertificateKey, "1");
  for (const std::string& uri : caller.certificate_uris) context->AddMetadata(kUriKey, uri);
}

std::optional<ForwardedCaller> ForwardedCallers::Find(const CallMetadata& metadata) const {
  const auto secret = metadata.find(kSecretKey);
  if (secret == metadata.end() || metadata.count(kSecretKey) != 1 ||
      secret->second.size() != secret_.size() ||
      CRYPTO_memcmp(secret->second.data(), secret_.data(), secret_.size()) != 0) {
    return std::nullopt;
  }
  return Read(metadata);
}

std::optional<ForwardedCaller> ForwardedCallers::FindOfPeer(const CallMetadata& metadata) {
  if (const auto principal = metadata.find(kPrincipalKey); principal != metadata.end()) {
    ForwardedCaller caller;
    caller.principal.assign(principal->second.data(), principal->second.size());
    return caller;
  }
  if (metadata.find(kPeerKey) == metadata.end()) return std::nullopt;
  return Read(metadata);
}

}  // namespace attlas::services
