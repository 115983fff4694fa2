#include "services/access/key_set.h"

#include <jansson.h>
#include <rhonabwy.h>

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"

namespace attlas::services {
namespace {

// Nothing is ever fetched: keys come from the file alone.
constexpr int kNoRemote = R_FLAG_IGNORE_REMOTE;
constexpr unsigned int kLeastRsaBits = 2'048;
constexpr size_t kMostKeys = 64;

struct FreeJson {
  void operator()(json_t* json) const { json_decref(json); }
};
using Json = std::unique_ptr<json_t, FreeJson>;

struct FreeJwk {
  void operator()(jwk_t* jwk) const { r_jwk_free(jwk); }
};
using Jwk = std::unique_ptr<jwk_t, FreeJwk>;

struct FreeJwt {
  void operator()(jwt_t* jwt) const { r_jwt_free(jwt); }
};
using Jwt = std::unique_ptr<jwt_t, FreeJwt>;

struct Key {
  Jwk jwk;
  std::string kid;
  std::string alg;  // The only algorithm that it is used with.
};

std::string Property(const json_t* json, const char* name) {
  const char* text = json_string_value(json_object_get(json, name));
  return text == nullptr ? "" : text;
}

// The one algorithm of a key of this type; empty for keys that cannot be used.
std::string AlgorithmOf(const json_t* json) {
  const std::string type = Property(json, "kty");
  const std::string curve = Property(json, "crv");
  if (type == "RSA") return "RS256";
  if (type == "EC" && curve == "P-256") return "ES256";
  if (type == "OKP" && curve == "Ed25519") return "EdDSA";
  return "";
}

// Whether the coordinates of a point have the 32 bytes that both curves ask for.
bool HasWholePoint(const json_t* json) {
  constexpr size_t kDigits = 43;  // 32 bytes in base64url.
  const bool has_y = Property(json, "kty") != "EC" || Property(json, "y").size() == kDigits;
  return has_y && Property(json, "x").size() == kDigits;
}

absl::Status Problem(size_t index, std::string_view what) {
  return absl::InvalidArgumentError(
      absl::StrCat("keys[", index, "] ", absl::string_view(what.data(), what.size())));
}

absl::StatusOr<Key> ParseKey(json_t* json, size_t index) {
  if (!json_is_object(json)) return Problem(index, "is no object");
  for (const char* secret : {"d", "p", "q", "dp", "dq", "qi", "k"}) {
    if (json_object_get(json, secret) != nullptr) {
      return Problem(index, "is a secret key; put public keys alone into the file");
    }
  }
  for (const char* remote : {"x5u", "x5c"}) {
    if (json_object_get(json, remote) != nullptr) {
      return Problem(index, "refers to a certificate; give the key itself");
    }
  }
  Key key;
  key.kid = Property(json, "kid");
  key.alg = AlgorithmOf(json);
  if (key.alg.empty()) {
    return Problem(index, "is none of RSA, EC with P-256, or OKP with Ed25519");
  }
  const std::string alg = Property(json, "alg");
  if (!alg.empty() && alg != key.alg) {
    return Problem(index, absl::StrCat("is for another algorithm than ", key.alg));
  }
  const std::string use = Property(json, "use");
  if (!use.empty() && use != "sig") return Problem(index, "is not for signatures");
  jwk_t* jwk = nullptr;
  if (r_jwk_init(&jwk) != RHN_OK) return absl::ResourceExhaustedError("no memory for a key");
  key.jwk.reset(jwk);
  unsigned int bits = 0;
  if ((key.alg != "RS256" && !HasWholePoint(json)) ||
      r_jwk_import_from_json_t(jwk, json) != RHN_OK ||
      (r_jwk_key_type(jwk, &bits, kNoRemote) & R_KEY_TYPE_PUBLIC) == 0) {
    return Problem(index, "is damaged");
  }
  if (key.alg == "RS256" && bits < kLeastRsaBits) {
    return Problem(index, absl::StrCat("has ", bits, " bits, fewer than ", kLeastRsaBits));
  }
  return key;
}

}  // namespace

struct KeySet::Impl {
  std::vector<Key> keys;
  // The library says nothing about sharing a key between threads.
  mutable absl::Mutex mutex;

  const Key* Find(std::string_view alg, std::string_view kid) const {
    const Key* found = nullptr;
    for (const Key& key : keys) {
      if (key.alg != alg || (!kid.empty() && key.kid != kid)) continue;
      if (found != nullptr) return nullptr;
      found = &key;
    }
    return found;
  }
};

KeySet::KeySet(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
KeySet::~KeySet() = default;

size_t KeySet::size() const { return impl_->keys.size(); }

absl::StatusOr<std::shared_ptr<const KeySet>> KeySet::Parse(const std::string& text) {
  json_error_t error;
  const Json json(json_loadb(text.data(), text.size(), JSON_REJECT_DUPLICATES, &error));
  if (json == nullptr) {
    return absl::InvalidArgumentError(
        absl::StrCat("is no JSON: line ", error.line, ", column ", error.column));
  }
  json_t* const keys = json_object_get(json.get(), "keys");
  if (!json_is_array(keys) || json_array_size(keys) == 0) {
    return absl::InvalidArgumentError("is no JSON Web Key Set: it has no `keys`");
  }
  if (json_array_size(keys) > kMostKeys) {
    return absl::InvalidArgumentError(absl::StrCat("holds more than ", kMostKeys, " keys"));
  }
  auto impl = std::make_unique<Impl>();
  for (size_t i = 0; i < json_array_size(keys); ++i) {
    absl::StatusOr<Key> key = ParseKey(json_array_get(keys, i), i);
    if (!key.ok()) return key.status();
    if (impl->Find(key->alg, key->kid) != nullptr) {
      return Problem(i, "has the `kid` of another key of its algorithm");
    }
    impl->keys.push_back(*std::move(key));
  }
  return std::shared_ptr<const KeySet>(new KeySet(std::move(impl)));
}

bool KeySet::Signed(const std::string& token, std::string_view alg, std::string_view kid) const {
  const Key* const key = impl_->Find(alg, kid);
  if (key == nullptr) return false;
  const absl::MutexLock lock(&impl_->mutex);
  const Jwt jwt(r_jwt_quick_parsen(token.data(), token.size(), R_PARSE_NONE, kNoRemote));
  // The library reads the algorithm anew, so that it must agree with what was looked at here.
  return jwt != nullptr && r_jwt_get_type(jwt.get()) == R_JWT_TYPE_SIGN &&
         r_jwt_get_sign_alg(jwt.get()) == r_str_to_jwa_alg(key->alg.c_str()) &&
         r_jwt_verify_signature(jwt.get(), key->jwk.get(), kNoRemote) == RHN_OK;
}

bool IsAcceptedAlgorithm(std::string_view alg) {
  return alg == "RS256" || alg == "ES256" || alg == "EdDSA";
}

}  // namespace attlas::services
