// Published figures beside our counts.
#include <string>

#include "absl/strings/str_cat.h"
#include "clients/cli/names.h"
#include "clients/cli/render/render.h"
#include "clients/cli/render/words.h"

namespace attlas::cli {
namespace {

using instruments::v1::CompareFiguresResponse;
using instruments::v1::FigureComparison;
using instruments::v1::RegionCount;

std::string Published(const FigureComparison& comparison) {
  const auto& figure = comparison.figure();
  std::string text = figure.has_value() ? Number(figure.value()) : "no number";
  if (figure.has_total()) absl::StrAppend(&text, " of ", figure.total());
  return text;
}

std::string Difference(const RegionCount& count, const FigureComparison& comparison) {
  if (!comparison.figure().has_value()) return "";
  return absl::StrCat(count.difference() > 0 ? "+" : "", count.difference());
}

}  // namespace

Document RenderFigures(const CompareFiguresResponse& response) {
  Document document;
  Footnotes footnotes(response.statements(), response.sources());
  Table table{
      .title = "",
      .columns = {{.header = "Figure", .key = "figure", .shown = Shown::kCsvOnly},
                  {.header = "Region set", .key = "grouping", .shown = Shown::kCsvOnly},
                  {.header = "Region set", .key = "display_name"},
                  {.header = "As of", .key = "as_of", .whole = true},
                  {.header = "Published", .key = "published"},
                  {.header = "Ours", .key = "value", .right = true, .whole = true},
                  {.header = "Of", .key = "size", .right = true, .whole = true},
                  {.header = "Difference", .key = "difference", .right = true, .whole = true},
                  {.header = "Same", .key = "same"},
                  {.header = "States counted", .key = "states", .shown = Shown::kCsvOnly}},
      .rows = {}};
  for (const FigureComparison& comparison : response.comparisons()) {
    document.Say(absl::StrCat(comparison.figure().name(), ": ", comparison.figure().statement()),
                 Tone::kStrong);
    document.Say(comparison.sentence());
    for (const RegionCount& count : comparison.counts()) {
      const bool same = count.value_matches() && count.total_matches();
      table.rows.push_back(
          {comparison.figure().name(), count.grouping().name(),
           count.grouping().name().empty() ? std::string("all states") : Called(count.grouping()),
           DateText(count.as_of()), Published(comparison), Number(count.our_value()),
           Number(count.counts().size()), Difference(count, comparison),
           Cell(YesNo(same), same ? Tone::kGood : Tone::kPlain),
           Joined(count.counted_states(), ";")});
    }
  }
  document.Add(std::move(table));
  SayBasis(response, &document);
  SayNotes(response.basis(), &document);
  SayTruncated(response.truncated(), response.reached_bounds(), &document);
  return document;
}

Document RenderFigureList(const graph::v1::ListNodesResponse& response) {
  Document document;
  Table table{.title = "",
              .columns = {{.header = "Figure", .key = "figure"},
                          {.header = "What was published", .key = "display_name"}},
              .rows = {}};
  for (const auto& node : response.nodes())
    table.rows.push_back({node.name(), node.display_name()});
  document.Add(std::move(table));
  document.Say("`attlas figures <figure>` sets one beside our counts.", Tone::kDim);
  return document;
}

}  // namespace attlas::cli
