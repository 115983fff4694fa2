#include "tests/clients/cli/cli_environment.h"

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <fstream>
#include <memory>
#include <regex>

#include "tests/integration/attlasd_process.h"
#include "tests/testing/files.h"
#include "tests/testing/temporary_directory.h"

namespace attlas::testing {
namespace {

constexpr char kBinaries[] = ATTLAS_BINARY_DIR "/bin";

Ran RunWith(const std::string& address, const std::string& line) {
  const TemporaryDirectory directory;
  std::ofstream(directory.file("line")) << line << "\n";
  const std::string command =
      std::string("cd '" ATTLAS_SOURCE_DIR "' && ") + "env -u COLUMNS -u NO_COLOR PATH=\"" +
      kBinaries + ":$PATH\" ATTLAS_ADDRESS='" + address + "' bash '" + directory.file("line") +
      "' < /dev/null > '" + directory.file("out") + "' 2> '" + directory.file("err") + "'";
  const int status = std::system(command.c_str());
  return Ran{.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1,
             .out = ReadFile(directory.file("out")),
             .err = ReadFile(directory.file("err"))};
}

// Loads the curated dataset and serves it until the program ends.
class Curated {
 public:
  Curated() {
    const std::string store = directory_.file("store");
    const Ran load = RunWith("", "attlas data load data --data_dir '" + store + "'");
    EXPECT_EQ(load.code, 0) << load.err;
    daemon_ = std::make_unique<AttlasdProcess>(std::vector<std::string>{
        "--listen=127.0.0.1:0", "--http_listen=127.0.0.1:0",
        "--admin_listen=", "--admin_grpc_listen=127.0.0.1:0", "--data_dir=" + store});
    EXPECT_NE(daemon_->WaitUntilServing(), "");
    web_address_ = daemon_->web_address();
    admin_address_ = daemon_->health_address();
  }

  const std::string& address() const { return daemon_->address(); }
  const std::string& web_address() const { return web_address_; }
  const std::string& admin_address() const { return admin_address_; }

 private:
  TemporaryDirectory directory_;
  std::unique_ptr<AttlasdProcess> daemon_;
  std::string web_address_;
  std::string admin_address_;
};

const Curated& TheCurated() {
  static const Curated curated;
  return curated;
}

}  // namespace

const std::string& CuratedAddress() { return TheCurated().address(); }
const std::string& CuratedWebAddress() { return TheCurated().web_address(); }
const std::string& CuratedAdminAddress() { return TheCurated().admin_address(); }

Ran RunLine(const std::string& line) { return RunWith(CuratedAddress(), line); }

std::string WithoutRevisions(const std::string& text) {
  // The store's id, a small number and a check (Graph::RevisionToken): no word of an address has so
  // many noughts in its middle.
  static const std::regex kToken(
      "(^|[^A-Za-z0-9_-])[A-Za-z0-9_-]{12}A{6}[A-Za-z0-9_-]{9}(?![A-Za-z0-9_-])");
  return std::regex_replace(text, kToken, "$1<revision>");
}

}  // namespace attlas::testing
