// Completion, through the hidden command and through bash itself.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/clients/cli/cli_environment.h"

namespace attlas::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

// With more patience than somebody who types has, for a busy machine.
constexpr char kPatient[] = "export ATTLAS_COMPLETION_TIMEOUT=90s; ";

std::string Complete(const std::string& words) {
  const Ran ran = RunLine(kPatient + ("attlas __complete -- " + words));
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_EQ(ran.err, "");
  return ran.out;
}

TEST(CompletionTest, OffersCommandsAndOptions) {
  EXPECT_THAT(Complete("sta"),
              AllOf(HasSubstr("state\t"), HasSubstr("status\t"), Not(HasSubstr("synergies"))));
  EXPECT_THAT(Complete("''"), Not(HasSubstr("__complete")));
  EXPECT_THAT(Complete("data ''"), AllOf(HasSubstr("check\t"), HasSubstr("export\t")));
  EXPECT_THAT(Complete("status att --co"), HasSubstr("--count-by\t"));
  EXPECT_EQ(Complete("status att --output j"), "json\t\n");
}

TEST(CompletionTest, OffersNamesOfTheGraphInAnyCase) {
  EXPECT_THAT(Complete("state idn"), HasSubstr("IDN\tIndonesia\n"));
  EXPECT_THAT(Complete("synergies IDN at"), HasSubstr("att\tATT\n"));
  EXPECT_THAT(Complete("status att --region asea"), HasSubstr("asean\t"));
  EXPECT_THAT(Complete("node inst"), HasSubstr("instruments/\t"));
  EXPECT_THAT(Complete("node states/i"), HasSubstr("states/IDN\tIndonesia\n"));
  EXPECT_THAT(Complete("call GraphService/GetN"), HasSubstr("GraphService/GetNode\tunary\n"));
}

TEST(CompletionTest, OffersSourcesThemesAndTypes) {
  EXPECT_THAT(Complete("source country"), HasSubstr("country-codes\t"));
  EXPECT_THAT(Complete("source country-codes --type MEM"), HasSubstr("MEMBER_OF\t"));
  EXPECT_THAT(Complete("source country-codes --type stat"), Not(HasSubstr("state\t")));
  EXPECT_THAT(Complete("search arms --type s"), AllOf(HasSubstr("state\t"), HasSubstr("SIGNED\t")));
  EXPECT_THAT(Complete("search arms --theme themes/bro"), HasSubstr("themes/brokering\t"));
  EXPECT_THAT(Complete("concerns --theme leg"), HasSubstr("legislation\t"));
  EXPECT_THAT(Complete("transfers ranking e"), HasSubstr("exporters\t"));
}

TEST(CompletionTest, IsQuietWithoutADaemon) {
  const Ran ran = RunLine("timeout 60 attlas __complete -- state --address 127.0.0.1:1 i");
  EXPECT_EQ(ran.code, 0);
  EXPECT_EQ(ran.out, "");
  const Ran nobody = RunLine("ATTLAS_ADDRESS=127.0.0.1:1 attlas __complete -- state i");
  EXPECT_EQ(nobody.code, 0);
  EXPECT_EQ(nobody.out, "");
  EXPECT_EQ(nobody.err, "");
}

TEST(CompletionTest, WorksInBash) {
  const std::string line =
      std::string(kPatient) +
      "source <(attlas completion bash); COMP_WORDS=(attlas synergies ID); COMP_CWORD=2; _attlas; "
      "printf '%s\\n' \"${COMPREPLY[@]}\"";
  const Ran ran = RunLine(line);
  EXPECT_EQ(ran.err, "");
  EXPECT_EQ(ran.out, "IDN\n");
}

TEST(CompletionTest, WritesAScriptForEachShell) {
  for (const char* shell : {"bash", "zsh", "fish"}) {
    const Ran ran = RunLine(std::string("attlas completion ") + shell);
    EXPECT_EQ(ran.code, 0);
    EXPECT_THAT(ran.out, HasSubstr("__complete")) << shell;
  }
}

}  // namespace
}  // namespace attlas::testing
