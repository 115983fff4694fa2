// The commands of EvidenceService, against a daemon with the curated dataset.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/clients/cli/cli_environment.h"

namespace attlas::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST(EvidenceCommandsTest, ConcernsComeWithHolderDateAndSource) {
  const Ran ran = RunLine("attlas concerns --state pak --as-of 2026-11-29");
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, StartsWith("3 concerns are held here that Pakistan voiced, the latest "
                                  "voiced in 2013;"));
  EXPECT_THAT(ran.out, HasSubstr("Positions age: 3 of 3"));
  const Ran csv = RunLine("attlas concerns --region asean --theme legislation -o csv");
  EXPECT_THAT(csv.out, StartsWith("latest_voiced_date,age_years,holders,themes,paraphrase,"));
  EXPECT_THAT(csv.out, HasSubstr("states/MYS,concern-themes/legislation,"));
  EXPECT_THAT(RunLine("attlas concerns --theme legislatoin").err,
              HasSubstr("concern-themes/legislation"));
}

TEST(EvidenceCommandsTest, AnswersAreClausesPublicationsAndPeers) {
  const Ran ran = RunLine("attlas answers ch-phl-paperwork --as-of 2026-11-29");
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("Peers that take part in ATT"));
  EXPECT_THAT(ran.out, HasSubstr("2022-03-24"));
  const Ran csv = RunLine("attlas answers ch-ind-contracts -o csv");
  EXPECT_THAT(csv.out, StartsWith("kind,answer,concern,date,sentence,sources\nclause,provisions/"));
  EXPECT_THAT(RunLine("attlas answers ch-ind-contract").err,
              HasSubstr("challenges/ch-ind-contracts"));
}

TEST(EvidenceCommandsTest, UnansweredSaysWhatIsMissing) {
  const Ran ran = RunLine("attlas unanswered --missing publication,clause,peer -o csv");
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("challenges/ch-pak-process"));
  EXPECT_THAT(RunLine("attlas unanswered --missing applause").err, HasSubstr("--missing"));
}

TEST(EvidenceCommandsTest, SharedConcernsNamesPartners) {
  const Ran csv = RunLine("attlas shared-concerns IND -o csv");
  EXPECT_THAT(csv.out, StartsWith("display_name,state,themes,concerns,latest_voiced_date,sources\n"
                                  "China,states/CHN,"));
}

TEST(EvidenceCommandsTest, ChangesKeepTheTwoClocksApart) {
  const Ran ran = RunLine("attlas changes phl --since 2019 --type CONSENTED_TO --as-of 2026-11-29");
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("In the world"));
  EXPECT_THAT(ran.out, HasSubstr("2019-03-17  ended"));
  const Ran csv = RunLine("attlas changes states/PHL --since 2022 --type CONSENTED_TO -o csv");
  EXPECT_THAT(csv.out, StartsWith("clock,kind,date,date_uncertain,type,from,to,name,"));
  EXPECT_THAT(csv.out, HasSubstr("world,began,2022-03-24,no,CONSENTED_TO,states/PHL,"));
  EXPECT_THAT(RunLine("attlas changes phl").err, HasSubstr("since"));
}

}  // namespace
}  // namespace attlas::testing
