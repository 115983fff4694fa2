// A certificate authority for tests, made with OpenSSL.
#ifndef ATTLAS_TESTS_INTEGRATION_TEST_AUTHORITY_H_
#define ATTLAS_TESTS_INTEGRATION_TEST_AUTHORITY_H_

#include <memory>
#include <string>

namespace attlas::testing {

// A certificate and its private key, in PEM.
struct Identity {
  std::string certificate;
  std::string key;
};

class TestAuthority {
 public:
  explicit TestAuthority(const std::string& name);
  ~TestAuthority();
  TestAuthority(const TestAuthority&) = delete;
  TestAuthority& operator=(const TestAuthority&) = delete;

  // The authority's own certificate, in PEM.
  const std::string& certificate() const { return certificate_; }

  // A certificate for these subject alternative names, written as OpenSSL does:
  // `DNS:localhost,IP:127.0.0.1` or `URI:spiffe://attlas.example/ana`. It is valid for a day from
  // `begins`, in seconds from now.
  Identity Issue(const std::string& names, long begins = -3600) const;

 private:
  struct Keys;
  std::unique_ptr<Keys> keys_;
  std::string certificate_;
};

}  // namespace attlas::testing

#endif  // ATTLAS_TESTS_INTEGRATION_TEST_AUTHORITY_H_
