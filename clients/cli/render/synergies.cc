// Which own commitments of a state serve the themes of an instrument.
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/names.h"
#include "clients/cli/render/render.h"
#include "clients/cli/render/words.h"

namespace attlas::cli {
namespace {

using synergy::v1::ClassTotal;
using synergy::v1::Commitment;
using synergy::v1::CommitmentClass;
using synergy::v1::FindSynergiesResponse;
using synergy::v1::ThemeSynergy;

Tone ToneOfClass(CommitmentClass commitment_class) {
  switch (commitment_class) {
    case synergy::v1::COMMITMENT_CLASS_BINDING_SAME_GOODS:
    case synergy::v1::COMMITMENT_CLASS_POLITICAL_SAME_GOODS:
      return Tone::kGood;
    case synergy::v1::COMMITMENT_CLASS_NEW:
      return Tone::kPoor;
    default:
      return Tone::kFair;
  }
}

// A provision, with its instrument where its own name does not start with it.
std::string ProvisionOf(const Commitment& commitment) {
  const std::string instrument = Called(commitment.instrument());
  std::string provision = Called(commitment.provision());
  if (provision.starts_with(instrument)) return provision;
  return absl::StrCat(instrument, ", ", provision);
}

Table TotalsTable(const FindSynergiesResponse& response) {
  Table table{.title = "",
              .columns = {{.header = "Best own commitment", .key = "class"},
                          {.header = "Themes", .key = "themes", .right = true, .whole = true}},
              .rows = {},
              .shown = Shown::kTableOnly};
  for (const ClassTotal& total : response.totals()) {
    table.rows.push_back(
        {Cell(Word(total.commitment_class()), ToneOfClass(total.commitment_class())),
         Number(total.themes())});
  }
  return table;
}

std::string AgenciesOf(const ThemeSynergy& theme) {
  std::vector<std::string> names;
  for (const auto& link : theme.agencies()) names.push_back(Called(link.agency()));
  return absl::StrJoin(names, "; ");
}

// The best commitment of each theme.
Table ThemesTable(const FindSynergiesResponse& response, Footnotes* footnotes) {
  Table table{.title = "Themes",
              .columns = {{.header = "Theme", .key = "theme"},
                          {.header = "Best own commitment", .key = "class"},
                          {.header = "By", .key = "by"},
                          {.header = "Joining", .key = "joining_effect"},
                          {.header = "Confidence", .key = "confidence"},
                          {.header = "Sources", .key = "sources"}},
              .rows = {},
              .shown = Shown::kTableOnly};
  for (const ThemeSynergy& theme : response.themes()) {
    std::string by;
    std::string confidence;
    std::string sources;
    if (theme.commitments_size() > 0) {
      const Commitment& best = theme.commitments(0);
      by = ProvisionOf(best);
      confidence = Word(best.confidence());
      sources = footnotes->Mark(best.evidence());
    }
    table.rows.push_back(
        {Called(theme.theme()), Cell(Word(theme.best_class()), ToneOfClass(theme.best_class())),
         std::move(by), Word(theme.joining_effect()), std::move(confidence), std::move(sources)});
  }
  return table;
}

// One row a commitment, for CSV; a theme without one has a row of its own.
Table CommitmentsTable(const FindSynergiesResponse& response, const Footnotes& footnotes) {
  Table table{.title = "", .columns = {}, .rows = {}, .shown = Shown::kCsvOnly};
  for (const char* key :
       {"theme", "theme_name", "best_class", "joining_effect", "instrument", "provision", "status",
        "goods", "strength", "reach", "class", "confidence", "agencies", "sources", "sentence"}) {
    table.columns.push_back({.header = key, .key = key});
  }
  for (const ThemeSynergy& theme : response.themes()) {
    const std::vector<Cell> head = {theme.theme().name(), Called(theme.theme()),
                                    Word(theme.best_class()), Word(theme.joining_effect())};
    for (const Commitment& commitment : theme.commitments()) {
      std::vector<Cell> row = head;
      for (Cell cell :
           {Cell(commitment.instrument().name()), Cell(commitment.provision().name()),
            Cell(Word(commitment.status())), Cell(Word(commitment.goods())),
            Cell(Word(commitment.strength())), Cell(Word(commitment.reach())),
            Cell(Word(commitment.commitment_class())), Cell(Word(commitment.confidence())),
            Cell(AgenciesOf(theme)), Cell(footnotes.SourceNames(commitment.evidence())),
            Cell(commitment.sentence())}) {
        row.push_back(std::move(cell));
      }
      table.rows.push_back(std::move(row));
    }
    if (theme.commitments_size() == 0) {
      std::vector<Cell> row = head;
      row.resize(table.columns.size(), Cell(""));
      row[12] = AgenciesOf(theme);
      row[14] = theme.sentence();
      table.rows.push_back(std::move(row));
    }
  }
  return table;
}

Table InstrumentsTable(const FindSynergiesResponse& response) {
  Table table{.title = "Instruments that carry them",
              .columns = {{.header = "Instrument", .key = "instrument"},
                          {.header = "Status", .key = "status"},
                          {.header = "Goods", .key = "goods"},
                          {.header = "Shared", .key = "shared", .right = true, .whole = true},
                          {.header = "Best", .key = "best", .right = true, .whole = true},
                          {.header = "Alone", .key = "alone", .right = true, .whole = true}},
              .rows = {},
              .shown = Shown::kTableOnly};
  for (const auto& ranked : response.instruments()) {
    table.rows.push_back({Called(ranked.instrument()),
                          Cell(Word(ranked.status()), ToneOf(ranked.status())),
                          Word(ranked.goods()), Number(ranked.shared_themes()),
                          Number(ranked.best_themes()), Number(ranked.only_best_themes())});
  }
  return table;
}

Table AgenciesTable(const FindSynergiesResponse& response, Footnotes* footnotes) {
  Table table{.title = "Agencies that hold a role there",
              .columns = {{.header = "Theme", .key = "theme"},
                          {.header = "Agency", .key = "agency"},
                          {.header = "Role", .key = "role"},
                          {.header = "Sources", .key = "sources"}},
              .rows = {},
              .shown = Shown::kTableOnly};
  for (const ThemeSynergy& theme : response.themes()) {
    for (const auto& link : theme.agencies()) {
      table.rows.push_back({Called(theme.theme()), Called(link.agency()), Called(link.role()),
                            footnotes->Mark(link.evidence())});
    }
  }
  return table;
}

}  // namespace

Document RenderSynergies(const FindSynergiesResponse& response) {
  Document document;
  document.Say(absl::StrCat(CalledWithId(response.state()), " towards ",
                            response.target().display_name(), " (", response.target().name(), ")"),
               Tone::kStrong);
  document.Say(response.sentence());
  SayBasis(response, &document);
  if (response.left_out().statements() > 0) {
    document.Say(response.left_out().sentence(), Tone::kDim);
  }
  SayTruncated(response.truncated(), response.reached_bounds(), &document);
  Footnotes footnotes(response.statements(), response.sources());
  document.Add(TotalsTable(response));
  document.Add(ThemesTable(response, &footnotes));
  document.Add(CommitmentsTable(response, footnotes));
  document.Add(InstrumentsTable(response));
  document.Add(AgenciesTable(response, &footnotes));
  SayNotes(response.basis(), &document);
  document.Add(footnotes.ToTable());
  return document;
}

}  // namespace attlas::cli
