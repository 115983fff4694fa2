// Bearer tokens: none is good but one that the issuer signed, for us, in time.
#include <optional>

#include "absl/strings/str_cat.h"
#include "services/access/token_verifier.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/services/access/signing_key.h"

namespace attlas::fuzz {
namespace {

constexpr char kIssuer[] = "https://login.example";
constexpr char kAudience[] = "attlas";
constexpr int64_t kNow = 1'800'000'000;
constexpr int64_t kSkew = 30;
// An input that starts so is not a token: the issuer signs the header of its first line and the
// claims of the rest. No fuzzer would guess a signature.
constexpr std::string_view kSigned = "sign\n";

const testing::SigningKey& Key() {
  static const auto* const key = new testing::SigningKey("EdDSA", "ed");
  return *key;
}

const services::TokenVerifier& Verifier() {
  static const auto* const verifier = [] {
    auto keys = services::KeySet::Parse(testing::KeySetOf({&Key()}));
    Require(keys.ok(), "the key is none");
    return new services::TokenVerifier({{.issuer = kIssuer,
                                         .audience = kAudience,
                                         .clock_skew = absl::Seconds(kSkew),
                                         .keys = *std::move(keys)}});
  }();
  return *verifier;
}

std::string SignedInput(std::string_view header, std::string_view claims) {
  return absl::StrCat(std::string(kSigned), std::string(header), "\n", std::string(claims));
}

}  // namespace

void Fuzz(std::string_view input) {
  const absl::Time now = absl::FromUnixSeconds(kNow);
  if (!input.starts_with(kSigned)) {
    const auto claims = Verifier().Verify(input, now);
    Require(!claims.ok(), "a token is good that nobody signed");
    Require(absl::IsUnauthenticated(claims.status()), "a bad token is another sort of error");
    return;
  }
  input.remove_prefix(kSigned.size());
  const size_t line = input.find('\n');
  if (line == std::string_view::npos) return;
  const auto claims =
      Verifier().Verify(Key().Sign(input.substr(0, line), input.substr(line + 1)), now);
  if (!claims.ok()) {
    Require(absl::IsUnauthenticated(claims.status()), "a bad token is another sort of error");
    return;
  }
  Require(claims->issuer == kIssuer, "a token of another issuer is good");
  Require(!claims->subject.empty(), "a token of nobody is good");
  Require(claims->expires > now, "a token is good that has expired");
  Require(input.find(kAudience) != std::string_view::npos, "a token for others is good");
}

std::vector<std::string> Seeds() {
  constexpr std::string_view kHeader = R"({"alg":"EdDSA","kid":"ed","typ":"JWT"})";
  const auto claims = [](std::string_view audience, int64_t seconds) {
    return testing::ClaimsOf(kIssuer, "ana", audience, kNow, seconds);
  };
  return {SignedInput(kHeader, claims(kAudience, 600)),
          SignedInput(kHeader, claims("others", 600)),
          SignedInput(kHeader, claims(kAudience, -600)),
          SignedInput(R"({"alg":"none"})", claims(kAudience, 600)),
          SignedInput(R"({"alg":"EdDSA","kid":"ed","crit":["b64"],"b64":false})",
                      claims(kAudience, 600)),
          testing::SignWithSecret(R"({"alg":"HS256"})", claims(kAudience, 600), "secret"),
          absl::StrCat(testing::Base64Url(R"({"alg":"none"})"), ".",
                       testing::Base64Url(claims(kAudience, 600)), "."),
          "a.b.c"};
}

}  // namespace attlas::fuzz
