// The real `attlas` beside a real `attlasd` that serves the curated dataset.
//
// What: one daemon for all tests of the program, started with the first use on a free port.
// Threads: single-thread.
#ifndef ATTLAS_TESTS_CLIENTS_CLI_CLI_ENVIRONMENT_H_
#define ATTLAS_TESTS_CLIENTS_CLI_CLI_ENVIRONMENT_H_

#include <string>

namespace attlas::testing {

// What a command left behind.
struct Ran {
  int code = -1;  // Its exit code; -1 where a signal ended it.
  std::string out;
  std::string err;
};

// Runs a line of bash in the source folder, with `attlas` in the PATH, ATTLAS_ADDRESS set to the
// daemon of the curated dataset, COLUMNS unset and no terminal.
Ran RunLine(const std::string& line);

// The address of that daemon for gRPC, and for HTTP, such as `http://127.0.0.1:40123`.
const std::string& CuratedAddress();
const std::string& CuratedWebAddress();
// That of its health and channelz.
const std::string& CuratedAdminAddress();

// `text` with every revision token, which differs from store to store, as `<revision>`.
std::string WithoutRevisions(const std::string& text);

}  // namespace attlas::testing

#endif  // ATTLAS_TESTS_CLIENTS_CLI_CLI_ENVIRONMENT_H_
