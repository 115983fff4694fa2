// `attlas` towards a daemon that asks for a certificate.
#include <fstream>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/clients/cli/cli_environment.h"
#include "tests/integration/attlasd_process.h"
#include "tests/integration/test_authority.h"
#include "tests/testing/temporary_directory.h"

namespace attlas::testing {
namespace {

using ::testing::HasSubstr;

class TlsTest : public ::testing::Test {
 protected:
  TlsTest() {
    Write("ca.pem", authority_.certificate());
    Install("server", "DNS:localhost,IP:127.0.0.1");
    Install("ana", "URI:spiffe://attlas.example/ana");
    Write("policy.textproto",
          "grants { identities { certificate_uri: \"spiffe://attlas.example/ana\" } "
          "role: ROLE_READER clearance: TRAFFIC_LIGHT_CLEAR }");
    std::vector<std::string> arguments = ServeArguments(directory_.path());
    for (const char* flag : {"--tls_cert=server.pem", "--tls_key=server.key",
                             "--tls_client_ca=ca.pem", "--policy=policy.textproto"}) {
      const std::string text(flag);
      const size_t file = text.find('=') + 1;
      arguments.push_back(text.substr(0, file) + directory_.file(text.substr(file)));
    }
    daemon_ = std::make_unique<AttlasdProcess>(arguments);
    EXPECT_NE(daemon_->WaitUntilServing(), "") << daemon_->Wait().errors;
  }
  void Write(const std::string& name, const std::string& text) const {
    std::ofstream(directory_.file(name)) << text;
  }
  void Install(const std::string& name, const std::string& names) const {
    const Identity identity = authority_.Issue(names);
    Write(name + ".pem", identity.certificate);
    Write(name + ".key", identity.key);
  }
  // Asks for the ontology under these variables, whose values are files of the test.
  Ran Ask(const std::string& authority, const std::string& certificate) const {
    std::string line = "env";
    if (!authority.empty()) line += " ATTLAS_TLS_CA=" + directory_.file(authority);
    if (!certificate.empty()) {
      line += " ATTLAS_TLS_CERT=" + directory_.file(certificate + ".pem") +
              " ATTLAS_TLS_KEY=" + directory_.file(certificate + ".key");
    }
    return RunLine(line + " attlas call --address " + daemon_->address() +
                   " attlas.graph.v1.GraphService/GetStatistics");
  }

  const TemporaryDirectory directory_;
  const TestAuthority authority_{"attlas test authority"};
  std::unique_ptr<AttlasdProcess> daemon_;
};

TEST_F(TlsTest, ShowsTheCertificateThatTheEnvironmentNames) {
  const Ran ran = Ask("ca.pem", "ana");
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("\"revision\""));
}

TEST_F(TlsTest, IsNobodyWithoutOne) {
  const Ran ran = Ask("ca.pem", "");
  EXPECT_NE(ran.code, 0);
  EXPECT_THAT(ran.err, HasSubstr("say who you are"));
}

TEST_F(TlsTest, GetsNoAnswerInPlainText) { EXPECT_EQ(Ask("", "").code, 4); }

TEST_F(TlsTest, SaysWhichVariableIsAtFault) {
  EXPECT_THAT(Ask("none.pem", "ana").err, HasSubstr("ATTLAS_TLS_CA: cannot read"));
  EXPECT_THAT(Ask("ca.pem", "none").err, HasSubstr("ATTLAS_TLS_CERT: cannot read"));
  EXPECT_THAT(Ask("", "ana").err, HasSubstr("needs ATTLAS_TLS_CA"));
}

}  // namespace
}  // namespace attlas::testing
