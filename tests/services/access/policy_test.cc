#include "services/access/policy.h"

#include <fstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "graph/base/error.h"
#include "tests/services/access/signing_key.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temporary_directory.h"

namespace attlas::services {
namespace {

using ::attlas::testing::StatusIs;
using ::attlas::testing::TemporaryDirectory;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsNull;
using ::testing::NotNull;

class PolicyTest : public ::testing::Test {
 protected:
  PolicyTest() {
    const testing::SigningKey key("EdDSA", "one");
    std::ofstream(directory_.file("keys.json")) << testing::KeySetOf({&key});
  }
  absl::StatusOr<std::shared_ptr<const Policy>> Parse(const std::string& text) {
    return Policy::FromText(text, directory_.file("p"));
  }
  // The message about a policy, without the folder of the test.
  std::string Said(const std::string& text) {
    std::string message(Parse(text).status().message());
    const std::string folder = directory_.path() + "/";
    for (size_t at; (at = message.find(folder)) != std::string::npos;) {
      message.erase(at, folder.size());
    }
    return message;
  }
  TemporaryDirectory directory_;
};

constexpr char kWhole[] = R"(
token_issuers { issuer: "https://login.example" audience: "attlas" keys_file: "keys.json" }
default_quota { calls_per_second: 5 concurrent_calls: 2 }
grants {
  identities { certificate_uri: "spiffe://attlas.example/ana" }
  identities { token { issuer: "https://login.example" subject: "ben" } }
  role: ROLE_EDITOR
  clearance: TRAFFIC_LIGHT_AMBER
  spaces: "spaces/round-table"
}
grants {
  identities { anyone: true }
  role: ROLE_READER
  clearance: TRAFFIC_LIGHT_CLEAR
  quota { calls_per_second: 0.5 burst: 3 }
}
)";

TEST_F(PolicyTest, GrantsWhatItSaysAndNothingElse) {
  ASSERT_OK_AND_ASSIGN(const auto policy, Parse(kWhole));
  const Principal* ana = policy->Find("certificate:spiffe://attlas.example/ana");
  ASSERT_THAT(ana, NotNull());
  EXPECT_EQ(ana->role, access::v1::ROLE_EDITOR);
  EXPECT_EQ(ana->clearance.level, graph::v1::TRAFFIC_LIGHT_AMBER);
  EXPECT_THAT(ana->clearance.spaces, ElementsAre("spaces/round-table"));
  EXPECT_FALSE(ana->clearance.all_spaces);
  EXPECT_EQ(ana->quota.calls_per_second, 5);
  EXPECT_EQ(ana->quota.burst, 50);
  EXPECT_EQ(ana->quota.concurrent_calls, 2);
  ASSERT_THAT(policy->Find("token:https://login.example#ben"), NotNull());
  const Principal* anyone = policy->Find("anyone");
  ASSERT_THAT(anyone, NotNull());
  EXPECT_EQ(anyone->quota.burst, 3);
  EXPECT_EQ(anyone->quota.concurrent_calls, 0);
  EXPECT_THAT(policy->Find("token:https://login.example#ana"), IsNull());
  EXPECT_THAT(policy->Find("spiffe://attlas.example/ana"), IsNull());
  EXPECT_THAT(policy->Find(""), IsNull());
}

TEST_F(PolicyTest, NamesThePlaceOfEveryFault) {
  EXPECT_THAT(Said("grants { role: ROLE_KING }"), HasSubstr("p:1:26: Unknown enumeration value"));
  EXPECT_THAT(Said("grants {\n  rolle: ROLE_READER\n}"), HasSubstr("p:2:8: "));
  EXPECT_THAT(Said("grants { identities { anyone: true }\nrole: 77 clearance: 1 }"),
              HasSubstr("p:2:1: must be given, as ROLE_READER"));
  EXPECT_THAT(Said("grants { identities { anyone: true } role: ROLE_READER }"),
              HasSubstr("p:1:1: must be given, as TRAFFIC_LIGHT_GREEN"));
  EXPECT_THAT(Said(""), HasSubstr("nobody is granted anything"));
  EXPECT_THAT(Said("token_issuers {\n issuer: \"a b\"\n audience: \"x\"\n keys_file: \"no\"\n}"),
              ::testing::AllOf(HasSubstr("p:2:2: must be printable"),
                               HasSubstr("p:4:2: cannot read the keys no")));
}

TEST_F(PolicyTest, RefusesWhatIsAmbiguousOrTooMuch) {
  const auto grant = [](const std::string& identity, const std::string& rest) {
    return absl::StrCat("grants { identities { ", identity, " }\n", rest, " }\n");
  };
  const std::string reader = "role: ROLE_READER clearance: TRAFFIC_LIGHT_GREEN";
  const std::string ana = R"(certificate_uri: "spiffe://a/ana")";
  EXPECT_THAT(Said(grant(ana, reader) + grant(ana, reader)),
              HasSubstr("p:3:10: stands in a grant already"));
  EXPECT_THAT(Said(grant("anyone: true", "role: ROLE_EDITOR clearance: TRAFFIC_LIGHT_CLEAR")),
              HasSubstr("may be granted ROLE_READER alone"));
  EXPECT_THAT(Said(grant("anyone: false", reader)), HasSubstr("must be true"));
  EXPECT_THAT(Said(grant("", reader)), HasSubstr("says nothing"));
  EXPECT_THAT(Said(grant(R"(certificate_uri: "ana")", reader)), HasSubstr("is no URI"));
  EXPECT_THAT(Said(grant(R"(token { issuer: "x" subject: "y" })", reader)),
              HasSubstr("is none of the `token_issuers`"));
  EXPECT_THAT(Said(grant(ana, reader + R"( spaces: "states/IDN")")), HasSubstr("is no space"));
  EXPECT_THAT(Said(grant(ana, reader + R"( spaces: "spaces/registry")")),
              HasSubstr("EngagementService alone"));
  EXPECT_THAT(Said(grant(ana, reader + " all_spaces: true")), HasSubstr("ROLE_OPERATOR alone"));
  EXPECT_THAT(Said(grant(ana, reader + " quota { calls_per_second: -1 }")), HasSubstr("p:2:"));
  EXPECT_THAT(Said(grant(ana, reader + " quota { calls_per_second: nan }")), HasSubstr("0 to"));
  EXPECT_THAT(Said(grant(ana, reader + " quota { burst: 3 }")), HasSubstr("without a rate"));
}

TEST_F(PolicyTest, SaysWhatItCannotRead) {
  EXPECT_THAT(Policy::FromFile(directory_.file("missing")),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("cannot read the policy")));
  std::ofstream(directory_.file("keys.json")) << R"({"keys":[{"kty":"oct","k":"c2VjcmV0"}]})";
  const std::string said = Said(kWhole);
  EXPECT_THAT(said, HasSubstr("p:2:68: keys.json: keys[0] is a secret key"));
  EXPECT_EQ(said.find("c2VjcmV0"), std::string::npos);
}

TEST_F(PolicyTest, SaysWhoMayPassCallsOnAndHowFar) {
  const absl::StatusOr<std::shared_ptr<const Policy>> policy = Parse(std::string(kWhole) + R"(
      forwarders {
        certificate_uri: "spiffe://attlas.example/daemons/synergy"
        highest_role: ROLE_READER
      })");
  ASSERT_OK(policy.status());
  EXPECT_EQ((*policy)->ForwardedRole("spiffe://attlas.example/daemons/synergy"),
            access::v1::ROLE_READER);
  EXPECT_EQ((*policy)->ForwardedRole("spiffe://attlas.example/ana"), access::v1::ROLE_UNSPECIFIED);
  // To pass on is not to be granted anything.
  EXPECT_THAT((*policy)->Find("certificate:spiffe://attlas.example/daemons/synergy"), IsNull());
}

TEST_F(PolicyTest, BlamesForwardersThatAreNone) {
  const auto said = [this](const std::string& forwarder) {
    return Said(absl::StrCat(kWhole, "forwarders { ", forwarder, " }"));
  };
  EXPECT_THAT(said(R"(certificate_uri: "synergy" highest_role: ROLE_READER)"),
              HasSubstr("is no URI"));
  EXPECT_THAT(said(R"(certificate_uri: "spiffe://a/b")"), HasSubstr("must be given"));
  EXPECT_THAT(said(R"(certificate_uri: "spiffe://a/b" highest_role: ROLE_READER }
                      forwarders { certificate_uri: "spiffe://a/b" highest_role: ROLE_EDITOR)"),
              HasSubstr("stands in another entry"));
}

}  // namespace
}  // namespace attlas::services
