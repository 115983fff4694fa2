// Documents of answers, made without a server.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "clients/cli/output/csv.h"
#include "clients/cli/output/table.h"
#include "clients/cli/render/render.h"
#include "clients/cli/render/words.h"
#include "google/protobuf/text_format.h"

namespace attlas::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

template <typename Message>
Message FromText(const std::string& text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message));
  return message;
}

constexpr char kStatus[] = R"(
  instrument { name: "instruments/att" display_name: "ATT" }
  grouping { name: "groupings/asean" display_name: "ASEAN" }
  count_by: COUNT_BY_IN_FORCE
  counts { size: 2 parties: 1 outside: 1 signatures: 1 }
  states {
    state { name: "states/PHL" display_name: "Philippines" }
    status: PARTICIPATION_STATUS_PARTY
    deposit_date { year: 2022 month: 3 day: 24 }
    evidence: "edges/a"
  }
  states {
    state { name: "states/IDN" display_name: "Indonesia" }
    status: PARTICIPATION_STATUS_OUTSIDE
  }
  coverage { level: COVERAGE_LEVEL_PARTIAL as_of { year: 2024 } }
  basis {
    as_of { year: 2026 month: 2 day: 3 } as_of_defaulted: true
    min_confidence: CONFIDENCE_RECALLED
    left_out_statements: 3 left_out_unverified_statements: 2
    notes: "The list is partial."
  }
  statements { name: "edges/a" citations { source: "sources/un" } }
  sources { name: "sources/un" title: "UN status page" url: "https://un.example" }
  truncated: true
  reached_bounds: BOUND_DEADLINE
  revision: "token"
)";

TEST(RenderStatusTest, SaysWhatWasCountedAndWhatWasLeftOut) {
  const auto response = FromText<instruments::v1::GetStatusResponse>(kStatus);
  const std::string text = FormatTable(RenderStatus(response, true), {.width = 160});
  EXPECT_THAT(text, HasSubstr("ATT (instruments/att): 1 party of 2 on 2026-02-03, counted by entry "
                              "into force, over ASEAN (groupings/asean)"));
  EXPECT_THAT(text, HasSubstr("List of participants: partial, known up to 2024."));
  EXPECT_THAT(text, HasSubstr("As of 2026-02-03 (today), revision token; statements of confidence "
                              "recalled or better; 3 statements left out, 2 of them unverified."));
  EXPECT_THAT(text, HasSubstr("The list is partial."));
  EXPECT_THAT(text, HasSubstr("Not the whole answer: a limit was reached (deadline)."));
  EXPECT_THAT(text, HasSubstr("PHL   Philippines  party    2022-03-24  [1]"));
  EXPECT_THAT(text, HasSubstr("[1]  UN status page  https://un.example"));
}

TEST(RenderStatusTest, NamesStatesInCsvAlways) {
  const auto response = FromText<instruments::v1::GetStatusResponse>(kStatus);
  EXPECT_THAT(FormatTable(RenderStatus(response, false), {}), Not(HasSubstr("Philippines")));
  EXPECT_EQ(FormatCsv(RenderStatus(response, false)),
            "state,code,display_name,status,signed_date,deposit_date,in_force_date,end_date,act,"
            "through,sources\n"
            "states/PHL,PHL,Philippines,party,,2022-03-24,,,,,sources/un\n"
            "states/IDN,IDN,Indonesia,outside,,,,,,,\n");
}

TEST(WordTest, SurvivesValuesOfANewerServer) {
  EXPECT_EQ(Word(instruments::v1::PARTICIPATION_STATUS_COMMITTED_THROUGH), "committed through");
  EXPECT_EQ(Word(synergy::v1::COMMITMENT_CLASS_NEW), "new");
  EXPECT_EQ(Word(instruments::v1::PARTICIPATION_STATUS_UNSPECIFIED), "");
  EXPECT_EQ(EnumWord(instruments::v1::ParticipationStatus_descriptor(), 99), "value 99");
}

TEST(RenderSynergiesTest, ShowsThemesWithTheirBestCommitmentAndSources) {
  const auto response = FromText<synergy::v1::FindSynergiesResponse>(R"(
    state { name: "states/IDN" display_name: "Indonesia" }
    target { name: "instruments/att" display_name: "ATT" }
    totals { commitment_class: COMMITMENT_CLASS_POLITICAL_SAME_GOODS themes: 1 }
    totals { commitment_class: COMMITMENT_CLASS_NEW themes: 1 }
    themes {
      theme { name: "themes/control-list" display_name: "Control list" }
      best_class: COMMITMENT_CLASS_POLITICAL_SAME_GOODS
      joining_effect: JOINING_EFFECT_BECOMES_BINDING
      commitments {
        instrument { name: "instruments/unpoa" display_name: "UN PoA" }
        provision { name: "provisions/unpoa-2" display_name: "UN PoA Sec. II" }
        status: PARTICIPATION_STATUS_ADDRESSED
        confidence: CONFIDENCE_SEEN
        evidence: "edges/a"
        sentence: "One sentence, with a comma."
      }
    }
    themes {
      theme { name: "themes/gender" }
      best_class: COMMITMENT_CLASS_NEW
      joining_effect: JOINING_EFFECT_NEW
      sentence: "Nothing yet."
    }
    statements { name: "edges/a" citations { source: "sources/un" } }
  )");
  const std::string text = FormatTable(RenderSynergies(response), {.width = 120});
  EXPECT_THAT(text, HasSubstr("Control list  political same goods  UN PoA Sec. II  becomes binding"
                              "  seen        [1]"));
  EXPECT_THAT(text, HasSubstr("gender        new"));
  EXPECT_THAT(text, HasSubstr("[1]  sources/un"));
  const std::string csv = FormatCsv(RenderSynergies(response));
  EXPECT_THAT(csv, HasSubstr("themes/control-list,Control list,political same goods,becomes "
                             "binding,instruments/unpoa,provisions/unpoa-2,addressed,"));
  EXPECT_THAT(csv, HasSubstr(",sources/un,\"One sentence, with a comma.\"\n"));
  EXPECT_THAT(csv, HasSubstr("themes/gender,gender,new,new,,,,,,,,,,,Nothing yet.\n"));
}

TEST(RenderPathsTest, ShowsEachHopAsItIsWalked) {
  const auto response = FromText<graph::v1::FindPathsResponse>(R"(
    subgraph {
      nodes { name: "states/IDN" }
      nodes { name: "organizations/asean" }
      nodes { name: "states/PHL" }
      edges {
        name: "edges/a" type: "MEMBER_OF" from: "states/IDN" to: "organizations/asean"
        valid_from { year: 1967 month: 8 day: 8 }
        citations { source: "sources/asean" locator: "Art. 4" confidence: CONFIDENCE_SEEN }
      }
      edges { name: "edges/b" type: "MEMBER_OF" from: "states/PHL" to: "organizations/asean" }
    }
    paths { node_indexes: [ 0, 1, 2 ] edge_indexes: [ 0, 1 ] cost: 2 }
  )");
  const std::string text = FormatTable(RenderPaths(response), {.width = 160});
  EXPECT_THAT(text,
              HasSubstr("states/IDN           MEMBER_OF →  organizations/asean  1967-08-08 to "
                        "…  seen        sources/asean Art. 4"));
  EXPECT_THAT(text, HasSubstr("organizations/asean  ← MEMBER_OF  states/PHL"));
}

TEST(RenderPathsTest, SaysThatThereIsNone) {
  EXPECT_EQ(FormatTable(RenderPaths({}), {}), "There is no path within the limits.\n");
}

TEST(RenderNodeTest, ShowsEveryKindOfValue) {
  const auto response = FromText<graph::v1::GetNodeResponse>(R"(
    node {
      name: "instruments/x" type: "instrument" display_name: "X" aliases: "Ex"
      properties { name: "adopted" value { date { year: 2013 month: 4 } } }
      properties { name: "count" value { integer: 7 } }
      properties { name: "goods" value { texts { values: "a" values: "b" } } }
      properties { name: "open" value { boolean: true } }
      properties { name: "share" value { decimal: 9.6 } }
      marking { traffic_light: TRAFFIC_LIGHT_AMBER_STRICT space: "spaces/room" }
    }
  )");
  EXPECT_EQ(FormatCsv(RenderNode(response)),
            "property,value\ntype,instrument\naliases,Ex\nadopted,2013-04\ncount,7\ngoods,a; b\n"
            "open,yes\nshare,9.6\nmarking,\"amber strict, spaces/room\"\n");
}

TEST(RenderProblemsTest, IsOneCsvRowAProblem) {
  EXPECT_EQ(FormatCsv(RenderProblems({{.file = "data/nodes/state.csv",
                                       .line = 3,
                                       .column = "id",
                                       .text = "`idn` is no id, write IDN"}})),
            "file,line,column,problem\ndata/nodes/state.csv,3,id,\"`idn` is no id, write IDN\"\n");
}

}  // namespace
}  // namespace attlas::cli
