// CountInRegion: how many of the largest exporters and importers are in region sets.

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "services/domain/instrument_facts.h"
#include "services/domain/members.h"
#include "services/domain/patterns.h"
#include "services/transfers/flows.h"
#include "services/transfers/rank_limits.h"
#include "services/transfers/transfer_queries.h"

namespace attlas::transfers {
namespace {

using domain::Backward;
using domain::NameKind;
using domain::PatternFrom;
using domain::Scope;
using graph::Edge;
using graph::Node;

constexpr int kMostGroupings = 8;
constexpr int kMostDatasets = 8;
constexpr v1::TransferDirection kDirections[] = {v1::TRANSFER_DIRECTION_EXPORT,
                                                 v1::TRANSFER_DIRECTION_IMPORT};

// The names of the question; where groupings and datasets stand among them.
struct CountNames {
  QuestionNames common;
  std::vector<size_t> groupings;
  std::vector<size_t> datasets;

  std::vector<std::string> At(const std::vector<size_t>& places) const {
    std::vector<std::string> names;
    names.reserve(places.size());
    for (size_t place : places) names.push_back(common.arguments[place].name());
    return names;
  }
};

absl::Status CheckRequest(const v1::CountInRegionRequest& request) {
  if (request.groupings().empty() || request.groupings_size() > kMostGroupings) {
    return graph::InvalidField(
        "groupings", absl::StrCat("is required: from 1 to ", kMostGroupings,
                                  " region sets, such as `canada-indo-pacific-strategy-40`"));
  }
  if (request.datasets_size() > kMostDatasets) {
    return graph::InvalidField("datasets", absl::StrCat("must be at most ", kMostDatasets));
  }
  ATTLAS_RETURN_IF_ERROR(CheckTop("top_exporters", request.top_exporters()));
  return CheckTop("top_importers", request.top_importers());
}

absl::StatusOr<CountNames> CountNamesOf(const v1::CountInRegionRequest& request) {
  CountNames names;
  ATTLAS_ASSIGN_OR_RETURN(names.common, NamesOf(request.instrument(), ""));
  const auto add = [&](NameKind kind, std::string_view list, const auto& texts,
                       std::vector<size_t>* places) -> absl::Status {
    for (int i = 0; i < texts.size(); ++i) {
      const std::string field = absl::StrCat(std::string(list), "[", i, "]");
      ATTLAS_ASSIGN_OR_RETURN(const size_t place,
                              AddName(kind, field, texts.Get(i), &names.common.arguments));
      places->push_back(place);
    }
    return absl::OkStatus();
  };
  ATTLAS_RETURN_IF_ERROR(
      add(NameKind::kGrouping, "groupings", request.groupings(), &names.groupings));
  ATTLAS_RETURN_IF_ERROR(add(NameKind::kDataset, "datasets", request.datasets(), &names.datasets));
  return names;
}

void AddPatterns(const CountNames& names, graph::v1::MatchPathsRequest* request) {
  const std::vector<std::string> datasets = names.At(names.datasets);
  const std::vector<std::string> groupings = names.At(names.groupings);
  const auto from_editions = [&](std::vector<graph::v1::Hop> hops) {
    return datasets.empty() ? domain::PatternFromType("dataset", std::move(hops))
                            : PatternFrom(datasets, std::move(hops));
  };
  *request->add_patterns() = PatternFrom(names.common.instrument(), {});
  *request->add_patterns() = from_editions({});
  *request->add_patterns() = from_editions({Backward(domain::kRankedIn)});
  *request->add_patterns() =
      from_editions({Backward(domain::kRankedIn), names.common.ToInstrument()});
  *request->add_patterns() = from_editions({Backward(domain::kFigureAbout)});
  *request->add_patterns() =
      from_editions({Backward(domain::kFigureAbout), domain::Forward(domain::kCountedOver)});
  *request->add_patterns() = PatternFrom(groupings, {});
  *request->add_patterns() = PatternFrom(groupings, {Backward(domain::kMemberOfGrouping)});
  request->set_omit_node_citations(false);  // A figure carries its own.
}

// The editions to count in: those named, otherwise those published by the date.
absl::StatusOr<std::vector<const Node*>> EditionsToCount(const Material& material,
                                                         const CountNames& names) {
  if (names.datasets.empty()) {
    std::vector<const Node*> published = PublishedEditions(material);
    if (published.empty()) return NoEditionPublished(material, "datasets");
    return published;
  }
  const std::vector<const Node*> all = EditionsOf(material.index);
  const std::vector<std::string> wanted = names.At(names.datasets);
  for (size_t i = 0; i < wanted.size(); ++i) {
    const bool known = std::any_of(
        all.begin(), all.end(), [&](const Node* edition) { return edition->name() == wanted[i]; });
    if (known) continue;
    return graph::InvalidField(
        absl::StrCat("datasets[", i, "]"),
        absl::StrCat("`", wanted[i], "` is no edition of transfer statistics"));
  }
  return all;  // No other edition was asked for.
}

// The published counts of an edition and a direction over a region set.
void FillPublished(const Material& material, const Node& edition, v1::RegionTransferCount* count) {
  const std::string_view wanted =
      count->direction() == v1::TRANSFER_DIRECTION_EXPORT ? "top-exporters" : "top-importers";
  for (const Edge* about : material.index.In(edition.name(), domain::kFigureAbout)) {
    const Node* figure = material.index.FindNode(about->from());
    if (figure == nullptr || !material.scope.reading.Admits(*about)) continue;
    if (graph::TextProperty(figure->properties(), "counted") != wanted) continue;
    const auto over = material.index.Out(figure->name(), domain::kCountedOver);
    const auto counted = std::find_if(over.begin(), over.end(), [&](const Edge* edge) {
      return edge->to() == count->grouping().name() && material.scope.reading.Admits(*edge);
    });
    if (counted == over.end()) continue;
    v1::PublishedCount* published = count->add_published();
    published->set_name(figure->name());
    const std::string_view claim = graph::TextProperty(figure->properties(), "claim");
    published->set_statement(claim.empty() ? figure->display_name() : std::string(claim));
    published->set_value(graph::IntegerProperty(figure->properties(), "published_count"));
    published->set_total(graph::IntegerProperty(figure->properties(), "published_total"));
    const bool same_ranks = published->total() == count->ranked();
    published->set_matches_all(same_ranks && published->value() == count->count());
    published->set_matches_un_members(same_ranks && published->value() == count->un_member_count());
    published->set_explanation(
        std::string(graph::TextProperty(figure->properties(), "explanation")));
    *published->mutable_citations() = figure->citations();
    const graph::Value* guessed = graph::FindProperty((*counted)->properties(), "candidate");
    published->set_region_set_guessed(guessed != nullptr && guessed->boolean());
    material.evidence->Use({about, *counted});
  }
}

v1::RegionTransferCount CountOf(const Material& material, const Node& edition,
                                std::string_view grouping, const Members& members,
                                v1::TransferDirection direction, int32_t top) {
  v1::RegionTransferCount count;
  count.set_dataset(edition.name());
  *count.mutable_grouping() = domain::Named(material.index, grouping);
  count.set_direction(direction);
  const std::vector<const Edge*> ranking = RankingOf(material, edition, direction, top);
  count.set_ranked(static_cast<int32_t>(ranking.size()));
  for (const Edge* ranked : ranking) {
    const auto member = members.find(ranked->from());
    if (member == members.end()) continue;
    v1::RankedPlace* place = count.add_places();
    *place = PlaceFrom(material, *ranked);
    place->mutable_evidence()->MergeFrom(material.evidence->Use({member->second}));
    if (place->un_member()) count.set_un_member_count(count.un_member_count() + 1);
    if (IsBound(place->status().status())) count.set_party_count(count.party_count() + 1);
  }
  count.set_count(count.places_size());
  FillPublished(material, edition, &count);
  return count;
}

// Adds to `lacking` the places of one count that the other has not.
void Lacking(const v1::RegionTransferCount& of, const v1::RegionTransferCount& in,
             google::protobuf::RepeatedPtrField<instruments::v1::NamedNode>* lacking) {
  std::set<std::string_view> there;
  for (const v1::RankedPlace& place : in.places()) there.insert(place.place().name());
  for (const v1::RankedPlace& place : of.places()) {
    if (!there.contains(place.place().name())) *lacking->Add() = place.place();
  }
}

v1::EditionChange ChangeBetween(const v1::RegionTransferCount& before,
                                const v1::RegionTransferCount& after) {
  v1::EditionChange change;
  *change.mutable_grouping() = after.grouping();
  change.set_direction(after.direction());
  change.set_from_dataset(before.dataset());
  change.set_to_dataset(after.dataset());
  Lacking(after, before, change.mutable_entered());
  Lacking(before, after, change.mutable_left());
  change.set_difference(after.count() - before.count());
  return change;
}

// Such as `12 of the 40 largest importers of 2020-2024 (11 members of the United Nations)`.
std::string Phrase(const Material& material, const v1::RegionTransferCount& count) {
  const Node* edition = material.index.FindNode(count.dataset());
  std::string phrase = absl::StrCat(count.count(), " of the ", count.ranked(), " largest ",
                                    std::string(DirectionWord(count.direction())), " of ",
                                    edition == nullptr ? count.dataset() : PeriodOf(*edition));
  if (count.un_member_count() != count.count()) {
    absl::StrAppend(&phrase, " (", count.un_member_count(),
                    " without those that are not members of the United Nations)");
  }
  return phrase;
}

// Counts everything about one region set and returns it in words.
std::string CountRegionSet(const Material& material, const v1::CountInRegionRequest& request,
                           const std::vector<const Node*>& editions, const std::string& grouping,
                           v1::CountInRegionResponse* response) {
  const Members members = MembersIn(material, grouping);
  auto* set = response->add_region_sets();
  *set->mutable_grouping() = domain::Named(material.index, grouping);
  set->set_definition(domain::DefinitionOf(material.index, grouping));
  set->set_size(static_cast<int32_t>(members.size()));
  set->set_un_member_size(
      static_cast<int32_t>(std::count_if(members.begin(), members.end(), [&](const auto& member) {
        return IsUnMember(material, member.first);
      })));
  std::vector<std::string> phrases;
  for (const v1::TransferDirection direction : kDirections) {
    const int32_t top = direction == v1::TRANSFER_DIRECTION_EXPORT ? request.top_exporters()
                                                                   : request.top_importers();
    for (size_t i = 0; i < editions.size(); ++i) {
      *response->add_counts() = CountOf(material, *editions[i], grouping, members, direction, top);
      const int last = response->counts_size() - 1;
      phrases.push_back(Phrase(material, response->counts(last)));
      if (i == 0) continue;
      *response->add_changes() = ChangeBetween(response->counts(last - 1), response->counts(last));
    }
  }
  return absl::StrCat(set->grouping().display_name(), ": ", absl::StrJoin(phrases, "; "), ".");
}

}  // namespace

absl::StatusOr<v1::CountInRegionResponse> TransferQueries::CountInRegion(
    const services::CallContext& context, const v1::CountInRegionRequest& request) const {
  ATTLAS_RETURN_IF_ERROR(CheckRequest(request));
  ATTLAS_ASSIGN_OR_RETURN(const Scope scope, domain::MakeScope(request.read()));
  ATTLAS_ASSIGN_OR_RETURN(CountNames names, CountNamesOf(request));
  ATTLAS_ASSIGN_OR_RETURN(const auto index,
                          subgraphs_.Ask(context, scope, &names.common.arguments,
                                         [&](auto* question) { AddPatterns(names, question); }));
  domain::EvidenceGatherer evidence(*index, scope);
  ATTLAS_ASSIGN_OR_RETURN(const Material material,
                          MakeMaterial(graph_, context, scope, names.common, *index, &evidence));
  ATTLAS_ASSIGN_OR_RETURN(const std::vector<const Node*> editions,
                          EditionsToCount(material, names));
  v1::CountInRegionResponse response;
  *response.mutable_instrument() = domain::Named(*index, material.instrument.name());
  for (const Node* edition : editions) {
    *response.add_editions() = EditionFrom(material, *edition);
  }
  std::vector<std::string> sentences;
  for (const std::string& grouping : names.At(names.groupings)) {
    sentences.push_back(CountRegionSet(material, request, editions, grouping, &response));
  }
  response.set_sentence(absl::StrJoin(sentences, " "));
  *response.mutable_coverage() = domain::CoverageOf(material.instrument, scope);
  evidence.NoteAllLeftOut();
  evidence.WriteTo(&response);
  ATTLAS_RETURN_IF_ERROR(domain::AddSources(graph_, context, scope, request, &response));
  return response;
}

}  // namespace attlas::transfers
