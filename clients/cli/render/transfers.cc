// Who exports arms to whom, by edition of published statistics.
#include <algorithm>
#include <initializer_list>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "clients/cli/render/render.h"
#include "clients/cli/render/words.h"

namespace attlas::cli {
namespace {

using google::protobuf::RepeatedPtrField;
using transfers::v1::CountInRegionResponse;
using transfers::v1::Edition;
using transfers::v1::GetCustomersResponse;
using transfers::v1::GetExposureResponse;
using transfers::v1::GetRankingResponse;
using transfers::v1::GetSuppliersResponse;
using transfers::v1::ImporterExposure;
using transfers::v1::PlaceContext;
using transfers::v1::RankedPlace;
using transfers::v1::RegionTransferCount;
using transfers::v1::TradePartner;

Column NumberColumn(std::string header, std::string key) {
  return {.header = std::move(header), .key = std::move(key), .right = true, .whole = true};
}

std::string Percent(bool has, double share) {
  return has ? absl::StrFormat("%.4g", share) : std::string();
}

Cell StatusCell(const instruments::v1::StateStatus& status) {
  return {Word(status.status()), ToneOf(status.status())};
}

void SayEdition(const Edition& edition, Document* document) {
  document->Say(absl::StrCat("Edition: ", edition.dataset().display_name(), " (",
                             edition.dataset().name(), "), published ",
                             DateText(edition.published()), ". ", edition.method(), " ",
                             edition.licence()));
}

// What stands at the end of every answer.
template <typename Response>
void SayEnd(const Response& response, const Footnotes& footnotes, Document* document) {
  document->Say(CoverageText(response.coverage()), Tone::kDim);
  SayNotes(response.basis(), document);
  SayTruncated(response.truncated(), response.reached_bounds(), document);
  document->Add(footnotes.ToTable());
}

std::string Contexts(const RepeatedPtrField<PlaceContext>& contexts) {
  std::vector<std::string> parts;
  for (const PlaceContext& context : contexts) {
    parts.push_back(absl::StrCat(context.context().display_name(), " [", context.kind(),
                                 context.period().empty() ? "" : ", ", context.period(),
                                 context.on_date() ? "" : ", past", "]"));
  }
  return absl::StrJoin(parts, "; ");
}

// The kinds of what touches a state on the date, each once; the table below it names them.
std::string ContextKinds(const RepeatedPtrField<PlaceContext>& contexts) {
  std::set<std::string> kinds;
  for (const PlaceContext& context : contexts) {
    if (context.on_date()) kinds.insert(context.kind());
  }
  return absl::StrJoin(kinds, ", ");
}

// The marks of several lists of statements together.
std::string MarkAll(std::initializer_list<const Names*> lists, Footnotes* footnotes) {
  Names all;
  for (const Names* names : lists) all.MergeFrom(*names);
  return footnotes->Mark(all);
}

std::string ContextNames(const RepeatedPtrField<PlaceContext>& contexts) {
  std::vector<std::string> names;
  for (const PlaceContext& context : contexts) names.push_back(context.context().name());
  return absl::StrJoin(names, ";");
}

Table PartnersTable(const RepeatedPtrField<TradePartner>& partners, std::string partner_word,
                    Footnotes* footnotes) {
  Table table{.title = "",
              .columns = {{.header = partner_word, .key = "display_name"},
                          {.header = "Code", .key = "partner", .shown = Shown::kCsvOnly},
                          {.header = "Status", .key = "status"},
                          NumberColumn("% of imports", "share_of_imports_pct"),
                          NumberColumn("% of exports", "share_of_exports_pct"),
                          {.header = "Conflict, measures, crime", .key = "contexts"},
                          {.header = "Contexts", .key = "context_names", .shown = Shown::kCsvOnly},
                          {.header = "Sources", .key = "sources"}},
              .rows = {}};
  for (const TradePartner& partner : partners) {
    table.rows.push_back(
        {Called(partner.partner()), partner.partner().name(), StatusCell(partner.status()),
         Percent(partner.has_share_of_imports_pct(), partner.share_of_imports_pct()),
         Percent(partner.has_share_of_exports_pct(), partner.share_of_exports_pct()),
         Contexts(partner.contexts()), ContextNames(partner.contexts()),
         MarkAll({&partner.evidence(), &partner.status().evidence()}, footnotes)});
  }
  return table;
}

Table PlacesTable(const RepeatedPtrField<RankedPlace>& places, Footnotes* footnotes) {
  Table table{.title = "",
              .columns = {NumberColumn("Rank", "rank"),
                          {.header = "Place", .key = "display_name"},
                          {.header = "Code", .key = "place", .shown = Shown::kCsvOnly},
                          {.header = "UN member", .key = "un_member"},
                          NumberColumn("% of world", "share_pct"),
                          NumberColumn("Change %", "change_pct"),
                          {.header = "Status", .key = "status"},
                          {.header = "Sources", .key = "sources"}},
              .rows = {}};
  for (const RankedPlace& place : places) {
    table.rows.push_back(
        {Number(place.rank()), Called(place.place()), place.place().name(),
         YesNo(place.un_member()), Percent(place.has_share_pct(), place.share_pct()),
         Percent(place.has_change_pct(), place.change_pct()), StatusCell(place.status()),
         MarkAll({&place.evidence(), &place.status().evidence()}, footnotes)});
  }
  return table;
}

// The places of a count with their ranks, such as `China 4, Australia 17`.
std::string RankedList(const RegionTransferCount& count) {
  std::vector<std::string> parts;
  for (const RankedPlace& place : count.places()) {
    parts.push_back(absl::StrCat(Called(place.place()), " ", place.rank(),
                                 place.un_member() ? "" : " (no UN member)"));
  }
  return absl::StrJoin(parts, ", ");
}

std::string PublishedText(const RegionTransferCount& count) {
  std::vector<std::string> parts;
  for (const auto& published : count.published()) {
    parts.push_back(absl::StrCat(published.value(), " of ", published.total(),
                                 published.matches_all()          ? " (same)"
                                 : published.matches_un_members() ? " (same for UN members)"
                                                                  : " (differs)"));
  }
  return absl::StrJoin(parts, ", ");
}

Table CountTable(const CountInRegionResponse& response) {
  Table table{
      .title = "",
      .columns = {{.header = "Region set",
                   .key = "grouping",
                   // One alone is named above the table.
                   .shown = response.region_sets_size() > 1 ? Shown::kEverywhere : Shown::kCsvOnly},
                  {.header = "Edition", .key = "dataset", .shown = Shown::kCsvOnly},
                  {.header = "Period", .key = "period", .whole = true},
                  {.header = "Ranking", .key = "direction"},
                  NumberColumn("Of", "ranked"),
                  NumberColumn("In the set", "count"),
                  NumberColumn("UN members", "un_member_count"),
                  NumberColumn("Parties", "party_count"),
                  {.header = "Published", .key = "published"},
                  {.header = "Ranks", .key = "places"}},
      .rows = {}};
  for (const RegionTransferCount& count : response.counts()) {
    std::string period;
    for (const Edition& edition : response.editions()) {
      if (edition.dataset().name() == count.dataset()) period = edition.period();
    }
    table.rows.push_back({count.grouping().name(), count.dataset(), period, Word(count.direction()),
                          Number(count.ranked()), Number(count.count()),
                          Number(count.un_member_count()), Number(count.party_count()),
                          PublishedText(count), RankedList(count)});
  }
  return table;
}

void SayChanges(const CountInRegionResponse& response, Document* document) {
  for (const auto& change : response.changes()) {
    std::string text =
        absl::StrCat(change.grouping().display_name(), ", ", Word(change.direction()), ", from ",
                     change.from_dataset(), " to ", change.to_dataset(), ": ");
    const std::string entered = CalledList(change.entered());
    const std::string left = CalledList(change.left());
    absl::StrAppend(&text, entered.empty() ? "nobody entered" : absl::StrCat(entered, " entered"),
                    ", ", left.empty() ? "nobody left" : absl::StrCat(left, " left"), ".");
    document->Say(std::move(text));
  }
}

void SayImporter(const ImporterExposure& importer, Document* document) {
  document->Say(absl::StrCat(
      CalledWithId(importer.status().state()), ": ", Word(importer.status().status()),
      importer.has_rank() ? absl::StrCat("; importer no. ", importer.rank(), " of the world")
                          : std::string()));
  document->Say(importer.sentence(), Tone::kStrong);
  if (!importer.contexts().empty()) document->Say(absl::StrCat(Contexts(importer.contexts()), "."));
}

Table ImportersTable(const GetExposureResponse& response, Footnotes* footnotes) {
  Table table{.title = "",
              .columns = {{.header = "Importer", .key = "display_name"},
                          {.header = "Code", .key = "importer", .shown = Shown::kCsvOnly},
                          {.header = "Status", .key = "status"},
                          NumberColumn("Rank", "rank"),
                          NumberColumn("Party %", "party_pct"),
                          NumberColumn("Signed %", "signatory_pct"),
                          NumberColumn("Other %", "other_pct"),
                          NumberColumn("Not named %", "unnamed_pct"),
                          {.header = "Suppliers", .key = "suppliers"},
                          {.header = "Touched by", .key = "context_kinds"},
                          {.header = "Contexts", .key = "contexts", .shown = Shown::kCsvOnly},
                          {.header = "Sources", .key = "sources"}},
              .rows = {}};
  for (const ImporterExposure& importer : response.importers()) {
    std::vector<std::string> suppliers;
    Names evidence = importer.evidence();
    for (const TradePartner& supplier : importer.suppliers()) {
      suppliers.push_back(
          absl::StrCat(Called(supplier.partner()),
                       supplier.has_share_of_imports_pct()
                           ? absl::StrFormat(" %.4g%%", supplier.share_of_imports_pct())
                           : std::string(),
                       " (", Word(supplier.status().status()), ")"));
      evidence.MergeFrom(supplier.evidence());
      evidence.MergeFrom(supplier.status().evidence());
    }
    const bool known = importer.has_shares();
    const auto& shares = importer.shares();
    table.rows.push_back(
        {Called(importer.status().state()), importer.status().state().name(),
         StatusCell(importer.status()), importer.has_rank() ? Number(importer.rank()) : "",
         Percent(known, shares.party_pct()), Percent(known, shares.signatory_pct()),
         Percent(known, shares.other_pct()), Percent(known, shares.unnamed_pct()),
         absl::StrJoin(suppliers, ", "), ContextKinds(importer.contexts()),
         ContextNames(importer.contexts()), footnotes->Mark(evidence)});
  }
  return table;
}

// What touches the importers, each context once.
Table ContextsTable(const GetExposureResponse& response, Footnotes* footnotes) {
  struct Row {
    const PlaceContext* context;
    std::vector<std::string> importers;
    Names evidence;
  };
  std::map<std::string, Row> rows;  // By kind, then by name.
  for (const ImporterExposure& importer : response.importers()) {
    for (const PlaceContext& context : importer.contexts()) {
      Row& row = rows[absl::StrCat(context.kind(), "/", context.context().name())];
      row.context = &context;
      row.importers.push_back(
          absl::StrCat(Called(importer.status().state()), context.on_date() ? "" : " (past)"));
      *row.evidence.Add() = context.evidence();
    }
  }
  Table table{.title = "Conflict, measures and crime",
              .columns = {{.header = "Kind", .key = "kind"},
                          {.header = "Context", .key = "context"},
                          {.header = "When", .key = "period"},
                          {.header = "Touches", .key = "importers"},
                          {.header = "Sources", .key = "sources"}},
              .rows = {},
              .shown = Shown::kTableOnly};
  for (const auto& [key, row] : rows) {
    table.rows.push_back({row.context->kind(), row.context->context().display_name(),
                          row.context->period(), absl::StrJoin(row.importers, ", "),
                          footnotes->Mark(row.evidence)});
  }
  return table;
}

}  // namespace

Document RenderRanking(const GetRankingResponse& response) {
  Document document;
  document.Say(response.sentence(), Tone::kStrong);
  SayBasis(response, &document);
  SayEdition(response.edition(), &document);
  document.Say(response.grouping_definition());
  Footnotes footnotes(response.statements(), response.sources());
  document.Add(PlacesTable(response.places(), &footnotes));
  document.SayNextPage(response.next_page_token());
  SayEnd(response, footnotes, &document);
  return document;
}

Document RenderRegionCounts(const CountInRegionResponse& response) {
  Document document;
  document.Say(response.sentence(), Tone::kStrong);
  SayBasis(response, &document);
  for (const Edition& edition : response.editions()) SayEdition(edition, &document);
  for (const auto& set : response.region_sets()) {
    document.Say(absl::StrCat(CalledWithId(set.grouping()), ": ", Counted(set.size(), "place"),
                              ", ", set.un_member_size(),
                              " of them members of the United Nations. ", set.definition()));
  }
  Footnotes footnotes(response.statements(), response.sources());
  document.Add(CountTable(response));
  SayChanges(response, &document);
  for (const RegionTransferCount& count : response.counts()) {
    for (const RankedPlace& place : count.places()) footnotes.Mark(place.evidence());
  }
  SayEnd(response, footnotes, &document);
  return document;
}

Document RenderSuppliers(const GetSuppliersResponse& response) {
  Document document;
  SayImporter(response.importer(), &document);
  SayBasis(response, &document);
  SayEdition(response.edition(), &document);
  Footnotes footnotes(response.statements(), response.sources());
  document.Add(PartnersTable(response.importer().suppliers(), "Supplier", &footnotes));
  document.SayNextPage(response.next_page_token());
  SayEnd(response, footnotes, &document);
  return document;
}

Document RenderCustomers(const GetCustomersResponse& response) {
  Document document;
  document.Say(absl::StrCat(
      CalledWithId(response.exporter().state()), ": ", Word(response.exporter().status()),
      response.has_ranking()
          ? absl::StrCat("; exporter no. ", response.ranking().rank(), " of the world")
          : std::string()));
  document.Say(response.sentence(), Tone::kStrong);
  SayBasis(response, &document);
  SayEdition(response.edition(), &document);
  Footnotes footnotes(response.statements(), response.sources());
  document.Add(PartnersTable(response.customers(), "Customer", &footnotes));
  document.SayNextPage(response.next_page_token());
  SayEnd(response, footnotes, &document);
  return document;
}

Document RenderExposure(const GetExposureResponse& response) {
  Document document;
  document.Say(response.sentence(), Tone::kStrong);
  SayBasis(response, &document);
  SayEdition(response.edition(), &document);
  document.Say(response.grouping_definition());
  std::vector<std::string> duties;
  for (const auto& duty : response.duties()) duties.push_back(duty.provision().display_name());
  duties.erase(std::unique(duties.begin(), duties.end()), duties.end());
  if (!duties.empty()) {
    document.Say(
        absl::StrCat("What binds a supplier that is a party: ", absl::StrJoin(duties, "; "), "."));
  }
  Footnotes footnotes(response.statements(), response.sources());
  document.Add(ImportersTable(response, &footnotes));
  document.Add(ContextsTable(response, &footnotes));
  document.SayNextPage(response.next_page_token());
  SayEnd(response, footnotes, &document);
  return document;
}

}  // namespace attlas::cli
