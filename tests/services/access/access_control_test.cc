#include "services/access/access_control.h"

#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/services/access/signing_key.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temporary_directory.h"

namespace attlas::services {
namespace {

using ::attlas::testing::ClaimsOf;
using ::attlas::testing::KeySetOf;
using ::attlas::testing::SigningKey;
using ::attlas::testing::StatusIs;
using ::testing::HasSubstr;

constexpr char kIssuer[] = "https://login.example";
constexpr char kAna[] = "spiffe://attlas.example/ana";

std::string Grant(const std::string& identity, const std::string& role) {
  return absl::StrCat("grants { identities { ", identity, " } role: ", role,
                      " clearance: TRAFFIC_LIGHT_GREEN }\n");
}

class AccessControlTest : public ::testing::Test {
 protected:
  AccessControlTest() {
    Write("keys.json", KeySetOf({&key_}));
    Write("policy.textproto", AnaAndBen("ROLE_READER"));
    control_ = *AccessControl::FromPolicyFile(
        directory_.file("policy.textproto"),
        [this](const absl::Status& status) { reloads_.push_back(status); },
        absl::InfiniteDuration());
  }
  // Beside and moved, as an administrator's tools do.
  void Write(const std::string& name, const std::string& text) {
    std::ofstream(directory_.file("new")) << text;
    std::rename(directory_.file("new").c_str(), directory_.file(name).c_str());
  }
  static std::string AnaAndBen(const std::string& role) {
    return absl::StrCat(
        "token_issuers { issuer: \"", kIssuer,
        "\" audience: \"attlas\" keys_file: \"keys.json\" }\n",
        Grant(absl::StrCat("certificate_uri: \"", kAna, "\""), role),
        Grant(absl::StrCat("token { issuer: \"", kIssuer, "\" subject: \"ben\" }"), role));
  }
  std::string Token(const std::string& subject) const {
    return key_.Sign(ClaimsOf(kIssuer, subject, "attlas", absl::ToUnixSeconds(now_), 600));
  }
  absl::StatusOr<PrincipalPtr> WithHeader(const std::string& header) const {
    return control_->Authenticate({.authorization = header}, now_);
  }
  absl::StatusOr<PrincipalPtr> WithCertificate(const std::vector<std::string>& uris) const {
    return control_->Authenticate({.has_certificate = true, .certificate_uris = uris}, now_);
  }

  testing::TemporaryDirectory directory_;
  const SigningKey key_{"EdDSA", "one"};
  absl::Time now_ = absl::Now();
  std::vector<absl::Status> reloads_;
  std::unique_ptr<AccessControl> control_;
};

TEST(AccessControl, WithoutAPolicyEveryoneIsTheLocalOperator) {
  const AccessControl control(graph::Clearance::Operator());
  ASSERT_OK_AND_ASSIGN(const PrincipalPtr caller, control.Authenticate({}, absl::Now()));
  EXPECT_EQ(caller->name, "");
  EXPECT_EQ(caller->role, access::v1::ROLE_OPERATOR);
  EXPECT_TRUE(caller->clearance.all_spaces);
}

TEST_F(AccessControlTest, KnowsCertificatesAndTokens) {
  ASSERT_OK_AND_ASSIGN(const PrincipalPtr ana, WithCertificate({kAna}));
  EXPECT_EQ(ana->name, absl::StrCat("certificate:", kAna));
  for (int i = 0; i < 2; ++i) {  // The second time it is remembered.
    ASSERT_OK_AND_ASSIGN(const PrincipalPtr ben, WithHeader("Bearer " + Token("ben")));
    EXPECT_EQ(ben->name, absl::StrCat("token:", kIssuer, "#ben"));
  }
}

TEST_F(AccessControlTest, RefusesEveryoneElse) {
  const auto rejected = StatusIs(absl::StatusCode::kUnauthenticated);
  EXPECT_THAT(control_->Authenticate({}, now_), rejected);
  EXPECT_THAT(WithHeader("Bearer " + Token("eve")), rejected);
  EXPECT_THAT(WithHeader("Basic YW5hOmFuYQ=="), rejected);
  EXPECT_THAT(WithHeader("Bearer "), rejected);
  EXPECT_THAT(WithHeader(Token("ben")), rejected);
  EXPECT_THAT(WithCertificate({"spiffe://attlas.example/eve"}), rejected);
  EXPECT_THAT(WithCertificate({}), rejected);
  EXPECT_THAT(WithCertificate({kAna, "spiffe://attlas.example/eve"}), rejected);
  // A token's subject is no certificate, and a certificate does not make up for a bad token.
  EXPECT_THAT(WithHeader("Bearer " + Token(kAna)), rejected);
  EXPECT_THAT(
      control_->Authenticate(
          {.authorization = "Bearer bad", .has_certificate = true, .certificate_uris = {kAna}},
          now_),
      rejected);
}

TEST_F(AccessControlTest, ForgetsATokenWhenItExpires) {
  const std::string header = "Bearer " + Token("ben");
  EXPECT_OK(WithHeader(header).status());
  now_ += absl::Seconds(631);
  EXPECT_THAT(WithHeader(header),
              StatusIs(absl::StatusCode::kUnauthenticated, HasSubstr("expired")));
}

TEST_F(AccessControlTest, TakesANewPolicy) {
  ASSERT_OK_AND_ASSIGN(const PrincipalPtr before, WithHeader("Bearer " + Token("ben")));
  EXPECT_FALSE(control_->ReloadIfChanged());
  Write("policy.textproto", AnaAndBen("ROLE_EDITOR"));
  EXPECT_TRUE(control_->ReloadIfChanged());
  EXPECT_EQ(control_->reloads(), 1);
  ASSERT_OK_AND_ASSIGN(const PrincipalPtr after, WithHeader("Bearer " + Token("ben")));
  EXPECT_EQ(after->role, access::v1::ROLE_EDITOR);
  // Who was let in before keeps what it had, and is told apart from who has the same still.
  EXPECT_EQ(before->role, access::v1::ROLE_READER);
  EXPECT_FALSE(control_->StillGranted(*before));
  EXPECT_TRUE(control_->StillGranted(*after));
  Write("policy.textproto", "# The same, by other bytes.\n" + AnaAndBen("ROLE_EDITOR"));
  EXPECT_TRUE(control_->ReloadIfChanged());
  EXPECT_TRUE(control_->StillGranted(*after));
}

TEST_F(AccessControlTest, KeepsTheOldPolicyWhereTheNewOneIsBad) {
  Write("policy.textproto", AnaAndBen("ROLE_KING"));
  EXPECT_TRUE(control_->ReloadIfChanged());
  EXPECT_TRUE(control_->is_stale());
  EXPECT_EQ(control_->refused_reloads(), 1);
  ASSERT_EQ(reloads_.size(), 1);
  EXPECT_THAT(std::string(reloads_[0].message()), HasSubstr("policy.textproto:2:"));
  EXPECT_OK(WithCertificate({kAna}).status());
  // The same fault is reported once.
  EXPECT_FALSE(control_->ReloadIfChanged());

  std::remove(directory_.file("policy.textproto").c_str());
  EXPECT_TRUE(control_->ReloadIfChanged());
  EXPECT_OK(WithCertificate({kAna}).status());

  Write("policy.textproto", AnaAndBen("ROLE_READER"));
  EXPECT_TRUE(control_->ReloadIfChanged());
  EXPECT_FALSE(control_->is_stale());
}

TEST_F(AccessControlTest, TakesNewKeysAndForgetsTheOldOnes) {
  const std::string header = "Bearer " + Token("ben");
  EXPECT_OK(WithHeader(header).status());
  const SigningKey next("ES256", "two");
  Write("keys.json", KeySetOf({&next}));
  EXPECT_TRUE(control_->ReloadIfChanged());
  EXPECT_THAT(WithHeader(header), StatusIs(absl::StatusCode::kUnauthenticated));
  EXPECT_OK(WithHeader("Bearer " +
                       next.Sign(ClaimsOf(kIssuer, "ben", "attlas", absl::ToUnixSeconds(now_), 60)))
                .status());
  Write("keys.json", "{}");
  EXPECT_TRUE(control_->ReloadIfChanged());
  EXPECT_TRUE(control_->is_stale());
  Write("keys.json", KeySetOf({&key_}));
  EXPECT_TRUE(control_->ReloadIfChanged());
  EXPECT_OK(WithHeader(header).status());
}

TEST_F(AccessControlTest, LetsStrangersInWhereThePolicySaysSo) {
  Write("policy.textproto", Grant("anyone: true", "ROLE_READER"));
  EXPECT_TRUE(control_->ReloadIfChanged());
  ASSERT_OK_AND_ASSIGN(const PrincipalPtr anyone, control_->Authenticate({}, now_));
  EXPECT_EQ(anyone->name, "anyone");
  // But not those who show something that is not accepted.
  EXPECT_FALSE(WithCertificate({kAna}).ok());
  EXPECT_FALSE(WithHeader("Bearer x").ok());
}

}  // namespace
}  // namespace attlas::services
