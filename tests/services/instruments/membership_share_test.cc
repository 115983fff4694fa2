#include <map>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/instruments/instrument_queries.h"
#include "tests/services/domain/curated_graph.h"
#include "tests/testing/status_matchers.h"

namespace attlas::instruments {
namespace {

using testing::AsOf;
using ::testing::HasSubstr;

absl::StatusOr<v1::GetMembershipShareResponse> Ask(std::string_view body,
                                                   std::string_view instrument,
                                                   std::string_view date) {
  v1::GetMembershipShareRequest request;
  *request.mutable_read() = AsOf(date);
  request.set_body(std::string(body));
  request.set_instrument(std::string(instrument));
  return InstrumentQueries(&testing::CuratedGraph())
      .GetMembershipShare(testing::OperatorCall(), request);
}

TEST(MembershipShareTest, CountsTheMembersOfOrganizations) {
  struct Row {
    const char* body;
    int members, parties, signatories;
  };
  for (const Row& row :
       {Row{"asean", 11, 1, 4}, Row{"organizations/pif", 18, 7, 2}, Row{"saarc", 8, 2, 1},
        Row{"picp", 21, 7, 2}, Row{"oco", 25, 7, 2}, Row{"arf", 26, 7, 7}}) {
    ASSERT_OK_AND_ASSIGN(const auto response, Ask(row.body, "att", "2026-02-03"));
    EXPECT_EQ(response.counts().size(), row.members) << row.body;
    EXPECT_EQ(response.counts().parties(), row.parties) << row.body;
    EXPECT_EQ(response.counts().signatories(), row.signatories) << row.body;
    EXPECT_EQ(response.members_size(), row.members) << row.body;
    EXPECT_DOUBLE_EQ(response.party_share_pct(), 100.0 * row.parties / row.members) << row.body;
    EXPECT_DOUBLE_EQ(response.party_or_signatory_share_pct(),
                     100.0 * (row.parties + row.signatories) / row.members)
        << row.body;
  }
}

// Who may take part in a dialogue is no member, and is shown apart.
TEST(MembershipShareTest, ShowsRolesThatAreNotCounted) {
  ASSERT_OK_AND_ASSIGN(const auto response, Ask("pif", "att", "2026-02-03"));
  std::map<std::string, std::pair<int, bool>> roles;
  for (const auto& role : response.roles()) roles[role.role()] = {role.count(), role.counted()};
  EXPECT_EQ(roles, (std::map<std::string, std::pair<int, bool>>{{"member", {18, true}},
                                                                {"associate-member", {1, false}},
                                                                {"dialogue-partner", {17, false}},
                                                                {"observer", {1, false}}}));
}

TEST(MembershipShareTest, FollowsThoseWhoEnterAndThoseWhoJoin) {
  ASSERT_OK_AND_ASSIGN(const auto before, Ask("asean", "att", "2022-03-23"));
  EXPECT_EQ(before.counts().size(), 10);  // Timor-Leste entered on 26 October 2025.
  EXPECT_EQ(before.counts().parties(), 0);
  EXPECT_EQ(before.counts().signatories(), 5);
  ASSERT_OK_AND_ASSIGN(const auto after, Ask("asean", "att", "2022-03-24"));
  EXPECT_EQ(after.counts().parties(), 1);
  EXPECT_EQ(after.counts().signatories(), 4);
}

TEST(MembershipShareTest, CountsAGroupingAsGetStatusDoes) {
  InstrumentQueries queries(&testing::CuratedGraph());
  for (const char* grouping : {"unrcpd-43", "un-asia-pacific-group"}) {
    ASSERT_OK_AND_ASSIGN(const auto share, Ask(grouping, "att", "2026-02-03"));
    v1::GetStatusRequest request;
    *request.mutable_read() = AsOf("2026-02-03");
    request.set_instrument("att");
    request.set_grouping(grouping);
    ASSERT_OK_AND_ASSIGN(const auto status, queries.GetStatus(testing::OperatorCall(), request));
    EXPECT_EQ(share.counts().SerializeAsString(), status.counts().SerializeAsString());
    EXPECT_EQ(share.body_definition(), status.grouping_definition());
  }
}

// A share of nobody is no number.
TEST(MembershipShareTest, HasNoShareWhereNoMemberIsKnown) {
  ASSERT_OK_AND_ASSIGN(const auto response, Ask("asean", "att", "1960"));
  EXPECT_EQ(response.counts().size(), 0);
  EXPECT_FALSE(response.has_party_share_pct());
  EXPECT_THAT(response.sentence(), HasSubstr("No member of"));
}

TEST(MembershipShareTest, EachMemberRestsOnItsMembershipAndItsAct) {
  ASSERT_OK_AND_ASSIGN(const auto response, Ask("asean", "att", "2026-02-03"));
  std::map<std::string, std::string> member_by_statement;
  for (const auto& statement : response.statements()) {
    if (statement.type() != "MEMBER_OF") continue;
    EXPECT_EQ(statement.to(), "organizations/asean");
    member_by_statement[statement.name()] = statement.from();
  }
  EXPECT_EQ(member_by_statement.size(), 11u);
  for (const auto& member : response.members()) {
    int memberships = 0;
    for (const std::string& name : member.evidence()) {
      const auto it = member_by_statement.find(name);
      if (it == member_by_statement.end()) continue;
      EXPECT_EQ(it->second, member.state().name());
      ++memberships;
    }
    EXPECT_EQ(memberships, 1) << member.state().name();
  }
}

TEST(MembershipShareTest, NamesTheFieldOfAnUnknownBody) {
  const auto response = Ask("organizations/pfi", "att", "2026-02-03");
  EXPECT_EQ(response.status().code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(std::string(response.status().message()), HasSubstr("organizations/pif"));
  EXPECT_EQ(Ask("states/IDN", "att", "2026-02-03").status().code(),
            absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace attlas::instruments
