// GetRanking: the largest exporters or importers of an edition.

#include <string>

#include "absl/strings/str_cat.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "graph/base/strings.h"
#include "services/domain/patterns.h"
#include "services/domain/wording.h"
#include "services/transfers/edition_question.h"
#include "services/transfers/flows.h"
#include "services/transfers/rank_limits.h"
#include "services/transfers/transfer_queries.h"

namespace attlas::transfers {
namespace {

using domain::Backward;
using graph::Edge;

void AddPatterns(const QuestionNames& names, graph::v1::MatchPathsRequest* request) {
  *request->add_patterns() =
      names.FromEditions({Backward(domain::kRankedIn), names.ToInstrument()});
  *request->add_patterns() = names.FromEditions({Backward(domain::kRankedIn)});
}

std::string Sentence(const v1::GetRankingResponse& response, std::string_view instrument) {
  return absl::StrCat(
      response.total_size(), " of the ", response.ranked(), " largest ",
      graph::ToAbsl(DirectionWord(response.direction())), " of ", response.edition().period(),
      response.has_grouping() ? absl::StrCat(" are in ", response.grouping().display_name())
                              : std::string(" are listed"),
      "; ", response.un_member_count(), " of them are members of the United Nations, and ",
      response.party_count(), response.party_count() == 1 ? " is a party to " : " are parties to ",
      std::string(instrument), ".");
}

// The statements of the ranking that are about places of the region set.
std::vector<const Edge*> Wanted(const QuestionNames& names, const Members& members,
                                const std::vector<const Edge*>& ranking) {
  if (!names.grouping.has_value()) return ranking;
  std::vector<const Edge*> wanted;
  for (const Edge* ranked : ranking) {
    if (members.contains(ranked->from())) wanted.push_back(ranked);
  }
  return wanted;
}

void Count(const Material& material, const std::vector<const Edge*>& places,
           v1::GetRankingResponse* response) {
  response->set_total_size(static_cast<int32_t>(places.size()));
  int un_members = 0;
  int parties = 0;
  for (const Edge* place : places) {
    if (IsUnMember(material, place->from())) ++un_members;
    if (IsBound(StandingOf(material, place->from()).status)) ++parties;
  }
  response->set_un_member_count(un_members);
  response->set_party_count(parties);
}

}  // namespace

absl::StatusOr<v1::GetRankingResponse> TransferQueries::GetRanking(
    const services::CallContext& context, const v1::GetRankingRequest& request) const {
  ATTLAS_RETURN_IF_ERROR(CheckDirection(request.direction()));
  ATTLAS_RETURN_IF_ERROR(CheckTop("top", request.top()));
  EditionQuestion question(graph_, &subgraphs_, page_tokens_, context);
  ATTLAS_RETURN_IF_ERROR(question.Ask(
      request, [&](QuestionNames* names) { return AddGrouping(request.grouping(), names); },
      AddPatterns));
  const Material& material = question.material();
  const QuestionNames& names = question.names();

  v1::GetRankingResponse response;
  question.Begin(&response);
  response.set_direction(request.direction());
  const std::vector<const Edge*> ranking =
      RankingOf(material, question.edition(), request.direction(), request.top());
  response.set_ranked(static_cast<int32_t>(ranking.size()));
  const Members members = MembersIn(material, names.Name(names.grouping));
  const std::vector<const Edge*> places = Wanted(names, members, ranking);
  Count(material, places, &response);
  const domain::AnswerPage& page = question.page();
  for (size_t i = page.offset; i < page.EndOf(places.size()); ++i) {
    v1::RankedPlace* place = response.add_places();
    *place = PlaceFrom(material, *places[i]);
    const auto member = members.find(places[i]->from());
    if (member == members.end()) continue;
    place->mutable_evidence()->MergeFrom(material.evidence->Use({member->second}));
  }
  response.set_sentence(
      Sentence(response, domain::WithArticle(material.index, material.instrument.name())));
  ATTLAS_RETURN_IF_ERROR(question.Finish(request, &response));
  return response;
}

}  // namespace attlas::transfers
