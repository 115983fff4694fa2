// The states that are nearest to joining an instrument.
#include "absl/strings/str_cat.h"
#include "clients/cli/names.h"
#include "clients/cli/render/render.h"
#include "clients/cli/render/words.h"

namespace attlas::cli {
namespace {

using instruments::v1::Candidate;
using instruments::v1::RankCandidatesResponse;

std::vector<Column> Columns() {
  const auto number = [](const char* header, const char* key) {
    return Column{.header = header, .key = key, .right = true, .shown = Shown::kCsvOnly};
  };
  const auto shown = [](const char* header) {
    return Column{.header = header, .key = "", .whole = true, .shown = Shown::kTableOnly};
  };
  return {{.header = "State", .key = "state", .shown = Shown::kCsvOnly},
          {.header = "Code", .key = "code", .whole = true},
          {.header = "State", .key = "display_name"},
          {.header = "Status", .key = "status"},
          {.header = "Signed", .key = "signed_date", .shown = Shown::kCsvOnly},
          shown("Same goods"),
          shown("Rest"),
          shown("Events"),
          shown("Concerns"),
          number("Binding", "binding_same_goods"),
          number("Political", "political_same_goods"),
          number("Voluntary", "voluntary_same_goods"),
          number("One state", "one_state_reach"),
          number("General", "general"),
          number("Other goods", "other_goods"),
          number("New", "new_themes"),
          number("Events", "events"),
          {.header = "Latest event", .key = "latest_event_date", .shown = Shown::kCsvOnly},
          number("Concerns", "concerns"),
          number("Unanswered", "unanswered_concerns"),
          {.header = "Latest concern", .key = "latest_concern_date", .shown = Shown::kCsvOnly},
          {.header = "Sources", .key = "sources", .shown = Shown::kTableOnly},
          {.header = "Sources", .key = "sources", .shown = Shown::kCsvOnly}};
}

std::vector<Cell> Row(const Candidate& candidate, Footnotes* footnotes) {
  const auto& status = candidate.status();
  const auto& themes = candidate.themes();
  return {status.state().name(),
          IdOf(status.state().name()),
          Called(status.state()),
          Cell(Word(status.status()), ToneOf(status.status())),
          DateText(status.signed_date()),
          absl::StrCat(themes.binding_same_goods(), "+", themes.political_same_goods(), "+",
                       themes.voluntary_same_goods()),
          absl::StrCat(themes.one_state_reach(), "+", themes.general(), "+", themes.other_goods(),
                       "+", themes.new_themes()),
          absl::StrCat(candidate.events()),
          candidate.concerns() == 0
              ? std::string()
              : absl::StrCat(candidate.unanswered_concerns(), " of ", candidate.concerns()),
          Number(themes.binding_same_goods()),
          Number(themes.political_same_goods()),
          Number(themes.voluntary_same_goods()),
          Number(themes.one_state_reach()),
          Number(themes.general()),
          Number(themes.other_goods()),
          Number(themes.new_themes()),
          Number(candidate.events()),
          DateText(candidate.latest_event_date()),
          Number(candidate.concerns()),
          Number(candidate.unanswered_concerns()),
          DateText(candidate.latest_concern_date()),
          footnotes->Mark(candidate.evidence()),
          footnotes->SourceNames(candidate.evidence())};
}

}  // namespace

Document RenderCandidates(const RankCandidatesResponse& response) {
  Document document;
  const int themes = response.candidates_size() > 0 ? response.candidates(0).themes().total() : 0;
  document.Say(
      absl::StrCat(CalledWithId(response.instrument()), ": ",
                   Counted(response.total_size(), "state"), " of ", response.counts().size(),
                   " that may still join, on ", DateText(response.basis().as_of()),
                   response.grouping().name().empty()
                       ? std::string()
                       : absl::StrCat(", over ", CalledWithId(response.grouping()))),
      Tone::kStrong);
  SayBasis(response, &document);
  document.Say(response.grouping_definition());
  document.Say(absl::StrCat(
      "Of its ", Counted(themes, "theme"),
      ", by the best own commitment: for the same goods (binding + political + voluntary), and the "
      "rest (reach to one state + general + other goods + new). Concerns: how many of them nothing "
      "answers yet. Order: signatories; more themes for the same goods; more events; fewer "
      "unanswered concerns."));
  Footnotes footnotes(response.statements(), response.sources());
  Table table{.title = "", .columns = Columns(), .rows = {}};
  for (const Candidate& candidate : response.candidates()) {
    table.rows.push_back(Row(candidate, &footnotes));
  }
  document.Add(std::move(table));
  if (response.candidates_size() < response.total_size()) {
    document.Say(absl::StrCat(response.candidates_size(), " of ", response.total_size(),
                              " are shown; --limit shows more."));
  }
  SayNotes(response.basis(), &document);
  SayTruncated(response.truncated(), response.reached_bounds(), &document);
  document.Add(footnotes.ToTable());
  return document;
}

}  // namespace attlas::cli
