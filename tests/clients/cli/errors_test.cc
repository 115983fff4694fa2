// Bad input: the exit code and the one line for each.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/clients/cli/cli_environment.h"

namespace attlas::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

struct BadInput {
  std::string line;
  int code;
  std::string error;  // All of standard error without its line break, or a part where it ends `…`.
};

void PrintTo(const BadInput& input, std::ostream* out) { *out << input.line; }

class BadInputTest : public ::testing::TestWithParam<BadInput> {};

TEST_P(BadInputTest, IsRefusedInOneLine) {
  const Ran ran = RunLine(GetParam().line);
  EXPECT_EQ(ran.code, GetParam().code) << ran.err;
  EXPECT_EQ(ran.out, "");
  ASSERT_FALSE(ran.err.empty());
  EXPECT_EQ(ran.err.find('\n'), ran.err.size() - 1) << ran.err;
  const std::string ellipsis = "…";
  if (GetParam().error.ends_with(ellipsis)) {
    EXPECT_THAT(ran.err,
                StartsWith(GetParam().error.substr(0, GetParam().error.size() - ellipsis.size())));
  } else {
    EXPECT_EQ(ran.err, GetParam().error + "\n");
  }
}

INSTANTIATE_TEST_SUITE_P(
    Commands, BadInputTest,
    ::testing::Values(
        BadInput{"attlas", 2, "attlas: A subcommand is required; see attlas --help"},
        BadInput{"attlas statsu", 2,
                 "attlas: no command `statsu`; see attlas --help; did you mean `status` or "
                 "`state`?"},
        BadInput{"attlas status", 2, "attlas: instrument is required; see attlas status --help"},
        BadInput{"attlas status att --colour", 2,
                 "attlas: no option `--colour`; see attlas status --help"},
        BadInput{"attlas status att --regon asean", 2,
                 "attlas: no option `--regon`; see attlas status --help; did you mean "
                 "`--region`?"},
        BadInput{"attlas data chek", 2,
                 "attlas: no command `chek`; see attlas data --help; did you mean `check`?"},
        BadInput{"attlas data", 2, "attlas: A subcommand is required; see attlas data --help"},
        BadInput{"attlas status att --output xml", 2,
                 "attlas: --output: `xml` is none of table, json, csv"},
        BadInput{"attlas status att --timeout soon", 2,
                 "attlas: --timeout: `soon` is no time to wait; write seconds as 5, or 500ms, or "
                 "2m"},
        BadInput{"attlas status att --as-of 2024-13-01", 2,
                 "attlas: --as-of: `2024-13-01` is no date; write YYYY-MM-DD, YYYY-MM or YYYY, as "
                 "2024-08-31"},
        BadInput{"attlas status att --count-by vote", 2,
                 "attlas: --count-by: `vote` is none of deposit, in-force"},
        BadInput{"attlas status att --min-confidence sure", 2,
                 "attlas: --min-confidence: `sure` is none of unverified, recalled, "
                 "structure-seen, seen"},
        BadInput{"attlas bridges IDN att --limit 0", 2,
                 "attlas: --limit: Value 0 not in range 1 to 200; see attlas bridges --help"},
        BadInput{"attlas simulate IDN", 2,
                 "attlas: --join: no act to suppose; give --join, --sign or --leave"},
        BadInput{"attlas completion tcsh", 2, "attlas: shell: `tcsh` is none of bash, zsh, fish"}));

INSTANTIATE_TEST_SUITE_P(
    Names, BadInputTest,
    ::testing::Values(
        BadInput{"attlas state XXX", 3, "attlas: state: there is no `states/XXX`…"},
        BadInput{"attlas synergies Indonezia att", 3,
                 "attlas: state: there is no `states/INDONEZIA`; nearest: `states/IDN` "
                 "(Indonesia)…"},
        BadInput{"attlas synergies IDN atx", 3,
                 "attlas: instrument: there is no `instruments/atx`; nearest: `instruments/att` "
                 "(ATT)…"},
        BadInput{"attlas status att --region asea", 3,
                 "attlas: --region: there is no `groupings/asea`; nearest: `groupings/asean`…"},
        BadInput{"attlas status states/IDN", 2,
                 "attlas: instrument: `states/IDN` does not name an instrument…"},
        BadInput{"attlas node 'states/ID!'", 2,
                 "attlas: name: `states/ID!` is not a resource name…"},
        BadInput{"attlas node states/IDM", 3, "attlas: no node states/IDM; did you mean …"},
        BadInput{"attlas node ''", 2, "attlas: name: is empty; write a name such as states/IDN"},
        BadInput{"attlas history edges/nothing", 3, "attlas: …"},
        BadInput{"attlas figures check-nothing", 3, "attlas: figure: there is no …"},
        BadInput{"attlas path idn atx", 3, "attlas: no node …"}));

INSTANTIATE_TEST_SUITE_P(
    Revisions, BadInputTest,
    ::testing::Values(BadInput{"attlas status att --revision xyz", 2,
                               "attlas: --revision: cannot be read; use one that an answer gave"},
                      BadInput{"attlas watch --from xyz --timeout 90", 2, "attlas: …"}));

INSTANTIATE_TEST_SUITE_P(
    Calls, BadInputTest,
    ::testing::Values(
        BadInput{"attlas call", 2, "attlas: method: is missing; `attlas call --list` names them"},
        BadInput{"attlas call nothing", 2,
                 "attlas: method: `nothing` is no method; write it as GraphService/GetNode"},
        BadInput{"attlas call GraphService/GetNodes", 3,
                 "attlas: no method `GraphService/GetNodes` is known here or to the daemon; see "
                 "attlas call --list; did you mean `GraphService/GetNode`…"},
        BadInput{"attlas call GraphService/GetNode -d '{\"nam\": 1}'", 2,
                 "attlas: --data: is no attlas.graph.v1.GetNodeRequest in JSON: …"},
        BadInput{"attlas call GraphService/GetNode -d @nowhere.json", 2,
                 "attlas: --data: cannot read nowhere.json"},
        BadInput{
            "attlas call GraphService/Import", 2,
            "attlas: row_count: is missing: the stream ended after 0 rows without it, so it may "
            "have been cut off; nothing was applied. Set it in the last message"},
        BadInput{"attlas call GraphService/GetNode -o csv", 2,
                 "attlas: --output: an answer of `call` is JSON; leave the option out"}));

INSTANTIATE_TEST_SUITE_P(
    Unreachable, BadInputTest,
    ::testing::Values(
        BadInput{"attlas status att --address 127.0.0.1:1", 4,
                 "attlas: no daemon answers on 127.0.0.1:1; start one with `attlas serve`, or give "
                 "another --address"},
        BadInput{"ATTLAS_ADDRESS=127.0.0.1:1 attlas node idn", 4,
                 "attlas: no daemon answers on 127.0.0.1:1; …"}));

TEST(HelpTest, IsAnAnswerNotAnError) {
  const Ran all = RunLine("attlas --help");
  EXPECT_EQ(all.code, 0);
  EXPECT_THAT(all.out, HasSubstr("synergies"));
  const Ran one = RunLine("attlas status --help");
  EXPECT_EQ(one.code, 0);
  EXPECT_THAT(one.out, HasSubstr("--count-by"));
  EXPECT_THAT(RunLine("attlas --version").out, StartsWith("attlas "));
}

TEST(ServeTest, PassesItsFlagsToTheDaemon) {
  const Ran help = RunLine("attlas serve --help");
  EXPECT_EQ(help.code, 0);
  EXPECT_THAT(help.out, HasSubstr("--data_dir"));
  const Ran none = RunLine("attlas serve");
  EXPECT_EQ(none.code, 1);
  EXPECT_THAT(none.err, HasSubstr("no store"));
}

}  // namespace
}  // namespace attlas::testing
