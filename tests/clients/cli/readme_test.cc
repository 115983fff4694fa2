// Every command line that README.md shows gives exactly the output shown beside it.
//
// With ATTLAS_UPDATE_README set in the environment, writes what the commands give into README.md
// instead.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "tests/clients/cli/cli_environment.h"

namespace attlas::testing {
namespace {

constexpr char kReadme[] = ATTLAS_SOURCE_DIR "/README.md";
constexpr char kBlockStart[] = "```console";
constexpr char kBlockEnd[] = "```";
constexpr char kPrompt[] = "$ ";

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

std::string Output(const std::string& command) {
  const Ran ran = RunLine(command + " 2>&1");
  return WithoutRevisions(ran.out);
}

// The text with the output of each shown command in place of what is shown.
std::string WithRealOutput(const std::string& text, std::vector<std::string>* commands) {
  std::string real;
  bool in_block = false;
  bool skip = false;  // Within the output that is shown.
  size_t at = 0;
  while (at < text.size()) {
    const size_t end = text.find('\n', at);
    const std::string line = text.substr(at, end - at);
    at = end == std::string::npos ? text.size() : end + 1;
    if (in_block && line == kBlockEnd) in_block = skip = false;
    const bool command = in_block && line.starts_with(kPrompt);
    if (command || !skip) real += line + "\n";
    if (line == kBlockStart) in_block = skip = true;
    if (!command) continue;
    commands->push_back(line.substr(2));
    real += Output(commands->back());
  }
  return real;
}

TEST(ReadmeTest, ShowsWhatTheCommandsGive) {
  const std::string shown = ReadFile(kReadme);
  std::vector<std::string> commands;
  const std::string real = WithRealOutput(shown, &commands);
  for (const std::string& command : commands) {
    EXPECT_TRUE(command.starts_with("attlas ")) << "only attlas is run: " << command;
  }
  EXPECT_GE(commands.size(), 2u) << "README.md shows a first answer";
  if (std::getenv("ATTLAS_UPDATE_README") != nullptr) {
    std::ofstream(kReadme, std::ios::binary) << real;
    return;
  }
  EXPECT_EQ(shown, real) << "run with ATTLAS_UPDATE_README=1 to write what the commands give";
}

}  // namespace
}  // namespace attlas::testing
