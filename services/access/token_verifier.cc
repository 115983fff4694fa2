#include "services/access/token_verifier.h"

#include <jansson.h>

#include <algorithm>
#include <array>
#include <optional>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "graph/base/strings.h"

namespace attlas::services {
namespace {

constexpr size_t kMaxSubjectBytes = 256;

struct FreeJson {
  void operator()(json_t* json) const { json_decref(json); }
};
using Json = std::unique_ptr<json_t, FreeJson>;

bool IsBase64Url(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
  });
}

// The three parts of a signed token; nothing for any other shape.
std::optional<std::array<std::string_view, 3>> Split(std::string_view token) {
  std::array<std::string_view, 3> parts;
  for (size_t i = 0; i < parts.size(); ++i) {
    const size_t dot = token.find('.');
    if ((dot == std::string_view::npos) != (i + 1 == parts.size())) return std::nullopt;
    parts[i] = token.substr(0, dot);
    if (!IsBase64Url(parts[i])) return std::nullopt;
    if (dot != std::string_view::npos) token.remove_prefix(dot + 1);
  }
  return parts;
}

// The JSON object in one part of a token; null for anything else, a repeated name included.
Json ParseObject(std::string_view part) {
  std::string text;
  if (!absl::WebSafeBase64Unescape(graph::ToAbsl(part), &text)) return nullptr;
  Json json(json_loadb(text.data(), text.size(), JSON_REJECT_DUPLICATES, nullptr));
  return json_is_object(json.get()) ? std::move(json) : nullptr;
}

std::string_view Text(const json_t* object, const char* name) {
  const json_t* value = json_object_get(object, name);
  if (!json_is_string(value)) return {};
  return {json_string_value(value), json_string_length(value)};
}

// OK for a header that names an accepted algorithm, and nothing that changes how to read the rest.
absl::Status CheckHeader(json_t* header) {
  constexpr std::array<std::string_view, 5> kKnown = {"alg", "kid", "typ", "x5t", "x5t#S256"};
  const char* name = nullptr;
  json_t* value = nullptr;
  json_object_foreach(header, name, value) {
    if (std::find(kKnown.begin(), kKnown.end(), name) == kKnown.end() || !json_is_string(value)) {
      return CredentialsRejected("the header of the token holds what is not accepted");
    }
  }
  if (!IsAcceptedAlgorithm(Text(header, "alg"))) {
    return CredentialsRejected("the token is not signed with RS256, ES256 or EdDSA");
  }
  return absl::OkStatus();
}

bool Names(const json_t* audience, std::string_view wanted) {
  const auto is_wanted = [&](const json_t* value) {
    return json_is_string(value) &&
           std::string_view(json_string_value(value), json_string_length(value)) == wanted;
  };
  if (!json_is_array(audience)) return is_wanted(audience);
  for (size_t i = 0; i < json_array_size(audience); ++i) {
    if (is_wanted(json_array_get(audience, i))) return true;
  }
  return false;
}

// A point in time as tokens write it; nothing for what is none.
std::optional<absl::Time> Instant(const json_t* value) {
  constexpr double kEndOfTime = 253'402'300'800;  // The year 10000.
  if (!json_is_number(value)) return std::nullopt;
  const double seconds = json_number_value(value);
  if (!(seconds >= 0 && seconds <= kEndOfTime)) return std::nullopt;
  return absl::UnixEpoch() + absl::Seconds(seconds);
}

absl::StatusOr<TokenClaims> CheckClaims(const json_t* claims, const TokenIssuer& issuer,
                                        absl::Time now) {
  if (!Names(json_object_get(claims, "aud"), issuer.audience)) {
    return CredentialsRejected("the token is for another audience");
  }
  const std::optional<absl::Time> expires = Instant(json_object_get(claims, "exp"));
  if (!expires.has_value()) return CredentialsRejected("the token does not say when it expires");
  if (now >= *expires + issuer.clock_skew) return CredentialsRejected("the token has expired");
  for (const char* name : {"nbf", "iat"}) {
    const json_t* value = json_object_get(claims, name);
    if (value == nullptr) continue;
    const std::optional<absl::Time> from = Instant(value);
    if (!from.has_value() || now < *from - issuer.clock_skew) {
      return CredentialsRejected("the token is not valid yet");
    }
  }
  const std::string_view subject = Text(claims, "sub");
  if (subject.empty() || subject.size() > kMaxSubjectBytes) {
    return CredentialsRejected("the token names no subject");
  }
  return TokenClaims{.issuer = issuer.issuer,
                     .subject = std::string(subject),
                     .expires = *expires + issuer.clock_skew};
}

}  // namespace

absl::Status CredentialsRejected(std::string_view what) {
  return graph::MakeError(absl::StatusCode::kUnauthenticated, what,
                          {.reason = "CREDENTIALS_REJECTED", .metadata = {}, .violations = {}});
}

absl::StatusOr<TokenClaims> TokenVerifier::Verify(std::string_view token, absl::Time now) const {
  if (token.size() > kMaxTokenBytes) return CredentialsRejected("the token is too long");
  const auto parts = Split(token);
  if (!parts.has_value()) return CredentialsRejected("the token is no signed JSON Web Token");
  const Json header = ParseObject((*parts)[0]);
  const Json claims = ParseObject((*parts)[1]);
  if (header == nullptr || claims == nullptr) {
    return CredentialsRejected("the token is no signed JSON Web Token");
  }
  ATTLAS_RETURN_IF_ERROR(CheckHeader(header.get()));
  const std::string_view name = Text(claims.get(), "iss");
  const auto issuer = std::find_if(issuers_.begin(), issuers_.end(),
                                   [&](const TokenIssuer& known) { return known.issuer == name; });
  if (issuer == issuers_.end()) return CredentialsRejected("the token's issuer is not known here");
  if (!issuer->keys->Signed(std::string(token), Text(header.get(), "alg"),
                            Text(header.get(), "kid"))) {
    return CredentialsRejected("the token's signature is not its issuer's");
  }
  return CheckClaims(claims.get(), *issuer, now);
}

}  // namespace attlas::services
