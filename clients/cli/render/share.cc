// The share of a body's members that takes part in an instrument.
#include "absl/strings/str_cat.h"
#include "clients/cli/render/render.h"
#include "clients/cli/render/words.h"

namespace attlas::cli {
namespace {

using instruments::v1::BodyRole;
using instruments::v1::GetMembershipShareResponse;

Table RolesTable(const GetMembershipShareResponse& response) {
  Table table{.title = "Parts in the body",
              .columns = {{.header = "Part", .key = "role"},
                          {.header = "States", .key = "count", .right = true, .whole = true},
                          {.header = "Counted", .key = "counted"}},
              .rows = {},
              .shown = Shown::kTableOnly};
  // One part alone says nothing that the counts do not.
  if (response.roles_size() == 1) return table;
  for (const BodyRole& role : response.roles()) {
    table.rows.push_back({role.role(), Number(role.count()), YesNo(role.counted())});
  }
  return table;
}

}  // namespace

Document RenderMembershipShare(const GetMembershipShareResponse& response) {
  Document document;
  document.Say(response.sentence(), Tone::kStrong);
  SayBasis(response, &document);
  const bool deposit = response.count_by() != instruments::v1::COUNT_BY_IN_FORCE;
  document.Say(absl::StrCat("On ", DateText(response.basis().as_of()), ", counted by ",
                            deposit ? "deposit" : "entry into force", ". ",
                            CoverageText(response.coverage())));
  document.Say(response.body_definition());
  document.Add(CountsTable(response.counts()));
  document.Add(RolesTable(response));
  Footnotes footnotes(response.statements(), response.sources());
  document.Add(StatesTable(response.members(), true, &footnotes));
  SayNotes(response.basis(), &document);
  SayTruncated(response.truncated(), response.reached_bounds(), &document);
  document.Add(footnotes.ToTable());
  return document;
}

}  // namespace attlas::cli
