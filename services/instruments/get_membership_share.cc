// GetMembershipShare: which share of a body's members takes part in an instrument.

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "graph/base/status_macros.h"
#include "services/domain/act_table.h"
#include "services/domain/evidence.h"
#include "services/domain/instrument_facts.h"
#include "services/domain/members.h"
#include "services/domain/patterns.h"
#include "services/domain/question.h"
#include "services/domain/wording.h"
#include "services/instruments/instrument_queries.h"
#include "services/instruments/population.h"

namespace attlas::instruments {
namespace {

using domain::Backward;
using domain::EvidenceGatherer;
using domain::Forward;
using domain::NameArgument;
using domain::NameKind;
using domain::PatternFrom;
using domain::Reading;
using domain::Scope;
using domain::SubgraphIndex;
using graph::Edge;

void AddPatterns(const std::string& body, const std::string& instrument,
                 graph::v1::MatchPathsRequest* request) {
  const std::string_view belongs = domain::MembershipType(body);
  *request->add_patterns() = PatternFrom(instrument, {});
  *request->add_patterns() = PatternFrom(body, {});
  *request->add_patterns() = PatternFrom(body, {Backward(belongs)});
  *request->add_patterns() =
      PatternFrom(body, {Backward(belongs), domain::To(Forward(domain::kActTypes), instrument)});
}

domain::NamedActs ActsOfMembers(const SubgraphIndex& index, std::string_view body,
                                std::string_view instrument, const Reading& reading) {
  std::vector<std::string_view> states;
  for (const Edge* member : domain::MembersOf(index, body, reading)) {
    states.push_back(member->from());
  }
  return ActsOf(index, states, instrument);
}

// Who has which part in the body on the day.
void FillRoles(const SubgraphIndex& index, std::string_view body, const Reading& reading,
               v1::GetMembershipShareResponse* response) {
  const bool is_grouping = domain::MembershipType(body) == domain::kMemberOfGrouping;
  std::map<std::pair<bool, std::string>, int> counts;  // By (not counted, role).
  for (const Edge* edge : index.In(body, domain::MembershipType(body))) {
    if (!(is_grouping ? reading.Holds(*edge) : reading.Counts(*edge))) continue;
    const std::string role(graph::TextProperty(edge->properties(), "role"));
    ++counts[{!is_grouping && !domain::IsMembership(*edge), role}];
  }
  for (const auto& [key, count] : counts) {
    v1::BodyRole* row = response->add_roles();
    row->set_role(key.second);
    row->set_count(count);
    row->set_counted(!key.first);
  }
}

void FillMembers(const SubgraphIndex& index, const Scope& scope, std::string_view body,
                 const domain::NamedActs& acts, const domain::InstrumentTerms& terms,
                 EvidenceGatherer* evidence, v1::GetMembershipShareResponse* response) {
  const std::vector<const Edge*> members = domain::MembersOf(index, body, scope.reading);
  for (size_t i = 0; i < acts.size(); ++i) {
    const domain::Standing standing =
        domain::Weigh(acts[i].second, scope.reading, response->count_by(), terms);
    v1::StateStatus* row = response->add_members();
    *row->mutable_state() = domain::Named(index, acts[i].first);
    domain::FillStateStatus(standing, row);
    std::vector<const Edge*> rests_on = standing.Evidence();
    rests_on.push_back(members[i]);
    *row->mutable_evidence() = evidence->Use(rests_on);
  }
  std::stable_sort(response->mutable_members()->begin(), response->mutable_members()->end(),
                   [](const v1::StateStatus& a, const v1::StateStatus& b) {
                     return std::pair(a.status(), a.state().name()) <
                            std::pair(b.status(), b.state().name());
                   });
}

double PercentOf(int part, int whole) {
  return 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

void FillShares(std::string_view instrument_phrase, v1::GetMembershipShareResponse* response) {
  const v1::StatusCounts& counts = response->counts();
  const std::string& body = response->body().display_name();
  if (counts.size() == 0) {
    response->set_sentence(absl::StrCat("No member of ", body, " is known on the date."));
    return;
  }
  const int either = counts.parties() + counts.signatories();
  response->set_party_share_pct(PercentOf(counts.parties(), counts.size()));
  response->set_party_or_signatory_share_pct(PercentOf(either, counts.size()));
  response->set_sentence(absl::StrFormat(
      "%d of %s of %s (%.1f%%) %s party to %s; with signatories %d (%.1f%%).", counts.parties(),
      domain::Count(counts.size(), "member"), body, response->party_share_pct(),
      counts.parties() == 1 ? "is" : "are", std::string(instrument_phrase), either,
      response->party_or_signatory_share_pct()));
}

}  // namespace

absl::StatusOr<v1::GetMembershipShareResponse> InstrumentQueries::GetMembershipShare(
    const services::CallContext& context, const v1::GetMembershipShareRequest& request) const {
  ATTLAS_ASSIGN_OR_RETURN(const Scope scope, domain::MakeScope(request.read()));
  ATTLAS_ASSIGN_OR_RETURN(const v1::CountBy count_by, CheckedCountBy(request.count_by()));
  std::vector<NameArgument> names;
  ATTLAS_RETURN_IF_ERROR(AddName(NameKind::kBody, "body", request.body(), &names).status());
  ATTLAS_RETURN_IF_ERROR(
      AddName(NameKind::kInstrument, "instrument", request.instrument(), &names).status());
  ATTLAS_ASSIGN_OR_RETURN(const auto index,
                          subgraphs_.Ask(context, scope, &names, [&](auto* question) {
                            AddPatterns(names[0].name(), names[1].name(), question);
                          }));
  const graph::Node* instrument = index->FindNode(names[1].name());
  if (instrument == nullptr) return domain::UnknownName(graph_, context, scope, names[1]);
  if (index->FindNode(names[0].name()) == nullptr) {
    return domain::UnknownName(graph_, context, scope, names[0]);
  }
  const std::string& body = names[0].name();
  const domain::InstrumentTerms terms = domain::TermsOf(*instrument);
  const domain::NamedActs acts = ActsOfMembers(*index, body, instrument->name(), scope.reading);

  EvidenceGatherer evidence(*index, scope);
  evidence.NoteAllLeftOut();
  v1::GetMembershipShareResponse response;
  *response.mutable_body() = domain::Named(*index, body);
  response.set_body_definition(domain::DefinitionOf(*index, body));
  *response.mutable_instrument() = domain::Named(*index, instrument->name());
  response.set_count_by(count_by);
  *response.mutable_counts() = CountOver(acts, scope.reading, count_by, terms);
  const Reading every = scope.reading.From(graph::v1::CONFIDENCE_UNSPECIFIED);
  *response.mutable_counts_with_left_out() =
      CountOver(ActsOfMembers(*index, body, instrument->name(), every), every, count_by, terms);
  FillShares(domain::WithArticle(*index, instrument->name()), &response);
  FillRoles(*index, body, scope.reading, &response);
  FillMembers(*index, scope, body, acts, terms, &evidence, &response);
  *response.mutable_coverage() = domain::CoverageOf(*instrument, scope);
  domain::NoteCoverage(std::span(&instrument, 1), scope, &evidence);
  evidence.WriteTo(&response);
  response.mutable_basis()->set_undated_statements(response.counts().undated());
  ATTLAS_RETURN_IF_ERROR(domain::AddSources(graph_, context, scope, request, &response));
  return response;
}

}  // namespace attlas::instruments
