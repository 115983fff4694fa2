#include "services/access/token_verifier.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "tests/services/access/signing_key.h"
#include "tests/testing/status_matchers.h"

namespace attlas::services {
namespace {

using ::attlas::testing::Base64Url;
using ::attlas::testing::ClaimsOf;
using ::attlas::testing::KeySetOf;
using ::attlas::testing::SigningKey;
using ::attlas::testing::SignWithSecret;
using ::attlas::testing::StatusIs;
using ::testing::HasSubstr;

constexpr char kIssuer[] = "https://login.example";
constexpr char kAudience[] = "attlas";
constexpr int64_t kNow = 1'800'000'000;
const absl::Time kTime = absl::FromUnixSeconds(kNow);

// One key for each algorithm, made once: RSA takes its time.
const SigningKey& Rsa() {
  static const auto* const key = new SigningKey("RS256", "rsa");
  return *key;
}
const SigningKey& Ec() {
  static const auto* const key = new SigningKey("ES256", "ec");
  return *key;
}
const SigningKey& Ed() {
  static const auto* const key = new SigningKey("EdDSA", "ed");
  return *key;
}

TokenVerifier Verifier(const std::vector<const SigningKey*>& keys = {&Rsa(), &Ec(), &Ed()}) {
  return TokenVerifier({{.issuer = kIssuer,
                         .audience = kAudience,
                         .clock_skew = absl::Seconds(30),
                         .keys = *KeySet::Parse(KeySetOf(keys))}});
}

std::string GoodClaims(std::string_view subject = "ana") {
  return ClaimsOf(kIssuer, subject, kAudience, kNow, 600);
}

// What the verifier says of a token, with kTime as now.
absl::Status Said(const std::string& token) { return Verifier().Verify(token, kTime).status(); }

auto IsRejected(const std::string& what) {
  return StatusIs(absl::StatusCode::kUnauthenticated, HasSubstr(what));
}

TEST(TokenVerifier, TakesTokensOfEachAlgorithm) {
  for (const SigningKey* key : {&Rsa(), &Ec(), &Ed()}) {
    ASSERT_OK_AND_ASSIGN(const TokenClaims claims,
                         Verifier().Verify(key->Sign(GoodClaims()), kTime));
    EXPECT_EQ(claims.issuer, kIssuer);
    EXPECT_EQ(claims.subject, "ana");
    EXPECT_EQ(claims.expires, kTime + absl::Seconds(630));
  }
}

TEST(TokenVerifier, FindsTheKeyWithoutItsNameWhereThereIsOneAlone) {
  EXPECT_OK(Said(Ec().Sign(R"({"alg":"ES256"})", GoodClaims())));
  const SigningKey other("ES256", "other");
  const TokenVerifier two = Verifier({&Ec(), &other});
  EXPECT_THAT(two.Verify(Ec().Sign(R"({"alg":"ES256"})", GoodClaims()), kTime),
              IsRejected("signature"));
  EXPECT_OK(two.Verify(other.Sign(GoodClaims()), kTime).status());
}

TEST(TokenVerifier, ChecksTheTimes) {
  const std::string token = Ed().Sign(GoodClaims());
  const TokenVerifier verifier = Verifier();
  EXPECT_OK(verifier.Verify(token, kTime + absl::Seconds(629)).status());
  EXPECT_THAT(verifier.Verify(token, kTime + absl::Seconds(630)), IsRejected("expired"));
  EXPECT_OK(verifier.Verify(token, kTime - absl::Seconds(30)).status());
  EXPECT_THAT(verifier.Verify(token, kTime - absl::Seconds(31)), IsRejected("not valid yet"));
  const auto said = [](const std::string& exp) {
    return Said(Ed().Sign(absl::StrCat(R"({"iss":")", kIssuer, R"(","sub":"ana","aud":")",
                                       kAudience, "\"", exp, "}")));
  };
  EXPECT_THAT(said(""), IsRejected("does not say when it expires"));
  EXPECT_THAT(said(R"(,"exp":"tomorrow")"), IsRejected("does not say when it expires"));
  EXPECT_THAT(said(R"(,"exp":-1)"), IsRejected("does not say when it expires"));
  EXPECT_THAT(said(R"(,"exp":1e300)"), IsRejected("does not say when it expires"));
  EXPECT_THAT(said(R"(,"exp":1800000600,"nbf":"now")"), IsRejected("not valid yet"));
  EXPECT_OK(said(R"(,"exp":1800000600.5)"));
}

TEST(TokenVerifier, ChecksIssuerAudienceAndSubject) {
  EXPECT_THAT(Said(Ed().Sign(ClaimsOf("https://other.example", "ana", kAudience, kNow, 600))),
              IsRejected("issuer"));
  EXPECT_THAT(Said(Ed().Sign(ClaimsOf(kIssuer, "ana", "another", kNow, 600))),
              IsRejected("audience"));
  EXPECT_THAT(Said(Ed().Sign(GoodClaims(""))), IsRejected("no subject"));
  EXPECT_THAT(Said(Ed().Sign(GoodClaims(std::string(257, 'a')))), IsRejected("no subject"));
  EXPECT_OK(Said(Ed().Sign(absl::StrCat(
      R"({"iss":")", kIssuer, R"(","sub":"ana","aud":["x","attlas"],"exp":)", kNow + 9, "}"))));
}

TEST(TokenVerifier, RefusesWhatIsNotSignedByTheIssuer) {
  const SigningKey forger("EdDSA", "ed");
  EXPECT_THAT(Said(forger.Sign(GoodClaims())), IsRejected("signature"));
  // The signature of one token under the claims of another.
  const std::string good = Ed().Sign(GoodClaims());
  const std::string other = Ed().Sign(GoodClaims("eve"));
  const std::string mixed = other.substr(0, other.rfind('.')) + good.substr(good.rfind('.'));
  EXPECT_THAT(Said(mixed), IsRejected("signature"));
  // Every byte of the token counts.
  for (size_t i = 0; i < good.size(); i += 7) {
    std::string changed = good;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(Said(changed).ok()) << i;
  }
}

TEST(TokenVerifier, RefusesEveryTruncation) {
  const std::string good = Ec().Sign(GoodClaims());
  for (size_t size = 0; size < good.size(); ++size) {
    EXPECT_THAT(Said(good.substr(0, size)), StatusIs(absl::StatusCode::kUnauthenticated)) << size;
  }
}

TEST(TokenVerifier, RefusesUnsignedTokens) {
  for (const char* header :
       {R"({"alg":"none"})", R"({"alg":"None"})", R"({"alg":""})", "{}", R"({"alg":null})"}) {
    const std::string unsigned_token = Base64Url(header) + "." + Base64Url(GoodClaims()) + ".";
    EXPECT_THAT(Said(unsigned_token), StatusIs(absl::StatusCode::kUnauthenticated)) << header;
    EXPECT_THAT(Said(unsigned_token + "AAAA"), StatusIs(absl::StatusCode::kUnauthenticated));
  }
}

TEST(TokenVerifier, IsNotMadeToTakeAPublicKeyForASecret) {
  const std::string jwk = Rsa().PublicJwk();
  for (const std::string& secret : {Rsa().PublicPem(), jwk, std::string()}) {
    EXPECT_THAT(Said(SignWithSecret(R"({"alg":"HS256","kid":"rsa"})", GoodClaims(), secret)),
                IsRejected("not signed with"));
    EXPECT_THAT(Said(SignWithSecret(R"({"alg":"RS256","kid":"rsa"})", GoodClaims(), secret)),
                IsRejected("signature"));
  }
  // A key of one algorithm under the name of another.
  EXPECT_THAT(Said(Ed().Sign(R"({"alg":"ES256","kid":"ec"})", GoodClaims())),
              IsRejected("signature"));
  EXPECT_THAT(Said(Rsa().Sign(R"({"alg":"RS256","kid":"ec"})", GoodClaims())),
              IsRejected("signature"));
}

TEST(TokenVerifier, RefusesHeadersThatBringTheirOwnKeyOrMeaning) {
  const SigningKey forger("EdDSA", "forger");
  const std::string jwk = forger.PublicJwk();
  for (const std::string& more :
       {absl::StrCat(R"("jwk":)", jwk), std::string(R"("jku":"https://evil.example/keys")"),
        std::string(R"("x5u":"https://evil.example/cert")"), std::string(R"("x5c":["AAAA"])"),
        std::string(R"("crit":["exp"])"), std::string(R"("zip":"DEF")"),
        std::string(R"("b64":false)"), std::string(R"("cty":"JWT")"), std::string(R"("kid":7)")}) {
    const std::string header = absl::StrCat(R"({"alg":"EdDSA",)", more, "}");
    EXPECT_THAT(Said(forger.Sign(header, GoodClaims())), IsRejected("header")) << more;
    EXPECT_THAT(Said(Ed().Sign(header, GoodClaims())), IsRejected("header")) << more;
  }
  EXPECT_THAT(Said(Ed().Sign(R"({"alg":"EdDSA","alg":"EdDSA"})", GoodClaims())),
              IsRejected("no signed"));
}

TEST(TokenVerifier, RefusesOtherShapes) {
  const std::string good = Ed().Sign(GoodClaims());
  EXPECT_THAT(Said(good + ".AAAA"), IsRejected("no signed"));
  EXPECT_THAT(Said(good + ".AAAA.BBBB"), IsRejected("no signed"));
  EXPECT_THAT(Said(good + "="), IsRejected("no signed"));
  EXPECT_THAT(Said(" " + good), IsRejected("no signed"));
  EXPECT_THAT(Said(R"({"payload":"e30","signatures":[]})"), IsRejected("no signed"));
  EXPECT_THAT(Said(std::string(kMaxTokenBytes + 1, 'A')), IsRejected("too long"));
  EXPECT_THAT(Said(std::string(kMaxTokenBytes, '.')), IsRejected("no signed"));
  EXPECT_THAT(Said(Base64Url(std::string(4'000, '[')) + ".e30.AAAA"), IsRejected("no signed"));
}

TEST(TokenVerifier, SaysNothingOfTheTokenInItsErrors) {
  const std::string token = Ed().Sign(ClaimsOf("https://secret.example", "zoe", "x", kNow, 9));
  const std::string said(Said(token).message());
  EXPECT_EQ(said.find("secret"), std::string::npos);
  EXPECT_EQ(said.find("zoe"), std::string::npos);
}

TEST(KeySet, RefusesKeysThatDoNotBelongThere) {
  const auto said = [](const std::string& json) {
    return std::string(KeySet::Parse(json).status().message());
  };
  EXPECT_THAT(said("no"), HasSubstr("is no JSON"));
  EXPECT_THAT(said(R"({"keys":[]})"), HasSubstr("no `keys`"));
  EXPECT_THAT(said(R"([])"), HasSubstr("no `keys`"));
  EXPECT_THAT(said(R"({"keys":[7]})"), HasSubstr("keys[0] is no object"));
  EXPECT_THAT(said(absl::StrCat(R"({"keys":[)", Ed().PublicJwk(true), "]}")),
              HasSubstr("keys[0] is a secret key"));
  EXPECT_THAT(said(R"({"keys":[{"kty":"oct","k":"AAAA"}]})"), HasSubstr("is a secret key"));
  EXPECT_THAT(said(R"({"keys":[{"kty":"EC","crv":"P-521","x":"AA","y":"AA"}]})"),
              HasSubstr("is none of RSA"));
  EXPECT_THAT(said(R"({"keys":[{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}]})"),
              HasSubstr("is damaged"));
  EXPECT_THAT(said(R"({"keys":[{"kty":"RSA","x5u":"https://evil.example"}]})"),
              HasSubstr("refers to a certificate"));
  EXPECT_THAT(said(KeySetOf({&Ed(), &Ec(), &Ed()})), HasSubstr("keys[2] has the `kid`"));
  const SigningKey small("RS256", "small", 1024);
  EXPECT_THAT(said(KeySetOf({&small})), HasSubstr("1024 bits"));
}

}  // namespace
}  // namespace attlas::services
