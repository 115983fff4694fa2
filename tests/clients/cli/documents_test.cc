// Every command line that a document shows gives exactly the output shown beside it.
//
// With ATTLAS_UPDATE_DOCUMENTS set in the environment, writes what the commands give into the
// documents instead.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/str_replace.h"
#include "tests/clients/cli/cli_environment.h"
#include "tests/testing/files.h"

namespace attlas::testing {
namespace {

constexpr char kBlockStart[] = "```console";
constexpr char kBlockEnd[] = "```";
constexpr char kPrompt[] = "$ ";

// Where documents say that HTTP is; the test's daemon is elsewhere.
constexpr char kShownAddress[] = "http://127.0.0.1:8080";

std::string Output(const std::string& command) {
  const std::string line = absl::StrReplaceAll(command, {{kShownAddress, CuratedWebAddress()}});
  const Ran ran = RunLine(line + " 2>&1");
  std::string out = WithoutRevisions(ran.out);
  if (!out.empty() && out.back() != '\n') out += '\n';
  return out;
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

// Checks a document of the checkout, or rewrites it; returns the commands that it shows.
std::vector<std::string> CheckDocument(const std::string& name) {
  const std::string path = std::string(ATTLAS_SOURCE_DIR "/") + name;
  const std::string shown = ReadFile(path);
  std::vector<std::string> commands;
  const std::string real = WithRealOutput(shown, &commands);
  for (const std::string& command : commands) {
    EXPECT_TRUE(command.starts_with("attlas ") || command.starts_with("curl "))
        << "only attlas and curl are run: " << command;
  }
  if (std::getenv("ATTLAS_UPDATE_DOCUMENTS") != nullptr) {
    std::ofstream(path, std::ios::binary) << real;
  } else {
    EXPECT_EQ(shown, real) << "ATTLAS_UPDATE_DOCUMENTS=1 writes what the commands give";
  }
  return commands;
}

TEST(DocumentsTest, ReadmeShowsWhatTheCommandsGive) {
  EXPECT_GE(CheckDocument("README.md").size(), 2u) << "README.md shows a first answer";
}

TEST(DocumentsTest, HttpIsShownAsItAnswers) { EXPECT_GE(CheckDocument("docs/http.md").size(), 5u); }

TEST(DocumentsTest, ExchangeShowsWhatATableWouldChange) {
  EXPECT_GE(CheckDocument("docs/exchange.md").size(), 1u);
}

// The questions are numbered as `## 1. …` and none may lack a command.
TEST(DocumentsTest, EveryQuestionIsAnsweredByACommand) {
  CheckDocument("docs/questions.md");
  std::ifstream file(ATTLAS_SOURCE_DIR "/docs/questions.md");
  int question = 0;
  bool answered = true;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("## ")) {
      EXPECT_TRUE(answered) << "question " << question << " shows no command";
      EXPECT_TRUE(line.starts_with("## " + std::to_string(++question) + ". ")) << line;
      answered = false;
    }
    answered = answered || line.starts_with(kPrompt);
  }
  EXPECT_TRUE(answered) << "question " << question << " shows no command";
  EXPECT_EQ(question, 25);
}

}  // namespace
}  // namespace attlas::testing
