// What words of a command line mean, and what errors say.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "clients/cli/command_line.h"
#include "clients/cli/completion.h"
#include "clients/cli/errors.h"
#include "clients/cli/names.h"
#include "clients/cli/options.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "graph/base/error.h"

namespace attlas::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(CanonicalNameTest, KeepsTheCaseOfTheGraph) {
  EXPECT_EQ(CanonicalName("states/idn"), "states/IDN");
  EXPECT_EQ(CanonicalName("Economies/twn"), "economies/TWN");
  EXPECT_EQ(CanonicalName("instruments/ATT"), "instruments/att");
  EXPECT_EQ(CanonicalName("idn"), "idn") << "the services complete bare ids";
  EXPECT_EQ(CanonicalName(""), "");
}

TEST(OptionsTest, NamesTheOptionAndWhatItTakes) {
  CommonOptions options;
  options.min_confidence = "sure";
  EXPECT_EQ(FormatError(ReadOptionsOf(options).status()),
            "attlas: --min-confidence: `sure` is none of unverified, recalled, structure-seen, "
            "seen");
  options.min_confidence = "Structure-Seen";
  EXPECT_EQ(ReadOptionsOf(options)->min_confidence(), graph::v1::CONFIDENCE_STRUCTURE_SEEN);
  options.as_of = "2024-02-30";
  EXPECT_EQ(FormatError(ReadOptionsOf(options).status()),
            "attlas: --as-of: `2024-02-30` is no date; write YYYY-MM-DD, YYYY-MM or YYYY, as "
            "2024-08-31");
}

TEST(OptionsTest, ReadsTimes) {
  CommonOptions options;
  EXPECT_EQ(TimeoutOf(options, absl::Seconds(3)).value(), absl::Seconds(3));
  options.timeout = "1.5";
  EXPECT_EQ(TimeoutOf(options, absl::Seconds(3)).value(), absl::Milliseconds(1500));
  options.timeout = "200ms";
  EXPECT_EQ(TimeoutOf(options, absl::Seconds(3)).value(), absl::Milliseconds(200));
  for (const char* wrong : {"-1", "0", "soon", "5 apples"}) {
    options.timeout = wrong;
    EXPECT_EQ(ExitCode(TimeoutOf(options, absl::Seconds(3)).status()), kExitBadArguments) << wrong;
  }
}

TEST(ExitCodeTest, TellsKindsOfFailureApart) {
  EXPECT_EQ(ExitCode(absl::OkStatus()), 0);
  EXPECT_EQ(ExitCode(absl::InvalidArgumentError("")), 2);
  EXPECT_EQ(ExitCode(absl::OutOfRangeError("")), 2);
  EXPECT_EQ(ExitCode(absl::NotFoundError("")), 3);
  EXPECT_EQ(ExitCode(absl::UnavailableError("")), 4);
  EXPECT_EQ(ExitCode(absl::InternalError("")), 1);
  EXPECT_EQ(ExitCode(absl::FailedPreconditionError("")), 1);
}

TEST(FormatErrorTest, NamesWhatPeopleTypedInPlaceOfTheField) {
  EXPECT_EQ(FormatError(graph::InvalidField("read.at_revision", "cannot be read")),
            "attlas: --revision: cannot be read");
  EXPECT_EQ(FormatError(absl::NotFoundError("grouping: there is no `groupings/x`")),
            "attlas: --region: there is no `groupings/x`");
}

TEST(FormatErrorTest, StaysOnOneLineAndAddsSuggestions) {
  const absl::Status status = graph::MakeError(
      absl::StatusCode::kNotFound, "no node\nstates/IDM\x1b[31m",
      {.reason = "RESOURCE_NOT_FOUND", .metadata = {{"suggestions", "states/IDN,states/IND"}}});
  const std::string line = FormatError(status);
  EXPECT_THAT(line, Not(HasSubstr("\n")));
  EXPECT_THAT(line, Not(HasSubstr("\x1b")));
  EXPECT_THAT(line, HasSubstr("did you mean `states/IDN` or `states/IND`?"));
}

TEST(FromGrpcStatusTest, ReadsErrorInfoAndViolations) {
  google::rpc::Status rpc;
  // reason = 1 `RESOURCE_NOT_FOUND`, domain = 2 `attlas`, metadata = 3 {suggestions: a}.
  auto* info = rpc.add_details();
  info->set_type_url("type.googleapis.com/google.rpc.ErrorInfo");
  info->set_value(
      "\x0a\x12RESOURCE_NOT_FOUND\x12\x06"
      "attlas\x1a\x10\x0a\x0bsuggestions\x12\x01"
      "a");
  google::rpc::BadRequest bad_request;
  auto* violation = bad_request.add_field_violations();
  violation->set_field("state");
  violation->set_description("is required");
  rpc.add_details()->PackFrom(bad_request);
  const absl::Status status =
      FromGrpcStatus(grpc::Status(grpc::StatusCode::NOT_FOUND, "no such", rpc.SerializeAsString()));
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
  const auto detail = graph::GetErrorDetail(status);
  ASSERT_TRUE(detail.has_value());
  EXPECT_EQ(detail->reason, "RESOURCE_NOT_FOUND");
  ASSERT_EQ(detail->metadata.size(), 1u);
  EXPECT_EQ(detail->metadata[0].second, "a");
  ASSERT_EQ(detail->violations.size(), 1u);
  EXPECT_EQ(detail->violations[0].field, "state");
}

class KindOfLastWordTest : public ::testing::Test {
 protected:
  KindOfLastWordTest() : program_(&console_) { AddCommands(&program_); }

  WordKind Kind(const std::vector<std::string>& words) {
    return KindOfLastWord(program_.app(), words);
  }

  Console console_;
  Program program_;
};

TEST_F(KindOfLastWordTest, FollowsCommandsOptionsAndPositions) {
  EXPECT_EQ(Kind({""}), WordKind::kCommand);
  EXPECT_EQ(Kind({"sta"}), WordKind::kCommand);
  EXPECT_EQ(Kind({"state", ""}), WordKind::kState);
  EXPECT_EQ(Kind({"state", "IDN", ""}), WordKind::kNothing);
  EXPECT_EQ(Kind({"synergies", "IDN", "a"}), WordKind::kInstrument);
  EXPECT_EQ(Kind({"synergies", "--as-of", "2024", "IDN", "a"}), WordKind::kInstrument);
  EXPECT_EQ(Kind({"status", "att", "--region", "as"}), WordKind::kGrouping);
  EXPECT_EQ(Kind({"status", "att", "--re"}), WordKind::kOption);
  EXPECT_EQ(Kind({"status", "--list", "a"}), WordKind::kInstrument);
  EXPECT_EQ(Kind({"status", "att", "--output", ""}), WordKind::kOutputForm);
  EXPECT_EQ(Kind({"status", "att", "--as-of", ""}), WordKind::kNothing);
  EXPECT_EQ(Kind({"simulate", "IDN", "--join", ""}), WordKind::kInstrument);
  EXPECT_EQ(Kind({"path", "states/IDN", "ins"}), WordKind::kNode);
  EXPECT_EQ(Kind({"data", ""}), WordKind::kDataCommand);
  EXPECT_EQ(Kind({"data", "check", ""}), WordKind::kFile);
  EXPECT_EQ(Kind({"data", "check", "data", ""}), WordKind::kNothing);
  EXPECT_EQ(Kind({"call", "Gr"}), WordKind::kMethod);
  EXPECT_EQ(Kind({"nonsense", ""}), WordKind::kNothing);
}

TEST_F(KindOfLastWordTest, AnOptionMeansWhatItsCommandSays) {
  EXPECT_EQ(Kind({"search", "brokering", ""}), WordKind::kNothing);
  EXPECT_EQ(Kind({"search", "brokering", "--type", "s"}), WordKind::kAnyType);
  EXPECT_EQ(Kind({"search", "--theme", ""}), WordKind::kAnyTheme);
  EXPECT_EQ(Kind({"source", "un"}), WordKind::kSource);
  EXPECT_EQ(Kind({"source", "untc-att", "--type", ""}), WordKind::kEdgeType);
  EXPECT_EQ(Kind({"source", "untc-att", ""}), WordKind::kNothing);
  EXPECT_EQ(Kind({"concerns", "--theme", ""}), WordKind::kConcernTheme);
  EXPECT_EQ(Kind({"reach", "--theme", ""}), WordKind::kTheme);
  EXPECT_EQ(Kind({"watch", "--types", ""}), WordKind::kAnyType);
}

TEST_F(KindOfLastWordTest, TellsTheCommandsOfAGroupApart) {
  EXPECT_EQ(Kind({"transfers", "ranking", ""}), WordKind::kDirection);
  EXPECT_EQ(Kind({"transfers", "suppliers", "I"}), WordKind::kState);
  EXPECT_EQ(Kind({"transfers", "count", "asean", ""}), WordKind::kGrouping);
  EXPECT_EQ(Kind({"engagement", "show", "ev"}), WordKind::kNode);
  EXPECT_EQ(Kind({"engagement", "list", ""}), WordKind::kNothing);
  EXPECT_EQ(Kind({"audit", "verify", ""}), WordKind::kFile);
}

}  // namespace
}  // namespace attlas::cli
